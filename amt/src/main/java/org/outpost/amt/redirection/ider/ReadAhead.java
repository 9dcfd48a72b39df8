package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Parts of an image in memory, and the next ones before they are asked for: a host that boots reads
 * on from where it is. At most 1 MiB is held. All but the reading of the file happens on the event
 * loop.
 */
final class ReadAhead {
    /** Bytes of a part. */
    static final int PART = 64 * 1024;

    private static final int PARTS = 16;
    private static final int AHEAD = 4;

    private final DiskImage image;
    private final long size;
    private final ByteBufAllocator allocator;
    private final Executor loop;
    private final Executor readers;
    private final Map<Long, Part> parts = new LinkedHashMap<>(PARTS, 0.75f, true);
    private boolean closed;

    /**
     * For one session.
     *
     * @param loop the event loop
     * @param readers where files are read; may block
     */
    ReadAhead(
            DiskImage image,
            int blockSize,
            ByteBufAllocator allocator,
            Executor loop,
            Executor readers) {
        this.image = image;
        this.size = image.size() - image.size() % blockSize;
        this.allocator = allocator;
        this.loop = loop;
        this.readers = readers;
    }

    /** Bytes that are served: whole blocks. */
    long size() {
        return size;
    }

    /** A part of the image: there, on its way, or not to be had. */
    static final class Part {
        private @Nullable ByteBuf bytes;
        private @Nullable Throwable failure;
        private @Nullable Runnable waiting;
        private boolean dropped;

        /** Whether it is not on its way any more. */
        boolean isSettled() {
            return bytes != null || failure != null;
        }

        /** Why it cannot be had, if so. */
        @Nullable Throwable failure() {
            return failure;
        }

        /** A slice of it that the caller has to release; the part must be there. */
        ByteBuf slice(int from, int length) {
            ByteBuf there = bytes;
            if (there == null) {
                throw new IllegalStateException("not read yet");
            }
            return there.retainedSlice(from, length);
        }

        /** Runs the step once the part is settled; only the last step that waits is kept. */
        void whenSettled(Runnable step) {
            waiting = step;
        }

        private void settle(@Nullable ByteBuf read, @Nullable Throwable error) {
            if (dropped) {
                if (read != null) {
                    read.release();
                }
                return;
            }
            bytes = read;
            failure = error;
            Runnable step = waiting;
            waiting = null;
            if (step != null) {
                step.run();
            }
        }

        private void drop() {
            dropped = true;
            waiting = null;
            ByteBuf there = bytes;
            bytes = null;
            if (there != null) {
                there.release();
            }
        }
    }

    /**
     * The part with this position, which is read now if it is not there; starts on the next ones.
     */
    Part at(long position) {
        long number = position / PART;
        Part part = part(number);
        for (int next = 1; next <= AHEAD && (number + next) * PART < size; next++) {
            part(number + next);
        }
        // last, so that what was asked for is the last to go
        Part wanted = parts.get(number);
        trim();
        return wanted == null ? part : wanted;
    }

    /** Forgets a part that could not be read, so that the next try reads again. */
    void forget(long position) {
        Part part = parts.remove(position / PART);
        if (part != null) {
            part.drop();
        }
    }

    private Part part(long number) {
        Part known = parts.get(number);
        if (known != null) {
            return known;
        }
        Part part = new Part();
        parts.put(number, part);
        long position = number * PART;
        int length = (int) Math.min(PART, size - position);
        try {
            readers.execute(() -> read(part, position, length));
        } catch (RejectedExecutionException e) {
            part.settle(null, e);
        }
        return part;
    }

    private void read(Part part, long position, int length) {
        ByteBuf bytes = allocator.buffer(length, length);
        Throwable failure = null;
        try {
            image.read(position, bytes);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        Throwable error = failure;
        if (error != null) {
            bytes.release();
        }
        try {
            loop.execute(() -> part.settle(error == null ? bytes : null, error));
        } catch (RejectedExecutionException e) {
            if (error == null) {
                bytes.release();
            }
        }
    }

    private void trim() {
        Iterator<Part> oldest = parts.values().iterator();
        while (parts.size() > PARTS && oldest.hasNext()) {
            Part part = oldest.next();
            if (part.waiting == null) {
                oldest.remove();
                part.drop();
            }
        }
    }

    /** Releases everything. */
    void close() {
        if (!closed) {
            closed = true;
            parts.values().forEach(Part::drop);
            parts.clear();
        }
    }
}
