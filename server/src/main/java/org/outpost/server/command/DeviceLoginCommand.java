package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;

/** {@code outpost device login}. */
@Command(
        name = "login",
        description = {
            "Store with what the server signs in to AMT of this device, in place of amt.username"
                + " and amt.password-file of the configuration. The password is asked for, or read"
                + " from the standard input; it is kept encrypted and never shown again. A device"
                + " that is connected is tried at once.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device login pc-0001.example.com",
            "  outpost device login pc-0001 --user helpdesk --password-file amt.txt",
            "  outpost device login pc-0001 --remove",
        },
        mixinStandardHelpOptions = true)
final class DeviceLoginCommand extends AmtDeviceCommand {
    private static final int NOT_FOUND = 404;

    @ArgGroup private Other other = new Other();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "admin",
            description = "As whom. Default: ${DEFAULT-VALUE}.")
    private String user = "admin";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the password in its first line.")
    private @Nullable Path passwordFile;

    private static final class Other {
        @Option(names = "--show", description = "Say as whom the server signs in, and no more.")
        private boolean show;

        @Option(
                names = "--remove",
                description = "Remove the device's own login; the configuration's counts again.")
        private boolean remove;
    }

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        if ((other.show || other.remove) && passwordFile != null) {
            throw new ParameterException(
                    spec().commandLine(), "--password-file goes with neither --show nor --remove");
        }
        if (other.remove) {
            remove(device);
        } else if (other.show) {
            show(device);
        } else {
            store(device);
        }
    }

    private void remove(AmtDevice device) throws CommandFailedException {
        if (!device.removeLogin()) {
            throw new CommandFailedException(device.name() + ": it has no login of its own");
        }
        show(device);
    }

    private void show(AmtDevice device) throws CommandFailedException {
        JsonNode login = device.login();
        if (json()) {
            print(login);
        } else if (login.path("present").asBoolean(false)) {
            out().println(
                            device.name()
                                    + ": the server signs in as "
                                    + TerminalText.visible(login.path("username").asString(""))
                                    + (login.path("own").asBoolean(false)
                                            ? ", with this device's own password."
                                            : ", as the configuration says."));
        } else {
            out().println(
                            device.name()
                                    + ": the server has no login for it; store one with: outpost"
                                    + " device login "
                                    + device.name());
        }
    }

    private void store(AmtDevice device) throws CommandFailedException {
        device.storeLogin(
                user,
                PasswordFile.orAsk(
                        passwordFile, "AMT password of " + user + " at " + device.name() + ": "));
        boolean accepted = accepted(device);
        if (json()) {
            print(
                    new JsonMapper()
                            .createObjectNode()
                            .put("guid", device.guid())
                            .put("username", user)
                            .put("tried", accepted));
        } else {
            out().println(
                            device.name()
                                    + (accepted
                                            ? ": stored, and the device accepts it."
                                            : ": stored. The device is not connected, so it was"
                                                    + " not tried."));
        }
    }

    /** Whether the device took it; not so when it cannot be asked now. */
    private static boolean accepted(AmtDevice device) throws CommandFailedException {
        try {
            new DevicePower(device).state();
            return true;
        } catch (ApiProblemException e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw new CommandFailedException(
                    device.name() + ": stored, but " + lowered(e.sentences()), e);
        }
    }

    private static String lowered(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
