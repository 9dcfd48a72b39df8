@NullMarked
package org.outpost.inventory.label;

import org.jspecify.annotations.NullMarked;
