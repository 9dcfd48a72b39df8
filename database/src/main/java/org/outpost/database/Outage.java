package org.outpost.database;

import java.time.Instant;

/**
 * A time in which the database cannot be written.
 *
 * @param since when that was noticed
 * @param reason in words, for operators
 */
public record Outage(Instant since, String reason) {}
