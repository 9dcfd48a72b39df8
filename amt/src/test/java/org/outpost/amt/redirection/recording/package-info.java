/** Recordings. */
@NullMarked
package org.outpost.amt.redirection.recording;

import org.jspecify.annotations.NullMarked;
