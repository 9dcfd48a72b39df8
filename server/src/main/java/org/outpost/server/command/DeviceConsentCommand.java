package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost device consent}. */
@Command(
        name = "consent",
        description = {
            "Ask the user at the device to agree to redirection: start shows six digits on the"
                    + " device's screen, the user reads them out, and send passes them on.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device consent pc-0001 start",
            "  outpost device consent pc-0001 send 034512",
            "  outpost device consent pc-0001 cancel",
        },
        mixinStandardHelpOptions = true)
final class DeviceConsentCommand extends AmtDeviceCommand {
    private static final String ROUTE = "userConsentCode";

    @Parameters(
            index = "1",
            paramLabel = "start|send|cancel",
            converter = Step.Choice.class,
            completionCandidates = Step.Choice.class,
            description = "What to do.")
    private Step step = Step.START;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "CODE",
            description = "With send: the six digits that the user reads out.")
    private @Nullable String code;

    private enum Step implements WordConverter.Word {
        START("start"),
        SEND("send"),
        CANCEL("cancel");

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
        if ((step == Step.SEND) != (code != null)) {
            throw new ParameterException(
                    spec().commandLine(),
                    step == Step.SEND
                            ? "send needs the digits that the user reads out"
                            : "digits are for send only");
        }
        if (code != null && !code.matches("[0-9]{6}")) {
            throw new ParameterException(
                    spec().commandLine(), "a code has six digits, such as 034512");
        }
        JsonNode answer = ask(device);
        if (json()) {
            print(answer);
        } else {
            out().println(
                            device.name()
                                    + switch (step) {
                                        case START ->
                                                ": its screen shows six digits. Ask the user for"
                                                        + " them, then: outpost device consent "
                                                        + device.name()
                                                        + " send DIGITS";
                                        case SEND -> ": the user has agreed.";
                                        case CANCEL -> ": the consent is withdrawn.";
                                    });
        }
    }

    private JsonNode ask(AmtDevice device) throws CommandFailedException {
        return switch (step) {
            case START -> device.get(ROUTE);
            case SEND -> device.post(Map.of("consentCode", String.valueOf(code)), ROUTE);
            case CANCEL -> device.get(ROUTE, "cancel");
        };
    }
}
