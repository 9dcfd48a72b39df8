package org.outpost.simulator;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.amt.AmtCredentials;
import org.outpost.simulator.device.MpsCredentials;
import org.outpost.simulator.fleet.FleetSnapshot;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.impairment.Mood;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;

/** Writes what other programs read: one JSON object a line. */
final class JsonLines {
    private final JsonFactory json = new JsonFactory();
    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    /** What an object holds. */
    private interface Content {
        void write(JsonGenerator object);
    }

    /** A device of the fleet, as {@code --list} prints it. */
    void device(DeviceProfile device, Mood mood, List<String> faults) {
        line(
                object -> {
                    object.writeNumberProperty("index", device.index());
                    object.writeStringProperty("uuid", device.uuid().toString());
                    object.writeStringProperty("name", device.fqdn());
                    object.writeStringProperty("generation", device.generation().label());
                    object.writeStringProperty("mood", mood.name());
                    object.writeStringProperty("amtVersion", device.version().text());
                    object.writeArrayPropertyStart("ports");
                    device.ports().forEach(object::writeNumber);
                    object.writeEndArray();
                    object.writeArrayPropertyStart("faults");
                    faults.forEach(object::writeString);
                    object.writeEndArray();
                });
    }

    /** Credentials made up for this run, null for those that were given: these are told nobody. */
    void credentials(@Nullable MpsCredentials server, @Nullable AmtCredentials amt) {
        line(
                object -> {
                    object.writeStringProperty("event", "credentials");
                    if (server != null) {
                        object.writeStringProperty("user", server.user());
                        object.writeStringProperty("password", server.password());
                    }
                    if (amt != null) {
                        object.writeStringProperty("amtUser", amt.user());
                        object.writeStringProperty("amtPassword", amt.password());
                    }
                });
    }

    /** How the fleet is doing. */
    void progress(String event, long millis, FleetSnapshot fleet) {
        line(
                object -> {
                    object.writeStringProperty("event", event);
                    object.writeNumberProperty("milliseconds", millis);
                    object.writeNumberProperty("devices", fleet.devices());
                    object.writeNumberProperty("connecting", fleet.connecting());
                    object.writeNumberProperty("connected", fleet.connected());
                    object.writeNumberProperty("pausing", fleet.pausing());
                    object.writeNumberProperty("channels", fleet.channels());
                    object.writeNumberProperty("calls", fleet.calls());
                    object.writeNumberProperty("established", fleet.established());
                    object.writeNumberProperty("bytesReceived", fleet.bytesReceived());
                    object.writeNumberProperty("bytesSent", fleet.bytesSent());
                    object.writeObjectPropertyStart("ends");
                    fleet.ends()
                            .forEach(
                                    (end, count) -> object.writeNumberProperty(end.label(), count));
                    object.writeEndObject();
                });
    }

    private void line(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), text)) {
            object.writeStartObject();
            content.write(object);
            object.writeEndObject();
        }
        out.println(text);
        out.flush();
    }
}
