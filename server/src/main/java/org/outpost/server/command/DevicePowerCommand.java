package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code outpost device power}. */
@Command(
        name = "power",
        description = {
            "Show whether devices are on, or change it.",
            "",
            "  on          switch on, or wake",
            "  off         switch off at once; what is not saved is lost",
            "  soft-off    let the operating system shut down",
            "  cycle       off at once, then on; what is not saved is lost",
            "  reset       restart at once; what is not saved is lost",
            "  soft-reset  let the operating system restart",
            "  sleep       let the operating system go to sleep (S3)",
            "  hibernate   let the operating system hibernate (S4)",
            "  nmi         a diagnostic interrupt; most operating systems stop",
            "",
            "Of a device that is not connected it shows what was last read. With several devices,"
                    + " the exit code is 1 when one failed.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device power pc-0001.example.com",
            "  outpost device power pc-0001 on --wait",
            "  outpost device power pc-0001 pc-0002 reset --yes",
        },
        mixinStandardHelpOptions = true)
final class DevicePowerCommand extends ApiCommand {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST = 3600;
    private static final int NOT_FOUND = 404;

    @Parameters(
            paramLabel = "NAME|GUID... [ACTION]",
            hideParamSyntax = true,
            arity = "1..*",
            completionCandidates = PowerChange.Choice.class,
            description = "Which devices, then what to do. Without: show whether they are on.")
    private List<String> words = List.of();

    @Option(names = "--wait", description = "Wait until the devices are on, off or asleep.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long --wait waits, 1 to 3600. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Mixin private final LossQuestion question = new LossQuestion();

    private final ObjectNode document = new JsonMapper().createObjectNode();
    private final ArrayNode told = document.putArray("data");
    private final List<String> failures = new ArrayList<>();

    private interface Step {
        void take(DevicePower power, AmtDevice device) throws CommandFailedException;
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Optional<PowerChange> change = change();
        check(change);
        List<String> names =
                change.isPresent() ? words.subList(0, words.size() - 1) : List.copyOf(words);
        List<AmtDevice> devices = find(client, names);
        if (change.isEmpty()) {
            each(devices, this::show);
        } else {
            change(devices, change.get());
        }
        if (json()) {
            print(document);
        }
        if (!failures.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), failures));
        }
    }

    /** The last word, unless it is the only one: then it is a device. */
    private Optional<PowerChange> change() {
        String last = words.getLast();
        return words.size() == 1
                ? Optional.empty()
                : Arrays.stream(PowerChange.values())
                        .filter(change -> change.word().equals(last))
                        .findFirst();
    }

    private void check(Optional<PowerChange> change) {
        if (timeout < 1 || timeout > LONGEST) {
            throw new ParameterException(
                    spec().commandLine(), "--timeout must be 1 to " + LONGEST + " seconds");
        }
        if (wait && change.map(PowerChange::goal).isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--wait is for "
                            + Arrays.stream(PowerChange.values())
                                    .filter(one -> one.goal() != null)
                                    .map(PowerChange::word)
                                    .collect(Collectors.joining(", "))
                            + ": what restarts is on before and after");
        }
    }

    private List<AmtDevice> find(ApiClient client, List<String> names) {
        List<AmtDevice> devices = new ArrayList<>();
        for (String name : names) {
            try {
                devices.add(AmtDevice.find(client, name));
            } catch (CommandFailedException e) {
                failures.add(e.getMessage() + hint(name));
            }
        }
        return devices;
    }

    /** The last word that is no device is a misspelt action more often than not. */
    private String hint(String name) {
        return words.size() > 1 && name.equals(words.getLast())
                ? "; if it was to be an action, there are: "
                        + String.join(", ", new PowerChange.Choice())
                : "";
    }

    private void change(List<AmtDevice> devices, PowerChange change) throws CommandFailedException {
        if (devices.isEmpty()) {
            return;
        }
        if (change.losesData()) {
            String names = devices.stream().map(AmtDevice::name).collect(Collectors.joining(", "));
            question.ask(spec(), sentence(change, names));
        }
        PowerGoal goal = wait ? change.goal() : null;
        List<AmtDevice> asked =
                each(
                        devices,
                        (power, device) -> {
                            boolean accepted = power.request(change);
                            if (goal == null) {
                                String outcome =
                                        accepted
                                                ? ": accepted " + change.word()
                                                : ": it is so already";
                                tell(device, change, outcome);
                            }
                        });
        if (goal != null) {
            await(asked, change, goal);
        }
    }

    private void await(List<AmtDevice> devices, PowerChange change, PowerGoal goal) {
        Instant deadline = Instant.now().plusSeconds(timeout);
        each(
                devices,
                (power, device) -> {
                    power.await(goal, deadline, PAUSE);
                    tell(device, change, ": " + goal.words());
                });
    }

    private static String sentence(PowerChange change, String names) {
        return switch (change) {
            case OFF -> "switch off " + names;
            case CYCLE -> "switch off and on " + names;
            case NMI -> "interrupt " + names;
            default -> change.word() + " " + names;
        };
    }

    /** Takes a step with each device; returns those with which it went well. */
    private List<AmtDevice> each(List<AmtDevice> devices, Step step) {
        List<AmtDevice> done = new ArrayList<>();
        for (AmtDevice device : devices) {
            try {
                step.take(new DevicePower(device), device);
                done.add(device);
            } catch (CommandFailedException e) {
                failures.add(e.getMessage());
            }
        }
        return done;
    }

    private void tell(AmtDevice device, PowerChange change, String outcome) {
        told.addObject()
                .put("guid", device.guid())
                .put("name", device.name())
                .put("action", change.word())
                .put("waited", wait);
        if (!json()) {
            out().println(device.name() + outcome);
        }
    }

    private void show(DevicePower power, AmtDevice device) throws CommandFailedException {
        try {
            int state = power.state();
            told.addObject()
                    .put("guid", device.guid())
                    .put("name", device.name())
                    .put("connected", true)
                    .put("state", state)
                    .put("words", DevicePower.words(state));
            say(device.name() + ": " + DevicePower.words(state));
        } catch (ApiProblemException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            DevicePower.Known known = power.lastKnown().orElseThrow(() -> e);
            told.addObject()
                    .put("guid", device.guid())
                    .put("name", device.name())
                    .put("connected", false)
                    .put("state", known.state())
                    .put("words", known.words())
                    .put("readAt", known.readAt().toString());
            say(
                    device.name()
                            + ": not connected; "
                            + known.words()
                            + " when last asked, "
                            + format().moment(known.readAt()));
        }
    }

    private void say(String line) {
        if (!json()) {
            out().println(line);
        }
    }
}
