package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Subscribers as the database keeps them. */
final class SubscriberJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SubscriberJson() {}

    /** The form, apart from how it is used: fields may be added, never renamed. */
    private record Stored(
            String type,
            String url,
            @Nullable String ca,
            @Nullable String credentials,
            long connectMillis,
            long responseMillis,
            @Nullable Soap soap) {}

    private record Soap(
            String namespace,
            String wrapper,
            String soapAction,
            String version,
            boolean numericState,
            boolean wantReply,
            boolean authoritative) {}

    static String write(Subscriber subscriber) {
        Soap soap =
                subscriber.format() instanceof Format.MpsSoap format
                        ? new Soap(
                                format.namespace(),
                                format.wrapper(),
                                format.soapAction(),
                                format.version().name().toLowerCase(Locale.ROOT),
                                format.numericState(),
                                format.wantReply(),
                                format.authoritative())
                        : null;
        return MAPPER.writeValueAsString(
                new Stored(
                        subscriber.format().word(),
                        subscriber.url().toString(),
                        text(subscriber.ca()),
                        text(subscriber.credentials()),
                        subscriber.connectTimeout().toMillis(),
                        subscriber.responseTimeout().toMillis(),
                        soap));
    }

    static Subscriber read(String json) {
        Stored stored = MAPPER.readValue(json, Stored.class);
        return new Subscriber(
                Subscriber.Origin.API,
                format(stored.type(), stored.soap()),
                URI.create(stored.url()),
                path(stored.ca()),
                path(stored.credentials()),
                Duration.ofMillis(stored.connectMillis()),
                Duration.ofMillis(stored.responseMillis()));
    }

    private static Format format(String type, @Nullable Soap soap) {
        return switch (type) {
            case "cloudevents-http" -> new Format.CloudEventsHttp();
            case "cloudevents-http-batch" -> new Format.CloudEventsHttpBatch();
            case "mps-soap" ->
                    soap == null
                            ? Format.MpsSoap.DEFAULT
                            : new Format.MpsSoap(
                                    soap.namespace(),
                                    soap.wrapper(),
                                    soap.soapAction(),
                                    Format.SoapVersion.valueOf(
                                            soap.version().toUpperCase(Locale.ROOT)),
                                    soap.numericState(),
                                    soap.wantReply(),
                                    soap.authoritative());
            default ->
                    throw new IllegalStateException(
                            "the database holds a subscriber of the unknown type " + type);
        };
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }
}
