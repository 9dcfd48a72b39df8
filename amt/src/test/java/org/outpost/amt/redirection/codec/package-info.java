/** Session messages, byte for byte. */
@NullMarked
package org.outpost.amt.redirection.codec;

import org.jspecify.annotations.NullMarked;
