package org.outpost.inventory.notification;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What is written in one piece: an event, the state of its device, or both.
 *
 * @param event goes into the log
 * @param announcement is the device's state from then on
 */
record Change(@Nullable Draft event, @Nullable Announcement announcement) {
    @Nullable UUID device() {
        if (event != null) {
            return event.device();
        }
        return announcement == null ? null : announcement.device();
    }

    boolean tells(EventType type) {
        return event != null && event.type() == type;
    }

    /** The same without its event. */
    Change silent() {
        return new Change(null, announcement);
    }
}
