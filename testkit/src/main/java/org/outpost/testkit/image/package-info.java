/** Images of CDs and floppies. */
@NullMarked
package org.outpost.testkit.image;

import org.jspecify.annotations.NullMarked;
