package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code outpost schedule add}. */
@Command(
        name = "add",
        description = {
            "Start a job whenever the clock says so, on the rights that you have then.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost schedule add power-on --cron '30 6 * * MON-FRI' --zone Europe/Vienna --tag"
                    + " lab",
            "  outpost schedule add refresh-facts --cron '0 2 * * SUN' --all --wait 86400",
        },
        mixinStandardHelpOptions = true)
final class ScheduleAddCommand extends ApiCommand {
    @Mixin private JobTemplateOptions template = new JobTemplateOptions();

    @Option(
            names = "--cron",
            required = true,
            paramLabel = "EXPRESSION",
            description = "Minute, hour, day of the month, month and day of the week.")
    private String cron = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Whose clock, such as Europe/Vienna. Default: UTC.")
    private @Nullable String zone;

    @Option(names = "--name", paramLabel = "TEXT", description = "For people.")
    private String name = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        wanted.put("cron", cron);
        if (zone != null) {
            wanted.put("zone", zone);
        }
        wanted.put("job", template.document());
        JsonNode answer = client.post(ApiClient.path("schedules"), wanted);
        if (json()) {
            print(answer);
            return;
        }
        ScheduleView added = client.read(answer, ScheduleView.class);
        out().println(
                        "Schedule "
                                + added.id()
                                + " is due first at "
                                + format().moment(added.nextDue())
                                + ".");
    }
}
