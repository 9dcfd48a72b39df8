package org.outpost.inventory.notification;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;

/** How much memory an event takes, in bytes: an estimate that is rather too high. */
final class EventSize {
    /** Of the event itself, with its ids, times and the state of its device. */
    private static final long EVENT = 512;

    /** Of a text or a number, besides its characters. */
    private static final long VALUE = 64;

    /** One, unless a text holds a character beyond Latin-1; that is up to the device. */
    private static final long BYTES_PER_CHARACTER = 2;

    private EventSize() {}

    static long of(Event event) {
        return of(event.data());
    }

    /** Of the event, which shares its data with the state beside it. */
    static long of(Change change) {
        if (change.event() != null) {
            return of(change.event().data());
        }
        return change.announcement() == null ? 0 : of(change.announcement().data());
    }

    private static long of(EventData data) {
        return EVENT
                + switch (data) {
                    case EventData.Presence it ->
                            of(it.name())
                                    + of(it.names())
                                    + of(it.addresses())
                                    + of(it.ports())
                                    + of(it.remoteAddress())
                                    + of(it.principal());
                    case EventData.Alert it -> of(it.name()) + of(it.details());
                };
    }

    private static long of(@Nullable Object value) {
        return switch (value) {
            case String text -> VALUE + BYTES_PER_CHARACTER * text.length();
            case Collection<?> many -> many.stream().mapToLong(EventSize::of).sum();
            case Map<?, ?> map -> of(map.keySet()) + of(map.values());
            case null, default -> VALUE;
        };
    }
}
