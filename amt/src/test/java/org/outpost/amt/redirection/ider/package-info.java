/** IDE-R on the console's side, byte for byte. */
@NullMarked
package org.outpost.amt.redirection.ider;

import org.jspecify.annotations.NullMarked;
