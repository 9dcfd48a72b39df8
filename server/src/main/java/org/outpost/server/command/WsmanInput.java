package org.outpost.server.command;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Properties of an instance, or arguments of a method, in their order. */
final class WsmanInput {
    private WsmanInput() {}

    /** A word of the command line. */
    record Pair(String name, String value) {
        /** What is on both sides of the first equals sign; empty where there is none. */
        static Optional<Pair> of(String word) {
            int equals = word.indexOf('=');
            return equals < 1
                    ? Optional.empty()
                    : Optional.of(new Pair(word.substring(0, equals), word.substring(equals + 1)));
        }
    }

    /** The same name twice becomes a list. */
    static Map<String, Object> of(List<Pair> pairs) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            lists.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(pair.value());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        lists.forEach((name, all) -> values.put(name, all.size() == 1 ? all.getFirst() : all));
        return values;
    }

    /** An object of JSON in a file. */
    static Map<String, Object> read(Path file) throws CommandFailedException {
        try {
            return new JsonMapper()
                    .readValue(
                            Files.readString(file),
                            new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read: " + Reason.of(e), e);
        } catch (JacksonException e) {
            throw new CommandFailedException(file + " holds no object of JSON", e);
        }
    }
}
