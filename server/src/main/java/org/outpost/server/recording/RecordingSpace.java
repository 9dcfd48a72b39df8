package org.outpost.server.recording;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all recordings together may take. Safe for several threads. */
final class RecordingSpace {
    private final long largest;
    private final AtomicLong used;

    /**
     * Some of it is taken.
     *
     * @param used bytes of the recordings that there are
     */
    RecordingSpace(long largest, long used) {
        this.largest = largest;
        this.used = new AtomicLong(used);
    }

    long used() {
        return used.get();
    }

    /** What is written to it takes space; it fails, as a full disk does, when there is none. */
    OutputStream limited(OutputStream file) {
        return new Limited(file);
    }

    /** A recording of so many bytes is no more. */
    void free(long bytes) {
        used.addAndGet(-bytes);
    }

    private final class Limited extends FilterOutputStream {
        Limited(OutputStream file) {
            super(file);
        }

        @Override
        public void write(int one) throws IOException {
            take(1);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            out.write(bytes, offset, length);
        }

        private void take(int length) throws IOException {
            if (used.addAndGet(length) > largest) {
                used.addAndGet(-length);
                throw new IOException(
                        "all recordings together have "
                                + largest
                                + " bytes, which is as many as recordings.largest allows");
            }
        }
    }
}
