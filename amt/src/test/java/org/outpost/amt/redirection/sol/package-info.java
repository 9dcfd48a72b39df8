/** SOL on the console's side, byte for byte. */
@NullMarked
package org.outpost.amt.redirection.sol;

import org.jspecify.annotations.NullMarked;
