/** WebSockets through which browsers reach the redirection of a device. */
@NullMarked
package org.outpost.server.web.relay;

import org.jspecify.annotations.NullMarked;
