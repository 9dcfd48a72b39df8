package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

/** {@code outpost job start}. */
@Command(
        name = "start",
        description = {
            "Begin to do one thing to many devices. The server goes on with it whatever becomes of"
                    + " this command, also after a restart.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost job start power-on --tag lab --connected --watch",
            "  outpost job start reset --search vienna --parallel 32 --ticket T-77",
            "  outpost job start sync-time --all --wait 86400",
        },
        mixinStandardHelpOptions = true)
final class JobStartCommand extends ApiCommand {
    @Mixin private JobTemplateOptions template = new JobTemplateOptions();

    @Option(
            names = "--watch",
            description = "Wait for the end; fails unless every device did what was asked.")
    private boolean watch;

    private record Started(String id, long devices, long denied) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.post(ApiClient.path("jobs"), template.document());
        Started started = client.read(answer, Started.class);
        if (watch) {
            new JobWatch(client, out(), json()).follow(started.id());
            return;
        }
        if (json()) {
            print(answer);
            return;
        }
        out().println(
                        "Job "
                                + started.id()
                                + " has begun, for "
                                + HumanFormat.count(started.devices(), "device")
                                + (started.denied() == 0
                                        ? "."
                                        : "; " + started.denied() + " of them you may not touch.")
                                + " See: outpost job watch "
                                + started.id());
    }
}
