package org.outpost.simulator.machine;

import java.net.InetSocketAddress;

/** A session that is open. To be closed, once, by whoever opened it. */
public final class RedirectionSession implements AutoCloseable {
    private final Redirection owner;
    private final RedirectionKind kind;
    private final String user;
    private final InetSocketAddress peer;
    private final Runnable end;

    RedirectionSession(
            Redirection owner,
            RedirectionKind kind,
            String user,
            InetSocketAddress peer,
            Runnable end) {
        this.owner = owner;
        this.kind = kind;
        this.user = user;
        this.peer = peer;
        this.end = end;
    }

    /** Its kind. */
    public RedirectionKind kind() {
        return kind;
    }

    /** Who is signed in. */
    public String user() {
        return user;
    }

    /** From where. */
    public InetSocketAddress peer() {
        return peer;
    }

    /** Tells its connection to end; the connection then closes the session. */
    public void terminate() {
        end.run();
    }

    /** Makes room for another of its kind. A second call does nothing. */
    @Override
    public void close() {
        owner.ended(this);
    }
}
