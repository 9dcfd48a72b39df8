package org.outpost.server.command;

import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.ider.IderEnd;
import org.outpost.amt.redirection.ider.IderListener;
import org.outpost.amt.redirection.ider.IderSession;
import org.outpost.amt.redirection.ider.IderSettings;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.server.command.redirection.DeviceSession;
import org.outpost.server.command.redirection.SessionFailedException;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lends images of this machine to a device, for as long as the command runs. */
final class LocalMount {
    private static final int READERS = 2;

    private final ApiClient client;
    private final DeviceView device;
    private final MountReport report;

    LocalMount(ApiClient client, DeviceView device, MountReport report) {
        this.client = client;
        this.device = device;
        this.report = report;
    }

    /** What is done once the drives are there. */
    interface Once {
        void mounted() throws CommandFailedException;
    }

    /** Tells when the session is over. */
    private static final class Ending implements IderListener {
        private final CompletableFuture<IderEnd> ended = new CompletableFuture<>();

        @Override
        public void ended(IderEnd reason, IderStatistics statistics) {
            ended.complete(reason);
        }
    }

    /**
     * Blocks until the device lets go of the drives, or the command is interrupted.
     *
     * @throws CommandFailedException when they cannot be lent, or are lost
     */
    void run(LocalDrives drives, IderSettings.Attach attach, Once once)
            throws CommandFailedException {
        String ticket = RelayTicket.of(client, device);
        Ending ending = new Ending();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS);
                DeviceSession relay = new DeviceSession(client.server(), client.trust())) {
            IderSession session =
                    IderSession.open(
                                    relay.open(
                                            RedirectionKind.IDER,
                                            UUID.fromString(device.guid()),
                                            ticket),
                                    IderSettings.attaching(attach),
                                    drives.images(),
                                    readers,
                                    ending)
                            .join();
            report.mounted();
            once.mounted();
            IderEnd end = watch(session, ending);
            report.ended(end, session.statistics());
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

    private IderEnd watch(IderSession session, Ending ending) throws CommandFailedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(session::close));
        while (true) {
            try {
                return ending.ended.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                report.progress(session.statistics());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailedException("interrupted", e);
            }
        }
    }
}
