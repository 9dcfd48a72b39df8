/** Event loops and sockets: epoll where present, NIO elsewhere. */
@NullMarked
package org.outpost.gateway.transport;

import org.jspecify.annotations.NullMarked;
