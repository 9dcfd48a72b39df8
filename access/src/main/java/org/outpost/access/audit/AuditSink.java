package org.outpost.access.audit;

/**
 * Gets a copy of each entry and checkpoint after it is durable, in order, while the server runs. A
 * sink is a convenience: what it loses is still in the database, and can be exported.
 */
public interface AuditSink extends AutoCloseable {
    /**
     * Takes a line. Does not block and does not throw: what there is no room for is dropped and
     * counted.
     *
     * @param line the entry or checkpoint
     * @param json the same as {@link AuditJson} writes it
     */
    void accept(AuditLine line, String json);

    /** How many lines were dropped since the start. */
    long dropped();

    /** Writes what waits, for at most some seconds. */
    @Override
    void close();
}
