package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.IdentityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks at files now and then and acts when they have changed, by size, time of modification and
 * identity, so that a file that another was renamed over is noticed too. It acts when files that
 * belong together have stood still from one look to the next: who replaces a certificate and its
 * key, or copies slowly, is not disturbed halfway. What fails is tried again at each look, and
 * logged when the reason is a new one.
 *
 * <p>Looking is what works everywhere, network folders and bind mounts of containers included.
 */
final class FileWatch {
    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

    private final List<Watched> all = new ArrayList<>();

    /** Takes new content into use. */
    @FunctionalInterface
    interface Action {
        /**
         * Reads the files anew.
         *
         * @throws IdentityException when they are of no use; what was before stays
         */
        void run() throws IdentityException;
    }

    /**
     * Watches files that belong together.
     *
     * @param what they are, for the log, such as {@code tunnel.listeners[0]}
     */
    synchronized void add(String what, List<Path> files, Action action) {
        all.add(new Watched(what, List.copyOf(files), action));
    }

    /** Looks at all files once. Reads files: not for an event loop. */
    synchronized void look() {
        all.forEach(Watched::look);
    }

    /** What a file was at a look; all null when there is none. */
    private record Stamp(
            @Nullable Object modified, @Nullable Object size, @Nullable Object identity) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
            } catch (IOException e) {
                return new Stamp(null, null, null);
            }
        }
    }

    private static final class Watched {
        private final String what;
        private final List<Path> files;
        private final Action action;
        private List<Stamp> inUse;
        private List<Stamp> seen;
        private @Nullable String failure;

        Watched(String what, List<Path> files, Action action) {
            this.what = what;
            this.files = files;
            this.action = action;
            this.inUse = stamps();
            this.seen = inUse;
        }

        private List<Stamp> stamps() {
            return files.stream().map(Stamp::of).toList();
        }

        void look() {
            List<Stamp> now = stamps();
            boolean still = now.equals(seen);
            seen = now;
            if (!still || now.equals(inUse)) {
                return;
            }
            try {
                action.run();
                inUse = now;
                failure = null;
                log.atInfo()
                        .addKeyValue("what", what)
                        .addKeyValue("files", files)
                        .log("files changed on disk and are in use from the next handshake on");
            } catch (IdentityException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                failed(e.toString());
            }
        }

        private void failed(String reason) {
            if (!Objects.equals(failure, reason)) {
                failure = reason;
                log.atError()
                        .addKeyValue("what", what)
                        .addKeyValue("reason", reason)
                        .log("files changed on disk but are of no use; the former ones stay");
            }
        }
    }
}
