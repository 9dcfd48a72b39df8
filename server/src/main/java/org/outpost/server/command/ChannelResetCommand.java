package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** {@code outpost channel reset}. */
@Command(
        name = "reset",
        description = {
            "Cut channels to devices. Whoever uses one is cut off at once, and may connect again.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ChannelResetCommand extends ApiCommand {
    @Parameters(
            paramLabel = "ID",
            arity = "1..*",
            description = "Which, by number; see: outpost channel list")
    private List<Long> ids = new ArrayList<>();

    @Override
    void run(ApiClient client) throws CommandFailedException {
        List<String> failures = new ArrayList<>();
        for (long id : ids) {
            try {
                client.delete(ApiClient.path("channels", Long.toString(id)));
                if (!json()) {
                    out().println("Channel " + id + " is cut.");
                }
            } catch (ApiProblemException e) {
                failures.add(e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), failures));
        }
    }
}
