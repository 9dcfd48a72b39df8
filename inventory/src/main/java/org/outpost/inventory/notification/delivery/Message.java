package org.outpost.inventory.notification.delivery;

import java.util.Map;

/** One request to a subscriber. */
final class Message {
    private final String contentType;
    private final Map<String, String> fields;
    private final byte[] body;

    Message(String contentType, byte[] body) {
        this(contentType, Map.of(), body);
    }

    /**
     * Makes a request.
     *
     * @param contentType the media type with its parameters
     * @param fields further header fields
     * @param body as it goes over the wire; not copied
     */
    Message(String contentType, Map<String, String> fields, byte[] body) {
        this.contentType = contentType;
        this.fields = fields;
        this.body = body;
    }

    String contentType() {
        return contentType;
    }

    Map<String, String> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }
}
