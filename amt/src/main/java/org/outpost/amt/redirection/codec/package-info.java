/** Bytes to messages and back: the type judged by the state, the length before its bytes. */
@NullMarked
package org.outpost.amt.redirection.codec;

import org.jspecify.annotations.NullMarked;
