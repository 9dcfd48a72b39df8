package org.outpost.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.database.DatabaseException;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.delivery.CloudEvents;
import org.outpost.server.notification.Notifications;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.Needs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What happened to devices: as a list, and as it happens (Server-Sent Events, HTML standard §9.2).
 * A stream runs on its request's virtual thread and reads the log at the client's pace, so a slow
 * client costs a thread that waits and no memory; one that takes nothing for a minute is cut, and
 * may go on where it was with {@code Last-Event-ID}.
 */
@RestController
@RequestMapping("/api/v1/events")
final class EventController {
    private static final Logger log = LoggerFactory.getLogger(EventController.class);
    private static final int STREAMS = 64;
    private static final int MOST = 1000;

    private final Notifications notifications;
    private final CloudEvents cloudEvents;
    private final Function<UUID, DeviceTraits> devices;
    private final Callers callers;
    private final Semaphore streams = new Semaphore(STREAMS);

    /**
     * Shows the log.
     *
     * @param devices what rights to a device depend on
     * @param callers asked again while a stream runs
     */
    EventController(
            Notifications notifications, Function<UUID, DeviceTraits> devices, Callers callers) {
        this.notifications = notifications;
        this.devices = devices;
        this.callers = callers;
        this.cloudEvents = new CloudEvents(notifications.source());
    }

    /** A part of the log, oldest first: a batch of CloudEvents. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    byte[] list(
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            Caller caller)
            throws InterruptedException {
        if (top < 1 || top > MOST || (after != null && after < 0)) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST, "$top must be 1 to " + MOST + " and after 0 or more.");
        }
        EventLog events = notifications.events();
        long place = after == null ? Math.max(0, events.last() - top) : after;
        byte[] array =
                cloudEvents.batch(
                        read(place, top).events().stream()
                                .filter(event -> shows(caller, event))
                                .toList());
        byte[] head = "{\"data\":".getBytes(StandardCharsets.UTF_8);
        byte[] document = new byte[head.length + array.length + 1];
        System.arraycopy(head, 0, document, 0, head.length);
        System.arraycopy(array, 0, document, head.length, array.length);
        document[document.length - 1] = '}';
        return document;
    }

    private boolean shows(Caller caller, Event event) {
        return caller.may(Verb.VIEW, devices.apply(event.device()));
    }

    /** What of the log the caller may see now; empty when they are signed in no more. */
    private Optional<Predicate<Event>> viewer(HttpServletRequest request) {
        return callers.of(request).map(signedIn -> event -> shows(signedIn.caller(), event));
    }

    private EventLog.Part read(long place, int most) throws InterruptedException {
        try {
            return notifications.events().read(place, most);
        } catch (DatabaseException e) {
            throw Answers.problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The database does not answer; look at the server's log.");
        }
    }

    /** As it happens, from the place that the client had reached, or from now on. */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    void stream(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
            @RequestParam(required = false) @Nullable Long after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        long place = place(lastId, after);
        if (!streams.tryAcquire()) {
            throw Answers.problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    STREAMS + " streams of events are open already; close some.");
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            response.flushBuffer();
            new EventStream(
                            notifications.events(),
                            cloudEvents,
                            response.getOutputStream(),
                            () -> viewer(request))
                    .follow(place);
        } catch (DatabaseException e) {
            log.atDebug().setCause(e).log("a stream of events ends: the database is away");
        } finally {
            streams.release();
        }
    }

    private long place(@Nullable String lastId, @Nullable Long after) {
        if (lastId != null && !lastId.isBlank()) {
            try {
                return Math.max(0, Long.parseLong(lastId.strip()));
            } catch (NumberFormatException e) {
                throw Answers.problem(
                        HttpStatus.BAD_REQUEST, "Last-Event-ID must be a number of this stream.");
            }
        }
        return after == null ? notifications.events().last() : Math.max(0, after);
    }
}
