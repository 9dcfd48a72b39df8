package org.outpost.inventory.attempt;

import org.outpost.gateway.attempt.Outcome;

import java.time.Instant;

/**
 * How often something became of connections.
 *
 * @param count how often, 1 or more
 * @param first when first
 * @param last when last
 * @param detail of the last one; may hold text of the peer, and may be empty
 */
public record Tally(Outcome outcome, long count, Instant first, Instant last, String detail) {
    Tally again(Instant time, String newDetail) {
        return new Tally(outcome, count + 1, first, time.isAfter(last) ? time : last, newDetail);
    }
}
