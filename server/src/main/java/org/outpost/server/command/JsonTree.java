package org.outpost.server.command;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.util.Map;

/** A document as people read it: a line for each property, what is inside indented. */
final class JsonTree {
    private static final String STEP = "  ";

    private final PrintWriter out;

    JsonTree(PrintWriter out) {
        this.out = out;
    }

    /** Writes the properties of an object below one another. */
    void print(JsonNode object) {
        print(object, "");
    }

    /** The same, each line indented. */
    void print(JsonNode object, String indent) {
        int width =
                object.properties().stream()
                        .filter(property -> !isDeep(property.getValue()))
                        .mapToInt(property -> TerminalText.width(visible(property.getKey())))
                        .max()
                        .orElse(0);
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = visible(property.getKey());
            JsonNode value = property.getValue();
            if (isDeep(value)) {
                inside(name, value, indent);
            } else {
                String gap = " ".repeat(width - TerminalText.width(name));
                out.println((indent + name + gap + STEP + flat(value)).stripTrailing());
            }
        }
    }

    private void inside(String name, JsonNode value, String indent) {
        if (value.isObject()) {
            out.println(indent + name);
            print(value, indent + STEP);
            return;
        }
        int number = 0;
        for (JsonNode entry : value) {
            out.println(indent + name + "[" + number++ + "]");
            if (entry.isObject()) {
                print(entry, indent + STEP);
            } else {
                out.println(indent + STEP + flat(entry));
            }
        }
    }

    /** Whether it takes lines of its own. */
    private static boolean isDeep(JsonNode value) {
        if (value.isObject()) {
            return !value.isEmpty();
        }
        return value.isArray() && value.valueStream().anyMatch(JsonNode::isContainer);
    }

    /** In one line. */
    private static String flat(JsonNode value) {
        if (value.isArray()) {
            return String.join(
                    ", ", value.valueStream().map(entry -> visible(entry.asString(""))).toList());
        }
        return value.isContainer() || value.isNull() ? "-" : visible(value.asString(""));
    }

    private static String visible(String text) {
        return TerminalText.visible(text);
    }
}
