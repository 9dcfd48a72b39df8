package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost job watch}. */
@Command(
        name = "watch",
        description = {
            "Follow a job to its end, also over a restart of the server. Fails unless every device"
                    + " did what was asked. Ctrl-C ends the watching, not the job.",
            ""
        },
        mixinStandardHelpOptions = true)
final class JobWatchCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost job list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        new JobWatch(client, out(), json()).follow(id);
    }
}
