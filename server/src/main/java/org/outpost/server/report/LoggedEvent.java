package org.outpost.server.report;

import org.outpost.server.logging.ConnectionLog.Event;

import java.time.Instant;

/**
 * A line of the log of connections.
 *
 * @param tunnel its number; 0 when it has none. Numbers begin anew with each start of the server
 * @param cause what became of the connection, or empty
 * @param count for how many connections the line stands, 1 or more
 */
record LoggedEvent(Instant time, Event event, long tunnel, String cause, long count) {}
