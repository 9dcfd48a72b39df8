/** Tests of event loops, sockets and their failures. */
@NullMarked
package org.outpost.gateway.transport;

import org.jspecify.annotations.NullMarked;
