package org.outpost.access.audit.sink;

import java.nio.file.Path;

/** Where syslog messages go. */
public sealed interface SyslogTarget {
    /**
     * Datagrams (RFC 5426); what is lost on the way is lost.
     *
     * @param host name or address
     * @param port usually 514
     */
    record Udp(String host, int port) implements SyslogTarget {}

    /**
     * A connection, messages counted in octets (RFC 6587, section 3.4.1).
     *
     * @param host name or address
     * @param port usually 601 or 514
     */
    record Tcp(String host, int port) implements SyslogTarget {}

    /**
     * The daemon of this machine.
     *
     * @param socket a Unix datagram socket, usually {@code /dev/log}
     */
    record Unix(Path socket) implements SyslogTarget {}
}
