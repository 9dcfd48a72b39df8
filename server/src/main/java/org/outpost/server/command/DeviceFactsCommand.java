package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Map;

/** {@code outpost device facts}. */
@Command(
        name = "facts",
        description = {
            "Show what the server last read of a device, connected or not, without asking it. The"
                    + " server remembers it until it is restarted.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DeviceFactsCommand extends AmtDeviceCommand {
    @Override
    void run(AmtDevice device) throws CommandFailedException {
        JsonNode facts = device.facts();
        if (json()) {
            print(facts);
            return;
        }
        if (facts.isEmpty()) {
            out().println(
                            "Nothing was read of "
                                    + device.name()
                                    + " since the server started; ask it with: outpost device info "
                                    + device.name());
            return;
        }
        boolean first = true;
        for (Map.Entry<String, JsonNode> fact : facts.properties()) {
            if (!first) {
                out().println();
            }
            first = false;
            JsonNode value = fact.getValue().path("value");
            out().println(
                            TerminalText.visible(fact.getKey())
                                    + ", read "
                                    + format().moment(
                                                    Instant.parse(
                                                            fact.getValue()
                                                                    .path("readAt")
                                                                    .asString("")))
                                    + state(fact.getKey(), value));
            new JsonTree(out()).print(value, "  ");
        }
    }

    private static String state(String fact, JsonNode value) {
        return fact.equals("power")
                ? ": " + DevicePower.words(value.path("powerstate").asInt(0))
                : "";
    }
}
