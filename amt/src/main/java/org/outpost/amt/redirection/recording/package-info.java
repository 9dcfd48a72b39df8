/** Recordings of what a serial console shows, as asciicast files. */
@NullMarked
package org.outpost.amt.redirection.recording;

import org.jspecify.annotations.NullMarked;
