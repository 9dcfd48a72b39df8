@NullMarked
package org.outpost.access.right;

import org.jspecify.annotations.NullMarked;
