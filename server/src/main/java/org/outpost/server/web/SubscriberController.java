package org.outpost.server.web;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.database.DatabaseException;
import org.outpost.database.DatabaseGoneException;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventData;
import org.outpost.inventory.notification.EventType;
import org.outpost.inventory.notification.delivery.Format;
import org.outpost.inventory.notification.delivery.Subscriber;
import org.outpost.inventory.notification.delivery.Subscriber.Origin;
import org.outpost.inventory.notification.delivery.Subscribers;
import org.outpost.server.notification.Notifications;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Who is told which devices come and go. */
@RestController
@RequestMapping("/api/v1/subscribers")
final class SubscriberController {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Notifications notifications;

    SubscriberController(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * What a client asks for.
     *
     * @param type as in the configuration
     * @param responseTimeoutMillis null for the default
     */
    record Wanted(
            @Nullable String type, @Nullable String url, @Nullable Long responseTimeoutMillis) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Listing<SubscriberView> list() {
        List<SubscriberView> all =
                notifications.subscribers().all().stream().map(SubscriberView::of).toList();
        return new Listing<>(all, all.size());
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    SubscriberView show(@PathVariable String id) {
        return notifications.subscribers().all().stream()
                .filter(status -> status.subscriber().id().equals(id))
                .findFirst()
                .map(SubscriberView::of)
                .orElseThrow(() -> unknown(id));
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.CREATED)
    SubscriberView add(@RequestBody Wanted wanted) {
        try {
            return SubscriberView.of(notifications.subscribers().add(subscriber(wanted)));
        } catch (Subscribers.AlreadyThereException e) {
            throw Answers.problem(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Answers.problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            throw notWritten(e);
        }
    }

    private static Subscriber subscriber(Wanted wanted) {
        String url = wanted.url();
        if (url == null) {
            throw new IllegalArgumentException("\"url\" is missing");
        }
        Format format =
                switch (wanted.type()) {
                    case "cloudevents-http" -> new Format.CloudEventsHttp();
                    case "cloudevents-http-batch" -> new Format.CloudEventsHttpBatch();
                    case "mps-soap" -> Format.MpsSoap.DEFAULT;
                    case null, default ->
                            throw new IllegalArgumentException(
                                    "\"type\" must be one of: cloudevents-http,"
                                            + " cloudevents-http-batch, mps-soap");
                };
        Long millis = wanted.responseTimeoutMillis();
        if (millis != null && (millis < 10 || millis > 300_000)) {
            throw new IllegalArgumentException("\"responseTimeoutMillis\" must be 10 to 300000");
        }
        return new Subscriber(
                Origin.API,
                format,
                Subscriber.url(url),
                null,
                null,
                Subscriber.CONNECT_TIMEOUT,
                millis == null ? Subscriber.RESPONSE_TIMEOUT : Duration.ofMillis(millis));
    }

    @DeleteMapping("/{id}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id) {
        try {
            if (!notifications.subscribers().remove(id)) {
                throw unknown(id);
            }
        } catch (IllegalStateException e) {
            throw Answers.problem(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            throw notWritten(e);
        }
    }

    /** Sends one event about a device that does not exist. */
    @PostMapping("/{id}/test")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Subscribers.Outcome test(@PathVariable String id) {
        Instant now = Instant.now();
        Event event =
                new Event(
                        0,
                        UUID.randomUUID().toString(),
                        EventType.CONNECTED,
                        NOBODY,
                        now,
                        now,
                        new EventData.Presence(
                                NOBODY,
                                NOBODY,
                                "test.invalid",
                                List.of("test.invalid"),
                                List.of(),
                                List.of(16992),
                                "192.0.2.1:49152",
                                "user",
                                0,
                                "test",
                                null));
        return notifications.subscribers().test(id, event).orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(String id) {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "No subscriber has the id " + id + ". See: outpost subscriber list");
    }

    /** Says only what is sure: a commit may come to pass without an answer. */
    static ErrorResponseException notWritten(CompletionException failure) {
        return Answers.problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                isNothingChanged(failure.getCause())
                        ? "The database does not answer, so nothing was changed; look at the"
                                + " server's log."
                        : "The database did not answer in time, so it is not known whether this was"
                                + " changed; ask again when it answers. Look at the server's log.");
    }

    private static boolean isNothingChanged(@Nullable Throwable reason) {
        // Work that was refused has no deeper cause; one that broke off at its commit has.
        return reason instanceof DatabaseException known
                && !(known instanceof DatabaseGoneException && known.getCause() != null);
    }
}
