package org.outpost.simulator.redirection.ider;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reads blocks in pieces of 1 to 32 in turn, with and without DMA, and counts them; so a boot shows
 * every size a console has to serve.
 */
final class BlockReader {
    private static final int LARGEST = 32;

    private final DriveBus bus;
    private final Drive drive;
    private int size = 1;
    private boolean dma;
    private long blocks;

    BlockReader(DriveBus bus, Drive drive) {
        this.bus = bus;
        this.drive = drive;
    }

    /** Blocks read so far. */
    long blocks() {
        return blocks;
    }

    /** One block. */
    CompletableFuture<byte[]> read(long block) {
        return piece(block, 1);
    }

    /** Many blocks, handed over piece by piece in order. */
    CompletableFuture<Void> read(long from, long count, Consumer<byte[]> sink) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(from, from + count, sink, done);
        return done;
    }

    private void next(long at, long end, Consumer<byte[]> sink, CompletableFuture<Void> done) {
        if (at >= end) {
            done.complete(null);
            return;
        }
        int count = (int) Math.min(size, end - at);
        size = size == LARGEST ? 1 : size + 1;
        piece(at, count)
                .whenComplete(
                        (bytes, failure) -> {
                            if (failure == null) {
                                sink.accept(bytes);
                                next(at + count, end, sink, done);
                            } else {
                                done.completeExceptionally(failure);
                            }
                        });
    }

    private CompletableFuture<byte[]> piece(long block, int count) {
        dma = !dma;
        return bus.execute(drive, Cdb.read10(block, count), dma)
                .thenCompose(
                        reply -> {
                            if (reply instanceof ScsiReply.Data(byte[] bytes)) {
                                if (bytes.length != count * drive.blockSize()) {
                                    return CompletableFuture.failedFuture(
                                            new IOException(
                                                    "READ(10): %d bytes for %d blocks"
                                                            .formatted(bytes.length, count)));
                                }
                                blocks += count;
                                return CompletableFuture.completedFuture(bytes);
                            }
                            return DriveProbe.failed("READ(10) at " + block, reply);
                        });
    }
}
