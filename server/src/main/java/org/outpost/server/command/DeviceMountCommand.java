package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.ider.DiskImage;
import org.outpost.amt.redirection.ider.DriveKind;
import org.outpost.amt.redirection.ider.FileImage;
import org.outpost.amt.redirection.ider.IderEnd;
import org.outpost.amt.redirection.ider.IderListener;
import org.outpost.amt.redirection.ider.IderSession;
import org.outpost.amt.redirection.ider.IderSettings;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.server.command.redirection.DeviceSession;
import org.outpost.server.command.redirection.RawTerminal;
import org.outpost.server.command.redirection.SessionFailedException;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
            "  outpost device mount pc-0001.example.com --image rescue.iso --boot"
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

    /** Tells when the session is over. */
    private static final class Ending implements IderListener {
        private final CompletableFuture<IderEnd> ended = new CompletableFuture<>();

        @Override
        public void ended(IderEnd reason, IderStatistics statistics) {
            ended.complete(reason);
        }
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Images images = source.local;
        if (images == null) {
            mountOfServer(client, String.valueOf(source.image));
            return;
        }
        Map<DriveKind, DiskImage> drives = new EnumMap<>(DriveKind.class);
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            open(drives, DriveKind.CD, images.cd);
            open(drives, DriveKind.FLOPPY, images.floppy);
            serve(client, drives, images.cd != null, readers);
        } finally {
            close(drives);
        }
    }

    private static void open(Map<DriveKind, DiskImage> drives, DriveKind kind, @Nullable Path path)
            throws CommandFailedException {
        if (path == null) {
            return;
        }
        try {
            DiskImage image = FileImage.open(path);
            drives.put(kind, image);
            if (image.size() < kind.blockSize()) {
                throw new CommandFailedException(path + " is too short for an image");
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot read the image " + path + ": " + Reason.of(e), e);
        }
    }

    private static void close(Map<DriveKind, DiskImage> drives) {
        for (DiskImage image : drives.values()) {
            try {
                image.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    private void mountOfServer(ApiClient client, String image) throws CommandFailedException {
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        boolean cd = !image.endsWith(".img") && !image.endsWith(".ima");
        JsonNode mounted =
                client.asksDevices()
                        .post(
                                ApiClient.path("devices", device.guid(), "mount"),
                                Map.of(cd ? "cd" : "floppy", image, "attach", attach().name()));
        if (json()) {
            print(mounted);
        } else {
            out().println(
                            "%s is in the %s drive of %s; take it out with: outpost device unmount %s"
                                    .formatted(
                                            TerminalText.visible(image),
                                            cd ? "CD" : "floppy",
                                            TerminalText.visible(device.name()),
                                            TerminalText.visible(target)));
            out().flush();
        }
        if (boot) {
            boot(client, device.guid(), cd);
        }
    }

    private When attach() {
        return when == null ? (boot ? When.reset : When.now) : when;
    }

    private void serve(
            ApiClient client, Map<DriveKind, DiskImage> drives, boolean cd, ExecutorService readers)
            throws CommandFailedException {
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        String ticket =
                client.get(ApiClient.path("authorize", "redirection", device.guid()), Map.of())
                        .path("token")
                        .asString("");
        Ending ending = new Ending();
        IderSettings settings = IderSettings.attaching(attach().attach);
        try (DeviceSession relay = new DeviceSession(client.server(), client.trust())) {
            IderSession session =
                    IderSession.open(
                                    relay.open(
                                            RedirectionKind.IDER,
                                            UUID.fromString(device.guid()),
                                            ticket),
                                    settings,
                                    drives,
                                    readers,
                                    ending)
                            .join();
            out().println("Mounted on " + TerminalText.visible(device.name()) + "; Ctrl-C ends.");
            out().flush();
            if (boot) {
                boot(client, device.guid(), cd);
            }
            IderEnd end = watch(session, ending);
            show(session.statistics());
            out().println();
            if (end != IderEnd.CLOSED_HERE && end != IderEnd.DEVICE_ENDED) {
                throw new CommandFailedException(
                        "the drives were lost: " + end.label().replace('_', ' '));
            }
        } catch (SessionFailedException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        } catch (CompletionException e) {
            throw new CommandFailedException(
                    "the device did not take the drives: " + Reason.of(e), e);
        }
    }

    private void boot(ApiClient client, String guid, boolean cd) throws CommandFailedException {
        client.post(
                ApiClient.path("amt", "power", "bootOptions", guid),
                Map.of("action", cd ? RESET_TO_CD : RESET_TO_FLOPPY, "useSOL", false));
        if (!json()) {
            out().println("Restarting from the image.");
        }
        out().flush();
    }

    private IderEnd watch(IderSession session, Ending ending) throws CommandFailedException {
        Thread leave = Thread.ofPlatform().unstarted(session::close);
        Runtime.getRuntime().addShutdownHook(leave);
        while (true) {
            try {
                return ending.ended.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                show(session.statistics());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailedException("interrupted", e);
            }
        }
    }

    /** On a terminal one line that is written over. */
    private void show(IderStatistics now) {
        if (RawTerminal.isThere()) {
            out().printf(
                            Locale.ROOT,
                            "\r%.1f MiB read, %d commands, %d resets   ",
                            (now.cdBytes() + now.floppyBytes()) / 1_048_576.0,
                            now.commands(),
                            now.resets());
            out().flush();
        }
    }
}
