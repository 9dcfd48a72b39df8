/** The launcher script, run as a user would run it. */
@NullMarked
package org.outpost.server.launcher;

import org.jspecify.annotations.NullMarked;
