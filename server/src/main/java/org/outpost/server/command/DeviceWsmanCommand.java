package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code outpost device wsman}. */
@Command(
        name = "wsman",
        description = {
            "Do by WS-Management what has no command of its own. enumerate shows all instances of a"
                    + " class, get the one whose properties are as said; change puts --set into it,"
                    + " invoke calls a method with --set as its arguments, in their order.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device wsman pc-0001 enumerate CIM_SoftwareIdentity",
            "  outpost device wsman pc-0001 get CIM_SoftwareIdentity InstanceID=AMT",
            "  outpost device wsman pc-0001 get AMT_GeneralSettings --xml",
            "  outpost device wsman pc-0001 change AMT_GeneralSettings --set"
                    + " PingResponseEnabled=true",
            "  outpost device wsman pc-0001 invoke"
                    + " AMT_TimeSynchronizationService.GetLowAccuracyTimeSynch",
        },
        mixinStandardHelpOptions = true)
final class DeviceWsmanCommand extends AmtDeviceCommand {
    @Parameters(
            index = "1",
            paramLabel = "get|enumerate|change|invoke",
            converter = Verb.Choice.class,
            completionCandidates = Verb.Choice.class,
            description = "What to do.")
    private Verb verb = Verb.GET;

    @Parameters(
            index = "2",
            paramLabel = "CLASS[.METHOD]",
            description =
                    "Which class, such as AMT_GeneralSettings; with invoke a method of it, after a"
                            + " dot.")
    private String className = "";

    @Parameters(
            index = "3..*",
            arity = "0..*",
            paramLabel = "PROPERTY=VALUE",
            description = "Which instance, where there are several; its keys, unless with get.")
    private List<String> selection = List.of();

    @Option(names = "--xml", description = "Print what the device answered, as it came.")
    private boolean xml;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "With change: a property; with invoke: an argument. The same name again makes a"
                            + " list.")
    private List<String> settings = List.of();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "A file with a JSON object in the place of --set, which may hold references:"
                            + " {\"ManagedElement\": {\"class\": \"CIM_ComputerSystem\","
                            + " \"selectors\": {\"Name\": \"ManagedSystem\"}}}")
    private @Nullable Path input;

    private enum Verb implements WordConverter.Word {
        GET("get"),
        ENUMERATE("enumerate"),
        CHANGE("change"),
        INVOKE("invoke");

        private final String word;

        Verb(String word) {
            this.word = word;
        }

        static final class Choice extends WordConverter<Verb> {
            Choice() {
                super(Verb.values());
            }
        }

        @Override
        public String word() {
            return word;
        }
    }

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        Map<String, String> wanted = wanted();
        if (verb == Verb.CHANGE || verb == Verb.INVOKE) {
            alter(device, wanted);
            return;
        }
        if (!settings.isEmpty() || input != null) {
            throw wrong("--set and --input are for change and invoke");
        }
        JsonNode answer = device.explore(className);
        if (xml) {
            answer.path("xmlOutput")
                    .asString("")
                    .lines()
                    .map(TerminalText::visible)
                    .forEach(out()::println);
            return;
        }
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
        if (verb == Verb.GET) {
            JsonNode one = theOnly(device, items, wanted);
            if (json()) {
                print(one);
            } else {
                new JsonTree(out()).print(one);
            }
        } else if (json()) {
            print(answer);
        } else {
            print(device, items);
        }
    }

    private Map<String, String> wanted() {
        if (verb == Verb.ENUMERATE && !selection.isEmpty()) {
            throw wrong("enumerate shows all instances; to choose one, use get");
        }
        Map<String, String> wanted = new TreeMap<>();
        selection.stream().map(this::pair).forEach(one -> wanted.put(one.name(), one.value()));
        return wanted;
    }

    private WsmanInput.Pair pair(String word) {
        return WsmanInput.Pair.of(word)
                .orElseThrow(() -> wrong("'" + TerminalText.visible(word) + "' is not NAME=VALUE"));
    }

    private void alter(AmtDevice device, Map<String, String> keys) throws CommandFailedException {
        Map<String, Object> values =
                input == null
                        ? WsmanInput.of(settings.stream().map(this::pair).toList())
                        : WsmanInput.read(input);
        if (input != null && !settings.isEmpty()) {
            throw wrong("give --set or --input, not both");
        }
        JsonNode result;
        if (verb == Verb.CHANGE) {
            if (values.isEmpty()) {
                throw wrong("change needs --set PROPERTY=VALUE, or --input");
            }
            result = device.change(className, keys, values);
        } else {
            int dot = className.indexOf('.');
            if (dot < 1 || dot == className.length() - 1) {
                throw wrong("invoke needs CLASS.METHOD");
            }
            result =
                    device.invoke(
                            className.substring(0, dot),
                            className.substring(dot + 1),
                            keys,
                            values);
        }
        if (json()) {
            print(result);
        } else {
            new JsonTree(out()).print(result);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private JsonNode theOnly(AmtDevice device, List<JsonNode> items, Map<String, String> wanted)
            throws CommandFailedException {
        List<JsonNode> fitting = items.stream().filter(item -> fits(item, wanted)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        String count =
                fitting.size()
                        + " of "
                        + HumanFormat.count(items.size(), "instance")
                        + " of "
                        + TerminalText.visible(className)
                        + (fitting.size() == 1 ? " fits" : " fit");
        throw new CommandFailedException(
                device.name()
                        + ": "
                        + count
                        + "; say which with PROPERTY=VALUE, as shown by: outpost device wsman "
                        + device.name()
                        + " enumerate "
                        + TerminalText.visible(className));
    }

    private static boolean fits(JsonNode item, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(one -> item.path(one.getKey()).asString("").equals(one.getValue()));
    }

    private void print(AmtDevice device, List<JsonNode> items) {
        if (items.isEmpty()) {
            out().println(
                            device.name()
                                    + " has no instance of "
                                    + TerminalText.visible(className)
                                    + '.');
        }
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out().println();
            }
            new JsonTree(out()).print(items.get(i));
        }
    }
}
