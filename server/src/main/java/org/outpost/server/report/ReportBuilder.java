package org.outpost.server.report;

import org.jspecify.annotations.Nullable;
import org.outpost.server.logging.ConnectionLog.Event;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds events up, in the order of the log. */
final class ReportBuilder {
    /** A century of hours; a log that claims more has a wrong clock in it. */
    private static final int MOST_PERIODS = 24 * 366 * 100;

    private final Instant from;
    private final Instant to;
    private final ZoneId zone;
    private final ChronoUnit unit;
    private final Set<Long> open = new HashSet<>();
    private final List<Report.Period> periods = new ArrayList<>();
    private final Map<CauseKey, Report.Cause> causes = new HashMap<>();
    private @Nullable ZonedDateTime start;
    private long peak;
    private long periodPeak;
    private long connects;
    private long disconnects;
    private long failures;
    private long periodConnects;
    private long periodDisconnects;
    private long periodFailures;
    private long lost;
    private long starts;

    private record CauseKey(Event event, String cause) {}

    /**
     * Makes an empty one.
     *
     * @param from earlier events only tell what is open
     * @param to this moment and later ones do not count
     * @param unit hours or days
     */
    ReportBuilder(Instant from, Instant to, ZoneId zone, ChronoUnit unit) {
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.unit = unit;
    }

    void add(LoggedEvent event) {
        if (!event.time().isBefore(to)) {
            return;
        }
        boolean counts = !event.time().isBefore(from);
        if (counts) {
            moveTo(event.time());
        }
        switch (event.event()) {
            case CONNECTED -> {
                open.add(event.tunnel());
                connects += counts ? 1 : 0;
                periodConnects += counts ? 1 : 0;
            }
            case DISCONNECTED -> {
                open.remove(event.tunnel());
                disconnects += counts ? 1 : 0;
                periodDisconnects += counts ? 1 : 0;
                if (counts) {
                    cause(event);
                }
            }
            case FAILED -> {
                failures += counts ? event.count() : 0;
                periodFailures += counts ? event.count() : 0;
                if (counts) {
                    cause(event);
                }
            }
            case LOST -> lost += counts ? event.count() : 0;
            // Whatever was open before is not any more, whether that was written or not.
            case SERVER_STARTED -> {
                open.clear();
                starts += counts ? 1 : 0;
            }
            case SERVER_STOPPED -> open.clear();
        }
        if (counts) {
            periodPeak = Math.max(periodPeak, open.size());
            peak = Math.max(peak, open.size());
        }
    }

    private void cause(LoggedEvent event) {
        causes.merge(
                new CauseKey(event.event(), event.cause()),
                new Report.Cause(
                        event.event().label(),
                        event.cause(),
                        event.count(),
                        event.time(),
                        event.time()),
                (before, one) ->
                        new Report.Cause(
                                before.event(),
                                before.cause(),
                                before.count() + one.count(),
                                before.first(),
                                one.last()));
    }

    /** Ends the periods before that moment. A line that is out of order counts where it stands. */
    private void moveTo(Instant time) {
        ZonedDateTime wanted = startOf(time);
        ZonedDateTime current = start;
        if (current == null) {
            begin(wanted);
            return;
        }
        while (current.isBefore(wanted) && periods.size() < MOST_PERIODS) {
            end();
            current = startOf(current.plus(1, unit).toInstant());
            begin(current);
        }
    }

    private ZonedDateTime startOf(Instant time) {
        return time.atZone(zone).truncatedTo(unit);
    }

    private void begin(ZonedDateTime at) {
        start = at;
        periodPeak = open.size();
        peak = Math.max(peak, periodPeak);
        periodConnects = 0;
        periodDisconnects = 0;
        periodFailures = 0;
    }

    private void end() {
        ZonedDateTime current = start;
        if (current != null) {
            periods.add(
                    new Report.Period(
                            current.toInstant(),
                            open.size(),
                            periodPeak,
                            periodConnects,
                            periodDisconnects,
                            periodFailures));
        }
    }

    /** The figures; the builder is spent. */
    Report build() {
        end();
        return new Report(
                periods,
                causes.values().stream()
                        .sorted(
                                Comparator.comparingLong(Report.Cause::count)
                                        .reversed()
                                        .thenComparing(Report.Cause::event)
                                        .thenComparing(Report.Cause::cause))
                        .toList(),
                open.size(),
                peak,
                connects,
                disconnects,
                failures,
                lost,
                starts);
    }
}
