package org.outpost.inventory.recording;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A recording of a text console. What was recorded is in a file of its own.
 *
 * @param id ten letters and digits
 * @param device whose console
 * @param tenant the device's when it was recorded; empty for nobody's in particular
 * @param title how the device was called
 * @param user who used the console
 * @param address from where
 * @param started when it began
 * @param end how it ended; null while it runs
 */
public record Recording(
        String id,
        UUID device,
        String tenant,
        String title,
        String user,
        String address,
        Instant started,
        @Nullable End end) {
    /** Whether all of the console is in the file. */
    public enum Outcome {
        /** All of it. */
        WHOLE,
        /** The disk did not follow; the file says where how much is missing. */
        INCOMPLETE,
        /** The file could not be written any more; what came before is in it. */
        FAILED,
        /** The server was ended in the midst of it; what came before is in the file. */
        INTERRUPTED;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How a recording ended.
     *
     * @param time when
     * @param bytes of the file
     */
    public record End(Instant time, long bytes, Outcome outcome) {}
}
