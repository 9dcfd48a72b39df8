package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** {@code outpost tunnel reset}. */
@Command(
        name = "reset",
        description = {
            "End tunnels. The devices usually call in again by themselves, after a while that their"
                    + " firmware chooses.",
            ""
        },
        mixinStandardHelpOptions = true)
final class TunnelResetCommand extends ApiCommand {
    private static final int NOT_FOUND = 404;

    @Parameters(
            paramLabel = "ID|NAME|GUID",
            arity = "1..*",
            description =
                    "Which: a tunnel's number (see: tunnel list), or a device. Digits alone are"
                            + " always a tunnel's number.")
    private List<String> targets = new ArrayList<>();

    @Override
    void run(ApiClient client) throws CommandFailedException {
        ObjectNode document = new JsonMapper().createObjectNode();
        ArrayNode ended = document.putArray("data");
        List<String> failures = new ArrayList<>();
        for (String target : targets) {
            try {
                String id = reset(client, target);
                ended.addObject().put("target", target).put("tunnel", id);
                if (!json()) {
                    out().println("Tunnel " + id + shown(target, id) + " ended.");
                }
            } catch (CommandFailedException e) {
                failures.add(e.getMessage());
            }
        }
        if (json()) {
            print(document);
        }
        if (!failures.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), failures));
        }
    }

    private static String shown(String target, String id) {
        return target.equals(id) ? "" : " of " + TerminalText.visible(target);
    }

    /** Ends it, and tells its number. */
    private static String reset(ApiClient client, String target) throws CommandFailedException {
        if (target.matches("[0-9]{1,18}")) {
            return resetByNumber(client, target);
        }
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        String id = device.tunnelId();
        if (id.isEmpty() || !end(client, id)) {
            throw new CommandFailedException(
                    "'" + TerminalText.visible(target) + "' has no tunnel: it is not connected");
        }
        return id;
    }

    private static String resetByNumber(ApiClient client, String number)
            throws CommandFailedException {
        if (!end(client, number)) {
            throw new CommandFailedException(
                    "no tunnel has the number "
                            + number
                            + "; see which there are with: outpost tunnel list");
        }
        return number;
    }

    /** Whether there was such a tunnel. */
    private static boolean end(ApiClient client, String id) throws CommandFailedException {
        try {
            client.delete(ApiClient.path("tunnels", id));
            return true;
        } catch (ApiProblemException e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
