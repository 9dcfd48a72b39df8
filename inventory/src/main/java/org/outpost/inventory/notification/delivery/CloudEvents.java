package org.outpost.inventory.notification.delivery;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;

import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventJson;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Events as CloudEvents 1.0 in the JSON format. The attribute {@code recordedtime} (a documented
 * extension of CloudEvents) says when the event could be told; {@code time} when it happened.
 */
public final class CloudEvents {
    /** One event. */
    public static final String SINGLE = "application/cloudevents+json; charset=utf-8";

    /** An array of events. */
    public static final String BATCH = "application/cloudevents-batch+json; charset=utf-8";

    private static final String DATA = "application/json";

    private final URI source;
    private final JsonFormat format = new JsonFormat();

    /**
     * Makes the writer.
     *
     * @param source names this server
     */
    public CloudEvents(URI source) {
        this.source = source;
    }

    /** One event. */
    public byte[] single(Event event) {
        return format.serialize(cloudEvent(event));
    }

    /** An array of events; the SDK knows no batches. */
    public byte[] batch(List<Event> events) {
        ByteArrayOutputStream array = new ByteArrayOutputStream(events.size() * 1024);
        array.write('[');
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(single(events.get(i)));
        }
        array.write(']');
        return array.toByteArray();
    }

    private CloudEvent cloudEvent(Event event) {
        return CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(source)
                .withType(event.type().label())
                .withSubject(event.device().toString())
                .withTime(event.time().atOffset(ZoneOffset.UTC))
                .withExtension("recordedtime", event.recorded().atOffset(ZoneOffset.UTC))
                .withData(DATA, EventJson.data(event).toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
