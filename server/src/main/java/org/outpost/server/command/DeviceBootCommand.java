package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code outpost device boot}. */
@Command(
        name = "boot",
        description = {
            "Boot a device once from something else. A device that is on is restarted at once: what"
                    + " is not saved is lost. One that is off is switched on.",
            "",
            "  pxe          the network",
            "  bios         into the BIOS setup",
            "  https        an image from a web server (--url)",
            "  ider-cd      a CD image that is lent to it (IDE-R)",
            "  ider-floppy  a floppy image that is lent to it (IDE-R)",
            "  pba          the pre-boot application on its disk",
            "  winre        the Windows recovery environment on its disk",
            "  diagnostic   the maker's diagnostic program",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device boot pc-0001 --from pxe --yes",
            "  outpost device boot pc-0001 --from bios --sol",
            "  outpost device boot pc-0001 --from https --url https://boot.example.com/rescue.efi",
            "See it boot: outpost device sol. Lend it an image and boot that: outpost device mount"
                    + " --boot.",
        },
        mixinStandardHelpOptions = true)
final class DeviceBootCommand extends AmtDeviceCommand {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "SOURCE",
            converter = BootChoice.Choice.class,
            completionCandidates = BootChoice.Choice.class,
            description = "One of those above.")
    private BootChoice source = BootChoice.PXE;

    @Option(names = "--sol", description = "Show the text console while it boots.")
    private boolean sol;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "With https: the image, such as https://boot.example.com/rescue.efi")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "With https: as whom the device signs in to the web server.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "With --user: a file with the password in its first line. Default: it is asked"
                            + " for.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--any-signature",
            description = "With https: boot it even when secure boot would not.")
    private boolean anySignature;

    @Mixin private final LossQuestion question = new LossQuestion();

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        check();
        DevicePower power = new DevicePower(device);
        int state = power.state();
        if (PowerGoal.ASLEEP.holds(state) || PowerGoal.HIBERNATED.holds(state)) {
            throw new CommandFailedException(
                    device.name()
                            + ": it is "
                            + DevicePower.words(state)
                            + ", and would wake up instead of booting. Wake it first, with: outpost"
                            + " device power "
                            + device.name()
                            + " on --wait");
        }
        boolean isOn = PowerGoal.ON.holds(state);
        Set<Integer> offered = power.offered();
        if (!offered.contains(source.number(isOn))) {
            throw notOffered(device, offered, isOn);
        }
        if (isOn) {
            question.ask(spec(), "restart " + device.name());
        }
        device.post(wanted(isOn), "power", "bootOptions");
        if (json()) {
            print(
                    new JsonMapper()
                            .createObjectNode()
                            .put("guid", device.guid())
                            .put("from", source.word())
                            .put("restarted", isOn));
        } else {
            out().println(
                            device.name()
                                    + (isOn ? ": restarts" : ": is switched on")
                                    + " and boots once from "
                                    + source.word()
                                    + '.');
        }
    }

    private void check() {
        boolean https = source == BootChoice.HTTPS;
        if (https && (url == null || !url.startsWith("https://"))) {
            throw wrong("--from https needs --url https://...");
        }
        if (!https && (url != null || user != null || anySignature)) {
            throw wrong("--url, --user and --any-signature are for --from https");
        }
        if (passwordFile != null && user == null) {
            throw wrong("--password-file needs --user");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandFailedException notOffered(
            AmtDevice device, Set<Integer> offered, boolean isOn) {
        return new CommandFailedException(
                device.name()
                        + ": this device cannot boot from "
                        + source.word()
                        + "; it can from "
                        + Arrays.stream(BootChoice.values())
                                .filter(other -> offered.contains(other.number(isOn)))
                                .map(BootChoice::word)
                                .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> wanted(boolean isOn) throws CommandFailedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("action", source.number(isOn));
        wanted.put("useSOL", sol);
        if (url != null) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("url", url);
            if (user != null) {
                details.put("username", user);
                details.put(
                        "password", PasswordFile.orAsk(passwordFile, "Password of " + user + ": "));
            }
            details.put("enforceSecureBoot", !anySignature);
            wanted.put("bootDetails", details);
        }
        return wanted;
    }
}
