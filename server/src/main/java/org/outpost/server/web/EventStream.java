package org.outpost.server.web;

import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.delivery.CloudEvents;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One client's stream of events as they happen (Server-Sent Events, HTML standard §9.2), at the
 * client's pace; a sign of life goes out every 15 seconds.
 */
final class EventStream {
    private static final int AT_ONCE = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final EventLog events;
    private final CloudEvents cloudEvents;
    private final OutputStream out;
    private final Supplier<Optional<Predicate<Event>>> viewer;

    /**
     * A stream.
     *
     * @param viewer what of the log the client may see now; empty when it may see nothing any more,
     *     which ends the stream. Asked for each part, so that what was taken away counts at once
     */
    EventStream(
            EventLog events,
            CloudEvents cloudEvents,
            OutputStream out,
            Supplier<Optional<Predicate<Event>>> viewer) {
        this.events = events;
        this.cloudEvents = cloudEvents;
        this.out = out;
        this.viewer = viewer;
    }

    /**
     * Writes what follows a place, until the log is closed. Blocks. A place beyond the end, as
     * after the database was made anew, counts as events missed, and the stream goes on from the
     * end.
     *
     * @throws IOException when the client is gone
     * @throws org.outpost.database.DatabaseException when the database does not answer
     */
    void follow(long from) throws IOException, InterruptedException {
        long place = from;
        write(reached(place));
        out.flush();
        while (true) {
            EventLog.Part part = events.read(place, AT_ONCE);
            Predicate<Event> seen = viewer.get().orElse(null);
            if (seen == null) {
                return;
            }
            if (part.missed() > 0) {
                write(missed(part.missed()));
            }
            if (part.place() < place) {
                write(reached(part.place()));
            }
            write(part.events().stream().filter(seen).toList());
            if (part.place() != place) {
                place = part.place();
                out.flush();
            } else if (events.isClosed()) {
                return;
            } else if (!events.await(place, HEARTBEAT) && !events.isClosed()) {
                write(": alive\n\n");
                out.flush();
            }
        }
    }

    private void write(List<Event> some) throws IOException {
        for (Event event : some) {
            write("id: " + event.sequence() + "\nevent: " + event.type().label() + "\ndata: ");
            out.write(cloudEvents.single(event));
            write("\n\n");
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An id without an event: whoever is cut before the next goes on from here. */
    private static String reached(long place) {
        return "id: " + place + "\n\n";
    }

    /** The client must ask anew who is connected. */
    private static String missed(long count) {
        return "event: org.outpost.events.missed\ndata: {\"missed\":" + count + "}\n\n";
    }
}
