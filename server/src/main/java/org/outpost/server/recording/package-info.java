/** Recordings of text consoles: made, kept for a while, and played. */
@NullMarked
package org.outpost.server.recording;

import org.jspecify.annotations.NullMarked;
