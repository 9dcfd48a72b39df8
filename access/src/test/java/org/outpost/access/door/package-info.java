@NullMarked
package org.outpost.access.door;

import org.jspecify.annotations.NullMarked;
