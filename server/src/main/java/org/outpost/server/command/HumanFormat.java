package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times and amounts as people read them. */
final class HumanFormat {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final List<String> BYTE_UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");

    private final Instant now;
    private final ZoneId zone;

    HumanFormat(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** How long ago that was, such as {@code 3 min ago}; a dash when it is not known. */
    String ago(@Nullable Instant then) {
        if (then == null) {
            return "-";
        }
        Duration age = Duration.between(then, now);
        // The server's clock may be a little ahead of ours.
        if (age.toSeconds() < 1 && age.toSeconds() > -60) {
            return "now";
        }
        return age.isNegative() ? "in " + length(age.negated()) : length(age) + " ago";
    }

    /** For how long that has been so, such as {@code 3 min}; a dash when it is not known. */
    String since(@Nullable Instant then) {
        if (then == null) {
            return "-";
        }
        Duration age = Duration.between(then, now);
        return length(age.isNegative() ? Duration.ZERO : age);
    }

    /** Date, time of the day, offset and how long ago; a dash when it is not known. */
    String moment(@Nullable Instant then) {
        return then == null ? "-" : MOMENT.format(then.atZone(zone)) + " (" + ago(then) + ")";
    }

    private static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3600 + " h";
        }
        return seconds / 86_400 + " days";
    }

    /** An amount of bytes with its unit, powers of 1024 (IEC 80000-13), such as {@code 1.5 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes;
        String unit = "B";
        for (String larger : BYTE_UNITS) {
            // What would be rounded to 1024 is one of the next unit.
            if (amount < 1023.95) {
                break;
            }
            amount /= 1024;
            unit = larger;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, unit);
    }

    /** Bytes per second with the unit, such as {@code 1.5 MiB/s}; a dash when nothing flows. */
    static String rate(long bytesPerSecond) {
        return bytesPerSecond == 0 ? "-" : bytes(bytesPerSecond) + "/s";
    }

    /** How much it was, and how much flows now, such as {@code 3.0 MiB, now 1.5 KiB/s}. */
    static String flow(long bytes, long bytesPerSecond) {
        return bytesPerSecond == 0 ? bytes(bytes) : bytes(bytes) + ", now " + rate(bytesPerSecond);
    }

    /** A number and what is counted, such as {@code 1 device} or {@code 3 devices}. */
    static String count(long number, String singular) {
        return number + " " + singular + (number == 1 ? "" : "s");
    }
}
