package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code outpost device alarm}. */
@Command(
        name = "alarm",
        description = {"Show or set when the device switches itself on.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device alarm pc-0001 list",
            "  outpost device alarm pc-0001 add patches --at 2027-01-10T02:00 --every 10080",
            "  outpost device alarm pc-0001 remove patches",
        },
        mixinStandardHelpOptions = true)
final class DeviceAlarmCommand extends AmtDeviceCommand {
    private static final String ROUTE = "alarmOccurrences";

    @Parameters(
            index = "1",
            paramLabel = "list|add|remove",
            converter = Step.Choice.class,
            completionCandidates = Step.Choice.class,
            description = "What to do.")
    private Step step = Step.LIST;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "ALARM",
            description = "With add and remove: its name, up to 32 characters.")
    private @Nullable String alarm;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "With add: when, such as 2027-01-10T02:00 in the time zone here, or"
                            + " 2027-01-10T02:00Z.")
    private @Nullable String at;

    @Option(
            names = "--every",
            paramLabel = "MINUTES",
            description = "With add: again after so many minutes. Default: once.")
    private @Nullable Integer every;

    @Option(names = "--keep", description = "With add: keep it in the list after the last time.")
    private boolean keep;

    private enum Step implements WordConverter.Word {
        LIST("list"),
        ADD("add"),
        REMOVE("remove");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        static final class Choice extends WordConverter<Step> {
            Choice() {
                super(Step.values());
            }
        }

        @Override
        public String word() {
            return word;
        }
    }

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        if (step != Step.ADD && (at != null || every != null || keep)) {
            throw wrong("--at, --every and --keep are for add");
        }
        switch (step) {
            case LIST -> list(device);
            case ADD -> add(device);
            case REMOVE -> remove(device);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private String named() {
        if (alarm == null) {
            throw wrong(step.word() + " needs the name of the alarm");
        }
        return alarm;
    }

    private void list(AmtDevice device) throws CommandFailedException {
        if (alarm != null) {
            throw wrong("list shows all alarms; it takes no name");
        }
        JsonNode alarms = device.list(ROUTE);
        if (json()) {
            print(new JsonMapper().createObjectNode().set("data", alarms));
        } else if (alarms.isEmpty()) {
            out().println(device.name() + " has no alarm.");
        } else {
            print(table(alarms));
        }
    }

    private Table table(JsonNode alarms) {
        Table table =
                new Table(
                        Table.Column.text("ALARM", 8),
                        Table.Column.whole("NEXT"),
                        Table.Column.whole("EVERY"),
                        Table.Column.whole("THEN"));
        for (JsonNode one : alarms) {
            long minutes = one.path("IntervalInMinutes").asLong(0);
            table.add(
                    one.path("InstanceID").asString(""),
                    format().moment(Instant.parse(one.at("/StartTime/Datetime").asString(""))),
                    minutes == 0 ? "once" : minutes + " min",
                    one.path("DeleteOnCompletion").asBoolean(true) ? "removed" : "kept");
        }
        return table;
    }

    private void add(AmtDevice device) throws CommandFailedException {
        String name = named();
        if (at == null) {
            throw wrong("add needs --at");
        }
        if (every != null && every < 1) {
            throw wrong("--every must be 1 minute or more");
        }
        Instant start = moment(at);
        if (start.isBefore(Instant.now())) {
            throw wrong("--at is over: " + format().moment(start));
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("ElementName", name);
        wanted.put("InstanceID", name);
        wanted.put("StartTime", start.toString());
        wanted.put("Interval", every == null ? 0 : every);
        wanted.put("DeleteOnCompletion", !keep);
        JsonNode answer = device.post(wanted, ROUTE);
        if (json()) {
            print(answer);
        } else {
            out().println(
                            device.name()
                                    + ": switches itself on at "
                                    + format().moment(start)
                                    + (every == null ? "." : ", then every " + every + " min."));
        }
    }

    private Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            // Then it is a time of here, or none.
        }
        try {
            return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException _) {
            throw wrong(
                    "--at is a time such as 2027-01-10T02:00 or 2027-01-10T02:00Z, not '"
                            + TerminalText.visible(text)
                            + "'");
        }
    }

    private void remove(AmtDevice device) throws CommandFailedException {
        String name = named();
        device.delete(Map.of("Name", name), ROUTE);
        if (json()) {
            print(new JsonMapper().createObjectNode().put("removed", name));
        } else {
            out().println(device.name() + ": alarm " + TerminalText.visible(name) + " removed.");
        }
    }
}
