package org.outpost.inventory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What is to be written about a device that is known; null where there is nothing new. */
record Touch(@Nullable Instant time, @Nullable String address, @Nullable String name) {
    /** This, with what is newer put over it. */
    Touch with(Touch newer) {
        Instant latest = time;
        if (newer.time != null && (latest == null || newer.time.isAfter(latest))) {
            latest = newer.time;
        }
        return new Touch(
                latest,
                newer.address == null ? address : newer.address,
                newer.name == null ? name : newer.name);
    }
}
