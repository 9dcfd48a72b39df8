/** How commands reach the text console and the drives of a device: through the server's relay. */
@NullMarked
package org.outpost.server.command.redirection;

import org.jspecify.annotations.NullMarked;
