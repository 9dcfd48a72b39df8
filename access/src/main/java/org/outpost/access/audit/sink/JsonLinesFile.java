package org.outpost.access.audit.sink;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A copy of the trail as JSON lines, appended to a file (made with mode 0640). A file that was
 * moved or removed, as logrotate does, is made anew; nobody needs to tell. Writes on a thread of
 * its own; what does not fit into its queue is dropped and counted.
 */
public final class JsonLinesFile implements AuditSink {
    private static final Logger log = LoggerFactory.getLogger(JsonLinesFile.class);
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 500;
    private static final long POLL_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final Path path;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    // Only the thread touches these.
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private boolean failing;

    /** Begins to write; the folder must be there. A file that cannot be written is tried again. */
    public JsonLinesFile(Path path) {
        this.path = path;
        this.thread = Thread.ofPlatform().name("outpost-audit-file").daemon().start(this::run);
    }

    @Override
    public void accept(AuditLine line, String json) {
        if (closed || !queue.offer(json)) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        List<String> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                String first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        dropped.addAndGet(batch.size() + queue.size());
        drop();
    }

    /** Returns when it is written, however often that must be tried. */
    private void write(List<String> batch) throws InterruptedException {
        ByteBuffer bytes =
                ByteBuffer.wrap((String.join("\n", batch) + '\n').getBytes(StandardCharsets.UTF_8));
        while (true) {
            try {
                append(bytes.rewind());
                if (failing) {
                    failing = false;
                    log.atInfo().addKeyValue("file", path).log("the audit file is written again");
                }
                return;
            } catch (IOException e) {
                drop();
                if (!failing) {
                    failing = true;
                    log.atError()
                            .addKeyValue("file", path)
                            .addKeyValue("reason", e)
                            .log(
                                    "the audit file cannot be written; entries wait for it, and are"
                                            + " in the database all the same");
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        FileChannel open = current();
        long end = open.size();
        try {
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (IOException e) {
            // Half a line must not stay before the next.
            open.truncate(end);
            throw e;
        }
    }

    /** The file of that name, which may be another than a moment ago. */
    private FileChannel current() throws IOException {
        FileChannel open = channel;
        if (open != null && Files.exists(path) && Objects.equals(key, fileKey())) {
            return open;
        }
        drop();
        open =
                FileChannel.open(
                        path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), mode());
        channel = open;
        key = fileKey();
        return open;
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private FileAttribute<?>[] mode() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    private void drop() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("an audit file did not close");
            }
        }
    }

    /** Writes what waits, for at most three seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(CLOSE)) {
                thread.interrupt();
                thread.join(CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
