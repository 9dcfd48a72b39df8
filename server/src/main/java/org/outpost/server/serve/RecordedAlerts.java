package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.gateway.devicetraffic.DeviceAlert;
import org.outpost.gateway.devicetraffic.DeviceAlerts;
import org.outpost.gateway.devicetraffic.DeviceSource;
import org.outpost.inventory.notification.EventData;
import org.outpost.inventory.notification.EventLog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Puts what devices report into the log of events, from where subscribers hear of it: as it came,
 * with the device that its tunnel's sign-in established. One that finds the log too far behind is
 * refused at once, and the device may try again.
 */
final class RecordedAlerts implements DeviceAlerts {
    private final EventLog events;
    private final MeterRegistry meters;

    RecordedAlerts(EventLog events, MeterRegistry meters) {
        this.events = events;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Void> received(DeviceAlert alert) {
        byte[] raw = alert.raw().bytes();
        return switch (alert) {
            case DeviceAlert.Event event ->
                    record(alert, "ws-event", "path", event.path(), text(raw));
            case DeviceAlert.Trap trap ->
                    record(alert, "pet", "originator", trap.originator(), base64(raw));
        };
    }

    private CompletionStage<Void> record(
            DeviceAlert alert,
            String kind,
            String name,
            String value,
            Map.Entry<String, Object> content) {
        DeviceSource source = alert.source();
        meters.counter("outpost.device.alerts", "kind", kind).increment();
        return events.alert(
                source.device(),
                alert.received(),
                new EventData.Alert(
                        source.device(),
                        source.name(),
                        kind,
                        Map.ofEntries(
                                Map.entry(name, value),
                                Map.entry("principal", source.principal()),
                                Map.entry("tunnel", source.tunnel()),
                                content)));
    }

    /** XML in another encoding than UTF-8 is passed on as its bytes. */
    private static Map.Entry<String, Object> text(byte[] raw) {
        try {
            return Map.entry(
                    "xml",
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
        } catch (CharacterCodingException e) {
            return base64(raw);
        }
    }

    private static Map.Entry<String, Object> base64(byte[] raw) {
        return Map.entry("base64", Base64.getEncoder().encodeToString(raw));
    }
}
