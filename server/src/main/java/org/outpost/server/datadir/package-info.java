/** The folder that holds all that a server keeps: who owns it, and how files in it are written. */
@NullMarked
package org.outpost.server.datadir;

import org.jspecify.annotations.NullMarked;
