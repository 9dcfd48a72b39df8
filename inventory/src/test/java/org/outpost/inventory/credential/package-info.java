/** Tests of the package of the same name. */
@NullMarked
package org.outpost.inventory.credential;

import org.jspecify.annotations.NullMarked;
