package org.outpost.amt.operation.storage;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.PtStatus;
import org.outpost.amt.operation.storage.StorageService.Session;
import org.outpost.amt.wsman.AmtCalls;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The list of what is installed on a PC, kept in the device's flash so that it can be read while
 * the PC is off or its disk is broken: software assets, the use for which third-party data storage
 * was made.
 */
public final class SoftwareService {
    /** Whose block it is; a program on the PC that names the same four reads and writes it too. */
    public static final StorageApplication OWNER =
            new StorageApplication(
                    UUID.fromString("6f757470-6f73-7400-8000-736f66747761"),
                    "Outpost",
                    "Software",
                    "Outpost");

    /** The name of the block. */
    public static final String BLOCK = "software";

    /** What the program may allocate in a device, in bytes. */
    public static final int LARGEST = 48 * 1024;

    private static final int PAGE = 4096;

    /** What became of a list that was to be written. */
    public enum Written {
        /** It is in the device. */
        STORED,
        /** The device has the same list already: its flash was spared. */
        UNCHANGED
    }

    private final StorageService storage;
    private final StorageAdministration administration;

    /** Asks through these calls. */
    public SoftwareService(AmtCalls calls) {
        storage = new StorageService(calls);
        administration = new StorageAdministration(calls);
    }

    /** The list; empty when none was written. */
    public CompletionStage<Optional<SoftwareList>> read() {
        return storage.register(OWNER)
                .thenCompose(this::readIn)
                // Nobody was let in, and so nobody wrote.
                .exceptionallyCompose(
                        thrown ->
                                isRefusal(thrown)
                                        ? CompletableFuture.completedStage(Optional.empty())
                                        : CompletableFuture.failedStage(thrown));
    }

    private CompletionStage<Optional<SoftwareList>> readIn(Session session) {
        return storage.blocks(session)
                .thenCompose(
                        blocks ->
                                find(blocks)
                                        .map(
                                                block ->
                                                        storage.read(session, block)
                                                                .thenApply(SoftwareService::list))
                                        .orElseGet(
                                                () ->
                                                        CompletableFuture.completedStage(
                                                                Optional.empty())));
    }

    private static Optional<SoftwareList> list(byte[] block) {
        try {
            return Optional.of(SoftwareList.decode(block));
        } catch (IOException e) {
            throw new AmtException(
                    new AmtFailure.ProtocolError(
                            "its list of software was not written to the end; write it again"));
        }
    }

    /**
     * Writes the list, unless the device has it already. The program is let in first where it is
     * not; that needs the right to administer storage.
     *
     * @throws IllegalArgumentException when it is too long for the device
     */
    public CompletionStage<Written> write(SoftwareList list) {
        byte[] packed = list.encode();
        if (packed.length > LARGEST) {
            throw new IllegalArgumentException(
                    "the list has "
                            + packed.length
                            + " bytes when it is packed, and the device keeps "
                            + LARGEST
                            + "; leave out what nobody looks for");
        }
        return storage.register(OWNER)
                .exceptionallyCompose(
                        thrown ->
                                isRefusal(thrown)
                                        ? administration
                                                .admit(OWNER, LARGEST)
                                                .thenCompose(done -> storage.register(OWNER))
                                        : CompletableFuture.failedStage(thrown))
                .thenCompose(
                        session ->
                                storage.blocks(session)
                                        .thenCompose(
                                                blocks -> write(session, find(blocks), packed)));
    }

    private CompletionStage<Written> write(
            Session session, Optional<StorageBlock> known, byte[] packed) {
        if (known.isEmpty()) {
            return writeNew(session, packed);
        }
        StorageBlock block = known.get();
        if (block.size() < packed.length) {
            return storage.deallocate(session, block.handle())
                    .thenCompose(freed -> writeNew(session, packed));
        }
        return storage.read(session, block)
                .thenCompose(
                        present ->
                                Arrays.equals(Arrays.copyOf(present, packed.length), packed)
                                        ? CompletableFuture.completedStage(Written.UNCHANGED)
                                        : storage.write(session, block, packed)
                                                .thenApply(done -> Written.STORED));
    }

    private CompletionStage<Written> writeNew(Session session, byte[] packed) {
        // With some room, so that a program more does not need a new block.
        int size = Math.min(LARGEST, (packed.length / PAGE + 2) * PAGE);
        return storage.allocate(session, BLOCK, size, false)
                .thenCompose(
                        handle ->
                                storage.write(
                                        session,
                                        new StorageBlock(handle, BLOCK, size, false),
                                        packed))
                .thenApply(done -> Written.STORED);
    }

    private static Optional<StorageBlock> find(List<StorageBlock> blocks) {
        return blocks.stream().filter(block -> block.name().equals(BLOCK)).findFirst();
    }

    private static boolean isRefusal(Throwable thrown) {
        return AmtException.failureOf(thrown)
                .filter(
                        failure ->
                                failure instanceof AmtFailure.ReturnValue value
                                        && value.code().status().equals(PtStatus.NOT_PERMITTED))
                .isPresent();
    }
}
