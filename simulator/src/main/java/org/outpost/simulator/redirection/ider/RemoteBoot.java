package org.outpost.simulator.redirection.ider;

import org.outpost.simulator.machine.BootResult;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Boots from a redirected drive as a BIOS does, and says what it found. */
final class RemoteBoot {
    private static final int LARGEST_FLOPPY = 2880;
    private static final int MANY = 32;

    private final DriveBus bus;
    private final DriveExercise exercise;
    private final MessageDigest digest = sha256();
    private long bytes;

    RemoteBoot(DriveBus bus, DriveExercise exercise) {
        this.bus = bus;
        this.exercise = exercise;
    }

    CompletableFuture<BootResult> boot(Drive drive) {
        return new DriveProbe(bus)
                .probe(drive)
                .thenCompose(
                        medium ->
                                switch (medium) {
                                    case DriveProbe.Medium.None() ->
                                            CompletableFuture.completedFuture(
                                                    new BootResult.NotBootable(
                                                            "Redirected drive: no medium"));
                                    case DriveProbe.Medium.Present(long blocks, int size) ->
                                            drive == Drive.CD ? cd(blocks) : floppy(blocks);
                                });
    }

    private CompletableFuture<BootResult> cd(long blocks) {
        BlockReader reader = new BlockReader(bus, Drive.CD);
        return reader.read(ElTorito.PRIMARY_VOLUME)
                .thenApply(block -> parse(() -> ElTorito.volumeLabel(block)))
                .thenCompose(label -> image(reader, label, blocks));
    }

    private CompletableFuture<BootResult> image(BlockReader reader, String label, long blocks) {
        return reader.read(ElTorito.BOOT_RECORD)
                .thenApply(block -> parse(() -> ElTorito.catalogue(block)))
                .thenCompose(reader::read)
                .thenApply(block -> parse(() -> ElTorito.bootImage(block)))
                .thenCompose(
                        image -> {
                            if (image.block() + image.blocks() > blocks) {
                                return DriveProbe.failed("the boot image ends behind the CD");
                            }
                            return reader.read(
                                            image.block(),
                                            image.blocks(),
                                            piece -> take(piece, image.bytes()))
                                    .thenCompose(done -> tryOut(Drive.CD, blocks))
                                    .thenApply(done -> report("CD", label, reader.blocks()));
                        });
    }

    private CompletableFuture<BootResult> floppy(long blocks) {
        BlockReader reader = new BlockReader(bus, Drive.FLOPPY);
        return reader.read(0)
                .thenCompose(
                        sector -> {
                            if ((sector[510] & 0xFF) != 0x55 || (sector[511] & 0xFF) != 0xAA) {
                                return DriveProbe.failed("the floppy is not bootable");
                            }
                            String label = new String(sector, 43, 11, StandardCharsets.US_ASCII);
                            long count = Math.min(blocks, LARGEST_FLOPPY);
                            return reader.read(0, count, piece -> take(piece, Long.MAX_VALUE))
                                    .thenCompose(done -> tryOut(Drive.FLOPPY, blocks))
                                    .thenApply(done -> report("floppy", label, reader.blocks()));
                        });
    }

    private void take(byte[] piece, long limit) {
        int length = (int) Math.min(piece.length, limit - bytes);
        digest.update(piece, 0, length);
        bytes += length;
    }

    private CompletableFuture<Void> tryOut(Drive drive, long blocks) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        int count = (int) Math.min(MANY, blocks);
        if (exercise.reset()) {
            done =
                    done.thenCompose(x -> bus.executeAndReset(drive, Cdb.read10(0, count)))
                            .thenCompose(
                                    reply ->
                                            reply instanceof ScsiReply.Reset
                                                    ? CompletableFuture.completedFuture(null)
                                                    : DriveProbe.failed("reset", reply));
        }
        if (exercise.write()) {
            done =
                    done.thenCompose(x -> bus.execute(drive, Cdb.write10(0, 1), false))
                            .thenCompose(
                                    reply ->
                                            reply instanceof ScsiReply.Check
                                                    ? CompletableFuture.completedFuture(null)
                                                    : DriveProbe.failed("WRITE(10)", reply));
        }
        return done;
    }

    private BootResult report(String kind, String label, long blocks) {
        return new BootResult.Booted(
                List.of(
                        "Booted from the redirected " + kind,
                        "",
                        "Volume      " + printable(label),
                        "Boot image  " + bytes + " bytes",
                        "SHA-256     " + HexFormat.of().formatHex(digest.digest()),
                        "Sectors     " + blocks + " read"));
    }

    /** The label is the console's text, and this goes to a screen and a log. */
    private static String printable(String text) {
        return text.replaceAll("[^ -~]", ".").strip();
    }

    private interface Parser<T> {
        T parse() throws IOException;
    }

    private static <T> T parse(Parser<T> parser) {
        try {
            return parser.parse();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
