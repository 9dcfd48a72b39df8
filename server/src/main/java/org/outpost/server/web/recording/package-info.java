/** Recordings of text consoles, over the API. */
@NullMarked
package org.outpost.server.web.recording;

import org.jspecify.annotations.NullMarked;
