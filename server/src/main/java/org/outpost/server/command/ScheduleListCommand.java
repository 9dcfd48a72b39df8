package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost schedule list}. */
@Command(
        name = "list",
        description = {"List your schedules, and those of the tenants you administer.", ""},
        mixinStandardHelpOptions = true)
final class ScheduleListCommand extends ApiCommand {
    private record Page(List<ScheduleView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("schedules"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        List<ScheduleView> all = client.read(answer, Page.class).data();
        if (all.isEmpty()) {
            out().println("No schedule. Add one with: outpost schedule add");
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("ID"),
                        Table.Column.whole("ACTION"),
                        Table.Column.whole("CRON"),
                        Table.Column.whole("ZONE"),
                        Table.Column.whole("NEXT"),
                        Table.Column.text("LAST", 20),
                        Table.Column.text("BY", 8),
                        Table.Column.text("NAME", 8));
        for (ScheduleView schedule : all) {
            table.add(
                    schedule.id(),
                    schedule.action(),
                    schedule.cron(),
                    schedule.zone(),
                    schedule.paused() ? "paused" : format().ago(schedule.nextDue()),
                    schedule.last(),
                    schedule.owner(),
                    schedule.name().isEmpty() ? "-" : schedule.name());
        }
        print(table);
    }
}
