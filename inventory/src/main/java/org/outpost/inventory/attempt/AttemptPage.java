package org.outpost.inventory.attempt;

import java.util.List;

/**
 * A part of the ledger.
 *
 * @param entries the one heard of last first
 * @param total how many the query matches
 */
public record AttemptPage(List<AttemptEntry> entries, long total) {
    /** Keeps its own copy. */
    public AttemptPage {
        entries = List.copyOf(entries);
    }
}
