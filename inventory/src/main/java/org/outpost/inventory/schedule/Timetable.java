package org.outpost.inventory.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads cron expressions. A port. */
@FunctionalInterface
public interface Timetable {
    /**
     * When an expression is due next.
     *
     * @return after that moment; empty for never again
     * @throws IllegalArgumentException when it is none, in words for people
     */
    Optional<Instant> next(String cron, ZoneId zone, Instant after);
}
