/** Serial over LAN as a stream of bytes (redirection.md §2). */
@NullMarked
package org.outpost.amt.redirection.sol;

import org.jspecify.annotations.NullMarked;
