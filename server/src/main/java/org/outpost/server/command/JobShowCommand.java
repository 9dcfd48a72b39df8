package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost job show}. */
@Command(
        name = "show",
        description = {"Show a job, and what became of each of its devices.", ""},
        mixinStandardHelpOptions = true)
final class JobShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost job list")
    private String id = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only devices in this state: waiting, running, done, failed, offline, denied,"
                            + " cancelled or unknown.")
    private @Nullable String state;

    @Mixin private Paging paging = new Paging();

    private record Device(
            String guid,
            String state,
            String code,
            String detail,
            @Nullable Instant began,
            @Nullable Instant ended) {}

    private record Page(List<Device> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        paging.into(query, spec());
        if (state != null) {
            query.put("state", state);
        }
        JsonNode answer = client.get(ApiClient.path("jobs", id, "devices"), query);
        if (json()) {
            print(answer);
            return;
        }
        JobView job = client.read(client.get(ApiClient.path("jobs", id), Map.of()), JobView.class);
        Fields fields = new Fields();
        fields.add("Job", job.id());
        fields.add("Action", job.action());
        fields.add("State", job.state());
        fields.add("By", job.owner());
        fields.add("Reason", (job.ticket() + " " + job.reason()).strip());
        fields.add("Comes from", job.origin());
        fields.add("Started", format().moment(job.created()));
        fields.add("Waits until", format().moment(job.waitUntil()));
        fields.add("Cancelled", format().moment(job.cancelled()));
        fields.add("Ended", format().moment(job.ended()));
        fields.add("Devices", job.devices() + " (" + job.summary() + ")");
        fields.add("Devices per second", Double.toString(job.rate()));
        fields.print(out());
        Page page = client.read(answer, Page.class);
        if (!page.data().isEmpty()) {
            out().println();
            print(table(page.data()));
            paging.footer(out(), "Devices", page.data().size(), page.totalCount());
        }
    }

    private static Table table(List<Device> devices) {
        Table table =
                new Table(
                        Table.Column.whole("DEVICE"),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("CODE"),
                        Table.Column.text("WHY", 20));
        for (Device device : devices) {
            table.add(
                    device.guid(),
                    device.state(),
                    device.code().isEmpty() ? "-" : device.code(),
                    device.detail().isEmpty() ? "-" : device.detail());
        }
        return table;
    }
}
