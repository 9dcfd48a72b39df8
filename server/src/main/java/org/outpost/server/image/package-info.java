/** Images of CDs and floppies that the server holds, and their mounts on devices. */
@NullMarked
package org.outpost.server.image;

import org.jspecify.annotations.NullMarked;
