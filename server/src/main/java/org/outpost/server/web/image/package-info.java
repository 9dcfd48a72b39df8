/** Images that the server holds, and their mounts on devices. */
@NullMarked
package org.outpost.server.web.image;

import org.jspecify.annotations.NullMarked;
