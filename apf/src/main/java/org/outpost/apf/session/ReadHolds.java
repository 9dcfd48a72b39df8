package org.outpost.apf.session;

import io.netty.channel.Channel;

import java.util.EnumSet;
import java.util.Set;

/** Reasons not to read a tunnel. It is read when there is none. Only the tunnel's loop uses it. */
final class ReadHolds {
    /** Why a tunnel is not read. */
    enum Reason {
        /** Its credentials are being checked. */
        AUTHENTICATION,
        /** It causes replies faster than it takes them. */
        CONTROL_BACKLOG
    }

    private final Channel tunnel;
    private final Set<Reason> held = EnumSet.noneOf(Reason.class);

    ReadHolds(Channel tunnel) {
        this.tunnel = tunnel;
    }

    void hold(Reason reason) {
        if (held.add(reason)) {
            tunnel.config().setAutoRead(false);
        }
    }

    void release(Reason reason) {
        if (held.remove(reason) && held.isEmpty()) {
            tunnel.config().setAutoRead(true);
        }
    }
}
