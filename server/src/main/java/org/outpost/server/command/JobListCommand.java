package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost job list}. */
@Command(
        name = "list",
        description = {"List your jobs, and those of the tenants you administer.", ""},
        mixinStandardHelpOptions = true)
final class JobListCommand extends ApiCommand {
    @Mixin private Paging paging = new Paging();

    private record Page(List<JobView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        paging.into(query, spec());
        JsonNode answer = client.get(ApiClient.path("jobs"), query);
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println("No job. Start one with: outpost job start");
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("ID"),
                        Table.Column.whole("STARTED"),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("ACTION"),
                        Table.Column.text("BY", 8),
                        Table.Column.number("DEVICES"),
                        Table.Column.text("RESULT", 20));
        for (JobView job : page.data()) {
            table.add(
                    job.id(),
                    format().ago(job.created()),
                    job.state(),
                    job.action(),
                    job.owner(),
                    Long.toString(job.devices()),
                    job.summary());
        }
        print(table);
        paging.footer(out(), "Jobs", page.data().size(), page.totalCount());
    }
}
