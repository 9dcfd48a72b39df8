package org.outpost.inventory.notification;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as JSON: in the database, and the data of what is delivered. */
public final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}

    /** The data of an event, with its place in the log as {@code sequence}. */
    public static ObjectNode data(Event event) {
        ObjectNode node = MAPPER.valueToTree(event.data());
        node.put("sequence", event.sequence());
        return node;
    }

    static String write(EventData data) {
        return MAPPER.writeValueAsString(data);
    }

    static EventData read(EventType type, String json) {
        return switch (type) {
            case CONNECTED, DISCONNECTED -> presence(json);
            case ALERT -> read(json, EventData.Alert.class);
        };
    }

    static EventData.Presence presence(String json) {
        return read(json, EventData.Presence.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new IllegalStateException("the database holds an event that cannot be read", e);
        }
    }
}
