package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.time.Instant;
import java.util.Map;

/** {@code outpost device log}. */
@Command(
        name = "log",
        description = {
            "Show a log that the device itself keeps, the newest first: event is what its firmware"
                    + " and BIOS noticed, audit is who changed what in AMT.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device log pc-0001 event --last 20",
            "  outpost device log pc-0001 audit --json",
        },
        mixinStandardHelpOptions = true)
final class DeviceLogCommand extends AmtDeviceCommand {
    private static final String NEWEST = "startIndex";

    @Parameters(
            index = "1",
            paramLabel = "event|audit",
            converter = Kind.Choice.class,
            completionCandidates = Kind.Choice.class,
            description = "Which log.")
    private Kind kind = Kind.EVENT;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "At most so many of the newest. Default: all.")
    private @Nullable Integer last;

    private enum Kind implements WordConverter.Word {
        EVENT("event"),
        AUDIT("audit");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static final class Choice extends WordConverter<Kind> {
            Choice() {
                super(Kind.values());
            }
        }

        @Override
        public String word() {
            return word;
        }
    }

    private record Event(
            @Nullable Instant TimeStamp,
            @Nullable String eventTypeDesc,
            @Nullable String EntityStr,
            @Nullable String Desc) {}

    private record Audit(
            @Nullable Instant Time,
            @Nullable String Initiator,
            @Nullable String NetAddress,
            @Nullable String AuditApp,
            @Nullable String Event,
            @Nullable String ExStr) {}

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        int most = most();
        ArrayNode records =
                kind == Kind.EVENT
                        ? first(device.list("log", "event"), most)
                        : auditRecords(device, most);
        if (json()) {
            print(new JsonMapper().createObjectNode().set("data", records));
        } else if (records.isEmpty()) {
            out().println("The " + kind.word() + " log of " + device.name() + " is empty.");
        } else {
            print(kind == Kind.EVENT ? events(records) : audits(records));
        }
    }

    private int most() {
        if (last != null && last < 1) {
            throw new ParameterException(spec().commandLine(), "--last must be 1 or more");
        }
        return last == null ? Integer.MAX_VALUE : last;
    }

    private static ArrayNode first(JsonNode records, int most) {
        ArrayNode first = new JsonMapper().createArrayNode();
        for (JsonNode entry : records) {
            if (first.size() < most) {
                first.add(entry);
            }
        }
        return first;
    }

    /** The device tells its audit log in pages. */
    private static ArrayNode auditRecords(AmtDevice device, int most)
            throws CommandFailedException {
        ArrayNode all = new JsonMapper().createArrayNode();
        while (all.size() < most) {
            JsonNode page = device.get(Map.of(NEWEST, String.valueOf(all.size())), "log", "audit");
            JsonNode records = page.path("records");
            all.addAll(first(records, most - all.size()));
            if (records.isEmpty() || all.size() >= page.path("totalCnt").asLong(0)) {
                return all;
            }
        }
        return all;
    }

    private Table events(ArrayNode records) {
        Table table =
                new Table(
                        Table.Column.whole("WHEN"),
                        Table.Column.whole("SEVERITY"),
                        Table.Column.text("SOURCE", 8),
                        Table.Column.text("WHAT", 20));
        JsonMapper mapper = new JsonMapper();
        for (JsonNode entry : records) {
            Event event = mapper.treeToValue(entry, Event.class);
            table.add(
                    format().moment(event.TimeStamp()),
                    dash(event.eventTypeDesc()),
                    dash(event.EntityStr()),
                    dash(event.Desc()));
        }
        return table;
    }

    private Table audits(ArrayNode records) {
        Table table =
                new Table(
                        Table.Column.whole("WHEN"),
                        Table.Column.text("WHO", 8),
                        Table.Column.text("FROM", 9),
                        Table.Column.text("AREA", 8),
                        Table.Column.text("WHAT", 16),
                        Table.Column.text("DETAILS", 8));
        JsonMapper mapper = new JsonMapper();
        for (JsonNode entry : records) {
            Audit audit = mapper.treeToValue(entry, Audit.class);
            table.add(
                    format().moment(audit.Time()),
                    dash(audit.Initiator()),
                    dash(audit.NetAddress()),
                    dash(audit.AuditApp()),
                    dash(audit.Event()),
                    dash(audit.ExStr()));
        }
        return table;
    }

    private static String dash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
