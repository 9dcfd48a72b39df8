package org.outpost.testkit.apf;

import java.util.List;

/** How far the start of a session has come, in order (apf.md 3.1, 10). */
public enum Stage {
    /** TCP, and TLS if any, but not a byte of APF. */
    CONNECTED(0),
    /** PROTOCOLVERSION is sent. */
    VERSIONED(1),
    /** The service auth@amt.intel.com is accepted. */
    AUTHENTICATING(2),
    /** The password is accepted. */
    AUTHENTICATED(3),
    /** The service pfwd@amt.intel.com is accepted. */
    FORWARDING(4),
    /** The ports are announced. */
    RUNNING(Integer.MAX_VALUE);

    private final int messages;

    Stage(int messages) {
        this.messages = messages;
    }

    /** The messages of a start that are left to send from this stage on. */
    List<byte[]> rest(List<byte[]> start) {
        return start.subList(Math.min(messages, start.size()), start.size());
    }
}
