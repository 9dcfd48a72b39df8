package org.outpost.server.serve;

import org.outpost.inventory.schedule.Timetable;
import org.springframework.scheduling.support.CronExpression;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cron expressions as crontab has them, of five fields, or of six with seconds before; with names
 * of days and months, and with {@code L}, {@code W} and {@code #}.
 */
final class SpringTimetable implements Timetable {
    private static final int LONGEST = 100;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern ONE_SECOND = Pattern.compile("[0-5]?\\d");

    @Override
    public Optional<Instant> next(String cron, ZoneId zone, Instant after) {
        ZonedDateTime next = parse(cron).next(after.atZone(zone));
        return next == null ? Optional.empty() : Optional.of(next.toInstant());
    }

    private static CronExpression parse(String cron) {
        if (cron.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A cron expression has at most " + LONGEST + " characters");
        }
        String[] fields = SPACE.split(cron.strip(), -1);
        if (fields.length != 5 && fields.length != 6) {
            throw new IllegalArgumentException(
                    "A cron expression has five fields: minute, hour, day of the month, month, day"
                            + " of the week; such as 0 22 * * MON-FRI");
        }
        if (fields.length == 6 && !ONE_SECOND.matcher(fields[0]).matches()) {
            throw new IllegalArgumentException(
                    "The first of six fields is one second, 0 to 59: a job starts once in a minute"
                            + " at most");
        }
        String six = String.join(" ", fields);
        try {
            return CronExpression.parse(fields.length == 5 ? "0 " + six : six);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("This is no cron expression: " + e.getMessage(), e);
        }
    }
}
