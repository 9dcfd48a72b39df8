package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.ider.IderSettings;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.Map;

/** {@code outpost device mount}. */
@Command(
        name = "mount",
        description = {
            "Put images into the redirected drives of a device (IDE-R, USB-R), read only: images of"
                    + " this machine until Ctrl-C or until the device lets go, or one that the"
                    + " server holds.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device mount pc-0001.example.com --cd rescue.iso --boot",
            "  outpost device mount pc-0001.example.com --floppy bios.img",
            "  outpost device mount pc-0001.example.com --image rescue.iso --boot",
            "With --json a line for each event: mounted, restarting, ended."
        },
        mixinStandardHelpOptions = true)
final class DeviceMountCommand extends ApiCommand {
    private static final int RESET_TO_FLOPPY = 200;
    private static final int RESET_TO_CD = 202;

    @Parameters(paramLabel = "NAME|GUID", description = "Which device.")
    private String target = "";

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--boot",
            description = "Restart the device and let it boot from the image, at once.")
    private boolean boot;

    @Option(
            names = "--attach",
            paramLabel = "WHEN",
            description =
                    "When the drives appear: now, idle (when the device's own drives are), or reset"
                            + " (at its next restart). Default: now; with --boot: reset.")
    private @Nullable When when;

    private static final class Source {
        @Option(
                names = "--image",
                paramLabel = "NAME",
                description =
                        "An image that the server holds (outpost image list), in the CD drive, or"
                            + " in the floppy's when it is called .img or .ima. The command ends at"
                            + " once, the drives stay: outpost device unmount.")
        private @Nullable String image;

        @ArgGroup(exclusive = false)
        private @Nullable Images local;
    }

    private static final class Images {
        @Option(names = "--cd", paramLabel = "ISO", description = "Image of a CD or DVD.")
        private @Nullable Path cd;

        @Option(names = "--floppy", paramLabel = "FILE", description = "Image of a floppy.")
        private @Nullable Path floppy;
    }

    private enum When {
        now(IderSettings.Attach.AT_ONCE),
        idle(IderSettings.Attach.GRACEFUL),
        reset(IderSettings.Attach.AT_RESET);

        private final IderSettings.Attach attach;

        When(IderSettings.Attach attach) {
            this.attach = attach;
        }
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        MountReport report = new MountReport(out(), device, json());
        Images images = source.local;
        if (images == null) {
            mountOfServer(client, device, String.valueOf(source.image));
            return;
        }
        try (LocalDrives drives = new LocalDrives(images.cd, images.floppy)) {
            new LocalMount(client, device, report)
                    .run(
                            drives,
                            attach().attach,
                            () -> {
                                if (boot) {
                                    boot(client, device, images.cd != null);
                                    report.restarting();
                                }
                            });
        }
    }

    private void mountOfServer(ApiClient client, DeviceView device, String image)
            throws CommandFailedException {
        boolean cd = !image.endsWith(".img") && !image.endsWith(".ima");
        JsonNode mounted =
                client.asksDevices()
                        .post(
                                ApiClient.path("devices", device.guid(), "mount"),
                                Map.of(cd ? "cd" : "floppy", image, "attach", attach().name()));
        if (boot) {
            boot(client, device, cd);
        }
        if (json()) {
            print(mounted);
            return;
        }
        out().println(
                        "%s is in the %s drive of %s%s; take it out with: outpost device unmount %s"
                                .formatted(
                                        TerminalText.visible(image),
                                        cd ? "CD" : "floppy",
                                        TerminalText.visible(device.name()),
                                        boot ? ", which restarts from it" : "",
                                        TerminalText.visible(target)));
    }

    private When attach() {
        return when == null ? (boot ? When.reset : When.now) : when;
    }

    private static void boot(ApiClient client, DeviceView device, boolean cd)
            throws CommandFailedException {
        client.post(
                ApiClient.path("amt", "power", "bootOptions", device.guid()),
                Map.of("action", cd ? RESET_TO_CD : RESET_TO_FLOPPY, "useSOL", false));
    }
}
