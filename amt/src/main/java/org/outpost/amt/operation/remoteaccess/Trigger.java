package org.outpost.amt.operation.remoteaccess;

import java.nio.ByteBuffer;
import java.util.Base64;

/** What makes the device call (wsman.md section 12). */
public sealed interface Trigger {
    /** The user asks for help. */
    record UserInitiated() implements Trigger {}

    /** The device has an alert. */
    record Alert() implements Trigger {}

    /**
     * Every so often.
     *
     * @param seconds between calls
     */
    record Every(int seconds) implements Trigger {
        /** Checks the time. */
        public Every {
            if (seconds < 1) {
                throw new IllegalArgumentException("a device calls every 1 second or less often");
            }
        }
    }

    /**
     * Once a day.
     *
     * @param hour 0 to 23, by the device's clock
     * @param minute 0 to 59
     */
    record Daily(int hour, int minute) implements Trigger {
        /** Checks the time. */
        public Daily {
            if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
                throw new IllegalArgumentException("a time of day is 00:00 to 23:59");
            }
        }
    }

    /** The number on the wire. */
    default int number() {
        return switch (this) {
            case UserInitiated user -> 0;
            case Alert alert -> 1;
            case Every every -> 2;
            case Daily daily -> 2;
        };
    }

    /** The policy's name in the device. */
    default String ruleName() {
        return switch (this) {
            case UserInitiated user -> "User Initiated";
            case Alert alert -> "Alert";
            case Every every -> "Periodic";
            case Daily daily -> "Periodic";
        };
    }

    /** ExtendedData in network order, base64; empty where there is none. */
    default String extendedData() {
        return switch (this) {
            case UserInitiated user -> "";
            case Alert alert -> "";
            case Every every -> base64(0, every.seconds());
            case Daily daily -> base64(1, daily.hour(), daily.minute());
        };
    }

    private static String base64(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
