package org.outpost.server.command;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents for programs; in ASCII, so that no terminal obeys what is in them. */
final class JsonText {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build();

    private JsonText() {}

    static String of(Object document) {
        return MAPPER.writeValueAsString(document).replace("\u007f", "\\u007f");
    }
}
