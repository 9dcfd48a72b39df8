package org.outpost.server.image;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.RedirectionLeases;
import org.outpost.amt.redirection.ider.DiskImage;
import org.outpost.amt.redirection.ider.DriveKind;
import org.outpost.amt.redirection.ider.FileImage;
import org.outpost.amt.redirection.ider.IderEnd;
import org.outpost.amt.redirection.ider.IderListener;
import org.outpost.amt.redirection.ider.IderSession;
import org.outpost.amt.redirection.ider.IderSettings;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.server.web.relay.RelayTargets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts images that the server holds into the redirected drives of devices (IDE-R, USB-R). A mount
 * lasts until somebody ends it, the device lets go, or the server stops.
 */
public final class Mounts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mounts.class);
    private static final int READERS = 4;
    private static final int WAITING = 1024;

    private final RedirectionLeases leases;
    private final Map<UUID, Mount> open = new ConcurrentHashMap<>();
    private final ExecutorService readers =
            new ThreadPoolExecutor(
                    READERS,
                    READERS,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().daemon().name("outpost-image-", 0).factory());

    /**
     * None yet.
     *
     * @param leases one session of a kind for each device, browsers' included
     */
    public Mounts(RedirectionLeases leases) {
        this.leases = leases;
    }

    /**
     * What to mount.
     *
     * @param cd for the CD drive
     * @param floppy for the floppy drive; one of the two at least
     */
    public record Wanted(
            UUID device,
            @Nullable StoredImage cd,
            @Nullable StoredImage floppy,
            IderSettings.Attach attach,
            String user) {}

    /**
     * Mounts. Blocks for opening the files.
     *
     * @return the mount once the device has its drives; empty when it has such a session already;
     *     failed with a {@link org.outpost.amt.redirection.RedirectionException}
     * @throws IOException when an image cannot be read
     */
    public CompletableFuture<Optional<Mount>> mount(RelayTargets.Target target, Wanted wanted)
            throws IOException {
        Optional<RedirectionLeases.Lease> lease =
                leases.take(wanted.device(), RedirectionKind.IDER);
        if (lease.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Drives drives = new Drives(wanted.device(), lease.get());
        try {
            drives.insert(DriveKind.CD, wanted.cd());
            drives.insert(DriveKind.FLOPPY, wanted.floppy());
        } catch (IOException e) {
            drives.release();
            throw e;
        }
        return target.client()
                .open(RedirectionKind.IDER, target.credentials())
                .thenCompose(
                        signedIn ->
                                IderSession.open(
                                        signedIn,
                                        IderSettings.attaching(wanted.attach()),
                                        drives.images,
                                        readers,
                                        drives))
                .thenApply(session -> Optional.of(began(session, wanted)))
                .whenComplete(
                        (mount, failure) -> {
                            if (failure != null) {
                                drives.release();
                            }
                        });
    }

    private Mount began(IderSession session, Wanted wanted) {
        Mount mount =
                new Mount(
                        wanted.device(),
                        wanted.cd() == null ? null : wanted.cd().name(),
                        wanted.floppy() == null ? null : wanted.floppy().name(),
                        wanted.user(),
                        Instant.now(),
                        session);
        open.put(wanted.device(), mount);
        return mount;
    }

    /** The mount of a device. */
    public Optional<Mount> of(UUID device) {
        return Optional.ofNullable(open.get(device));
    }

    /** Ends the mount of a device; says whether there was one. */
    public boolean end(UUID device) {
        Mount mount = open.get(device);
        if (mount != null) {
            mount.session().close();
        }
        return mount != null;
    }

    /** Ends all. */
    @Override
    public void close() {
        open.values().forEach(mount -> mount.session().close());
        readers.shutdown();
    }

    /** The drives of one mount, and what is given back when it is over. */
    private final class Drives implements IderListener {
        private final UUID device;
        private final RedirectionLeases.Lease lease;
        private final Map<DriveKind, DiskImage> images = new EnumMap<>(DriveKind.class);
        private final AtomicBoolean released = new AtomicBoolean();

        Drives(UUID device, RedirectionLeases.Lease lease) {
            this.device = device;
            this.lease = lease;
        }

        void insert(DriveKind kind, @Nullable StoredImage image) throws IOException {
            if (image != null) {
                images.put(kind, FileImage.open(image.path()));
            }
        }

        @Override
        public void ended(IderEnd reason, IderStatistics statistics) {
            log.atInfo()
                    .addKeyValue("device", device)
                    .addKeyValue("reason", reason.label())
                    .addKeyValue("bytes", statistics.cdBytes() + statistics.floppyBytes())
                    .log("the server's images are out of the device's drives");
            open.remove(device);
            release();
        }

        /** On any thread, event loops included. */
        void release() {
            if (released.compareAndSet(false, true)) {
                Thread.ofVirtual().start(this::closeImages);
                lease.close();
            }
        }

        private void closeImages() {
            for (DiskImage image : images.values()) {
                try {
                    image.close();
                } catch (IOException e) {
                    log.atDebug().setCause(e).log("an image was not closed well");
                }
            }
        }
    }
}
