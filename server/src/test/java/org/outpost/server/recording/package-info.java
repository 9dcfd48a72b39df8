/** Recordings against a database and a disk. */
@NullMarked
package org.outpost.server.recording;

import org.jspecify.annotations.NullMarked;
