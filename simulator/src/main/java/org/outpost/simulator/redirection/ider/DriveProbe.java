package org.outpost.simulator.redirection.ider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What a host asks a drive before it reads: ready, capacity, mode, table of contents. */
final class DriveProbe {
    private static final int TRIES = 5;
    private static final int ALL_PAGES = 0x3F;
    private static final long LARGEST = 1L << 32;

    private final DriveBus bus;

    DriveProbe(DriveBus bus) {
        this.bus = bus;
    }

    /** What is in the drive. */
    sealed interface Medium {
        /** For people. */
        String text();

        /** Nothing. */
        record None() implements Medium {
            @Override
            public String text() {
                return "no medium";
            }
        }

        /** Something with this many blocks. */
        record Present(long blocks, int blockSize) implements Medium {
            @Override
            public String text() {
                return blocks + " blocks of " + blockSize + " bytes";
            }
        }
    }

    CompletableFuture<Medium> probe(Drive drive) {
        return ready(drive, TRIES)
                .thenCompose(
                        ready ->
                                ready
                                        ? present(drive)
                                        : CompletableFuture.completedFuture(new Medium.None()));
    }

    private CompletableFuture<Boolean> ready(Drive drive, int tries) {
        return bus.execute(drive, Cdb.testUnitReady(), false)
                .thenCompose(
                        reply ->
                                switch (reply) {
                                    case ScsiReply.Good() ->
                                            CompletableFuture.completedFuture(true);
                                    case ScsiReply.Check check
                                            when check.code() == ScsiReply.Check.NO_MEDIUM ->
                                            CompletableFuture.completedFuture(false);
                                    case ScsiReply.Check(int sense, int code, int qualifier)
                                            when sense == ScsiReply.Check.UNIT_ATTENTION
                                                    && tries > 1 ->
                                            ready(drive, tries - 1);
                                    default -> failed("TEST UNIT READY", reply);
                                });
    }

    /** The browser toolkit calls an empty drive ready, and says so only when asked for its size. */
    private CompletableFuture<Medium> present(Drive drive) {
        return bus.execute(drive, Cdb.readCapacity(), false)
                .thenCompose(
                        reply ->
                                reply instanceof ScsiReply.Check check
                                                && check.code() == ScsiReply.Check.NO_MEDIUM
                                        ? CompletableFuture.completedFuture(new Medium.None())
                                        : sized(drive, reply));
    }

    private CompletableFuture<Medium> sized(Drive drive, ScsiReply reply) {
        return data(reply, "READ CAPACITY", 8)
                .thenCompose(
                        capacity -> {
                            ByteBuffer numbers = ByteBuffer.wrap(capacity);
                            long blocks = (numbers.getInt() & 0xFFFF_FFFFL) + 1;
                            int size = numbers.getInt();
                            if (size != drive.blockSize() || blocks >= LARGEST) {
                                return failed("READ CAPACITY: blocks of " + size);
                            }
                            return modes(drive).thenApply(done -> new Medium.Present(blocks, size));
                        });
    }

    private CompletableFuture<Void> modes(Drive drive) {
        CompletableFuture<byte[]> modes =
                data(drive, Cdb.modeSense10(ALL_PAGES), "MODE SENSE", 8)
                        .thenCompose(
                                pages -> {
                                    int length = ByteBuffer.wrap(pages).getShort() & 0xFFFF;
                                    return length == pages.length - 2
                                            ? CompletableFuture.completedFuture(pages)
                                            : failed("MODE SENSE: length " + length);
                                });
        return drive == Drive.FLOPPY
                ? modes.thenAccept(pages -> {})
                : modes.thenCompose(pages -> data(drive, Cdb.readToc(), "READ TOC", 12))
                        .thenAccept(toc -> {});
    }

    private CompletableFuture<byte[]> data(Drive drive, byte[] cdb, String name, int atLeast) {
        return bus.execute(drive, cdb, false).thenCompose(reply -> data(reply, name, atLeast));
    }

    private static CompletableFuture<byte[]> data(ScsiReply reply, String name, int atLeast) {
        return reply instanceof ScsiReply.Data(byte[] bytes) && bytes.length >= atLeast
                ? CompletableFuture.completedFuture(bytes)
                : failed(name, reply);
    }

    static <T> CompletableFuture<T> failed(String command, ScsiReply reply) {
        return failed(
                command
                        + ": "
                        + switch (reply) {
                            case ScsiReply.Check check -> check.text();
                            case ScsiReply.Good() -> "no data";
                            case ScsiReply.Reset() -> "reset";
                            case ScsiReply.Data(byte[] bytes) -> bytes.length + " bytes";
                        });
    }

    static <T> CompletableFuture<T> failed(String message) {
        return CompletableFuture.failedFuture(new IOException(message));
    }
}
