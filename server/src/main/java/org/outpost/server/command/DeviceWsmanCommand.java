package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code outpost device wsman}. */
@Command(
        name = "wsman",
        description = {
            "Read what has no command of its own, by WS-Management. enumerate shows all instances"
                    + " of a class; get shows the one whose properties are as said. It reads only;"
                    + " to change something or to call a method use any WS-Management tool through"
                    + " the HTTP proxy of the server.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device wsman pc-0001 enumerate CIM_SoftwareIdentity",
            "  outpost device wsman pc-0001 get CIM_SoftwareIdentity InstanceID=AMT",
            "  outpost device wsman pc-0001 get AMT_GeneralSettings --xml",
        },
        mixinStandardHelpOptions = true)
final class DeviceWsmanCommand extends AmtDeviceCommand {
    @Parameters(
            index = "1",
            paramLabel = "get|enumerate",
            converter = Verb.Choice.class,
            completionCandidates = Verb.Choice.class,
            description = "One instance, or all.")
    private Verb verb = Verb.GET;

    @Parameters(
            index = "2",
            paramLabel = "CLASS",
            description = "Which class, such as AMT_GeneralSettings.")
    private String className = "";

    @Parameters(
            index = "3..*",
            arity = "0..*",
            paramLabel = "PROPERTY=VALUE",
            description = "With get: which instance, where there are several.")
    private List<String> selection = List.of();

    @Option(names = "--xml", description = "Print what the device answered, as it came.")
    private boolean xml;

    private enum Verb implements WordConverter.Word {
        GET("get"),
        ENUMERATE("enumerate");

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
        for (String word : selection) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw wrong("'" + TerminalText.visible(word) + "' is not PROPERTY=VALUE");
            }
            wanted.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return wanted;
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
