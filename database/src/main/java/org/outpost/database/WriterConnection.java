package org.outpost.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's connection, opened anew when it broke. Only the writer's thread uses it. */
final class WriterConnection {
    private static final Logger log = LoggerFactory.getLogger(WriterConnection.class);

    private final Engine engine;
    private final Jdbi connections;
    private @Nullable Handle handle;
    private String problem = "";

    /**
     * Opens the first connection. Blocks.
     *
     * @throws RuntimeException when there is none
     */
    WriterConnection(Engine engine) {
        this.engine = engine;
        this.connections = Jdbi.create(engine::openForWriting);
        this.handle = connections.open();
    }

    /** Why there was no connection the last time. */
    String problem() {
        return problem;
    }

    /** Begins a transaction that surely has somebody to talk to; null when there is nobody. */
    @Nullable Handle begin() {
        Handle old = handle;
        if (old != null) {
            try {
                return begin(old);
            } catch (RuntimeException e) {
                // It may have broken while nobody looked; a new one tells.
                log.atDebug().setCause(e).log("the database connection broke while it was idle");
                drop();
            }
        }
        try {
            Handle fresh = connections.open();
            handle = fresh;
            return begin(fresh);
        } catch (RuntimeException e) {
            problem = engine.explain(e);
            drop();
            return null;
        }
    }

    private static Handle begin(Handle open) {
        open.begin();
        // With SQLite this takes the write lock (transaction mode IMMEDIATE).
        open.execute("SELECT 1");
        return open;
    }

    /** Returns false when the connection is broken. */
    boolean rollback() {
        Handle open = handle;
        if (open == null) {
            return false;
        }
        try {
            open.rollback();
            return true;
        } catch (RuntimeException e) {
            drop();
            return false;
        }
    }

    void drop() {
        Handle open = handle;
        handle = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.atDebug().setCause(e).log("a broken database connection did not close");
            }
        }
    }
}
