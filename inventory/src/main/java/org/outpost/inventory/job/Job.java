package org.outpost.inventory.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * A bulk job.
 *
 * @param id ten letters and digits
 * @param owner on whose rights it runs
 * @param template what it does; its query does not repeat devices that were named
 * @param origin id of the schedule or of the job that it came from; empty for none
 * @param created when it was started
 * @param waitUntil until when offline devices are waited for
 * @param devices how many it is for
 * @param prepared whether all its devices are written down
 * @param cancelled when it was cancelled; null when it was not
 * @param ended when the last device was accounted for; null before
 * @param counts devices in each state when it has ended; empty before
 */
public record Job(
        String id,
        JobOwner owner,
        JobTemplate template,
        String origin,
        Instant created,
        Instant waitUntil,
        long devices,
        boolean prepared,
        @Nullable Instant cancelled,
        @Nullable Instant ended,
        Map<DeviceState, Long> counts) {
    /** Takes a copy. */
    public Job {
        counts = Map.copyOf(counts);
    }

    /** The same, where devices that are offline are waited for at least until a time. */
    Job waitingUntil(Instant least) {
        return new Job(
                id,
                owner,
                template,
                origin,
                created,
                least.isAfter(waitUntil) ? least : waitUntil,
                devices,
                prepared,
                cancelled,
                ended,
                counts);
    }

    /** In a word: {@code running}, {@code cancelling}, {@code cancelled} or {@code ended}. */
    public String state() {
        if (cancelled == null) {
            return ended == null ? "running" : "ended";
        }
        return ended == null ? "cancelling" : "cancelled";
    }
}
