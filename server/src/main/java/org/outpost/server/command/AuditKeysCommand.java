package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost audit keys}. */
@Command(
        name = "keys",
        description = {"Print the public keys with which exports are verified, as PEM.", ""},
        mixinStandardHelpOptions = true)
final class AuditKeysCommand extends ApiCommand {
    private record Keys(String pem) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("audit", "keys"), Map.of());
        if (json()) {
            print(answer);
        } else {
            out().print(client.read(answer, Keys.class).pem());
        }
    }
}
