package org.outpost.server.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Reads moments as people write them. */
public final class ReportMoment {
    private ReportMoment() {}

    /**
     * Reads {@code 2026-11-21}, {@code 2026-11-21T14:00} or {@code 2026-11-21T14:00:00Z}.
     *
     * @param zone what counts where none is written
     * @throws DateTimeException when it is none of these
     */
    public static Instant parse(String text, ZoneId zone) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        }
    }
}
