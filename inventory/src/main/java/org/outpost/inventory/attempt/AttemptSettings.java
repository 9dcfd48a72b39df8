package org.outpost.inventory.attempt;

import java.time.Duration;

/**
 * What an operator decides about the ledger.
 *
 * @param entries how many are kept of known devices, and as many again of strangers; 1 or more
 * @param keep for how long what was heard last is kept
 * @param writeEvery how often what is new is written to the database
 */
public record AttemptSettings(int entries, Duration keep, Duration writeEvery) {}
