package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost secret rotate}. */
@Command(
        name = "rotate",
        description = {
            "Make a new key, encrypt all stored passwords of devices under it, and take the old"
                + " keys out of the key file (vault.keys of the data folder). The server goes on"
                + " meanwhile.",
            "Back the key file up afterwards: a backup of the database from now on needs it, and"
                    + " one from before needs the key file from before.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SecretRotateCommand extends ApiCommand {
    private record Rotation(
            String key, long encrypted, long unreadable, List<String> retired, List<String> kept) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.asksDevices().post(ApiClient.path("secrets", "rotate"), Map.of());
        Rotation done = client.read(answer, Rotation.class);
        if (json()) {
            print(answer);
        } else {
            out().println(
                            "Encrypted %d passwords under the new key %s; %d old keys were taken out."
                                    .formatted(
                                            done.encrypted(),
                                            TerminalText.visible(done.key()),
                                            done.retired().size()));
            out().println("Back up vault.keys of the server's data folder now.");
        }
        if (done.unreadable() > 0) {
            throw new CommandFailedException(
                    "%d passwords could not be read and are as they were; restore the key file that"
                                    .formatted(done.unreadable())
                            + " holds the keys "
                            + TerminalText.visible(String.join(", ", done.kept()))
                            + ", or store these logins anew");
        }
    }
}
