package org.outpost.amt.operation.storage;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Third-party data storage: blocks of bytes in the device's flash, which can be read while the PC
 * is off. {@link SoftwareService} is a use of it. The shapes are those of Intel's class
 * AMT_ThirdPartyDataStorageService: handles of sessions and the caller's UUID are hexadecimal, data
 * is base64.
 *
 * <p>Flash wears out: write seldom, and only what has changed.
 */
public final class StorageService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_ThirdPartyDataStorageService");

    /** So much is read or written at a time. */
    private static final int PIECE = 4096;

    private static final int LARGEST = 256 * 1024;

    /**
     * A program that has registered; it counts until it registers again.
     *
     * @param handle the session's, as the device gave it
     */
    public record Session(String handle) {
        /** Without the handle, which lets in. */
        @Override
        public String toString() {
            return "Session";
        }
    }

    private final AmtCalls calls;

    /** Asks through these calls. */
    public StorageService(AmtCalls calls) {
        this.calls = calls;
    }

    /** Registers a program. */
    public CompletionStage<Session> register(StorageApplication application) {
        ByteBuffer uuid = ByteBuffer.allocate(16);
        uuid.putLong(application.caller().getMostSignificantBits());
        uuid.putLong(application.caller().getLeastSignificantBits());
        return calls.invoke(
                        Invocation.of(SERVICE, "RegisterApplication")
                                .with("CallerUUID", HexFormat.of().formatHex(uuid.array()))
                                .with("VendorName", application.vendor())
                                .with("ApplicationName", application.application())
                                .with("EnterpriseName", application.enterprise()))
                .thenApply(
                        output ->
                                new Session(
                                        output.text("SessionHandle")
                                                .orElseThrow(() -> missing("SessionHandle"))));
    }

    private static AmtException missing(String what) {
        return new AmtException(new AmtFailure.ProtocolError("it gives no " + what));
    }

    private static long number(Element output, String property) {
        return output.number(property).orElseThrow(() -> missing(property));
    }

    private static Invocation reading(Session session, String method) {
        return Invocation.reading(SERVICE, method).with("SessionHandle", session.handle());
    }

    private static Invocation changing(Session session, String method) {
        return Invocation.of(SERVICE, method).with("SessionHandle", session.handle());
    }

    /** How many bytes the program may still allocate. */
    public CompletionStage<Long> bytesAvailable(Session session) {
        return calls.invoke(reading(session, "GetBytesAvailable"))
                .thenApply(output -> number(output, "BytesAvailable"));
    }

    /** The program's own blocks. */
    public CompletionStage<List<StorageBlock>> blocks(Session session) {
        return calls.invoke(reading(session, "GetCurrentApplicationHandle"))
                .thenCompose(
                        output ->
                                calls.invoke(
                                        reading(session, "GetAllocatedBlocks")
                                                .with(
                                                        "BlockOwnerApplication",
                                                        number(output, "ApplicationHandle"))))
                .thenCompose(
                        output ->
                                Stages.all(
                                        output.integers("BlockHandles").stream()
                                                .map(handle -> block(session, handle))
                                                .toList()));
    }

    private CompletionStage<StorageBlock> block(Session session, long handle) {
        return calls.invoke(reading(session, "GetBlockAttributes").with("BlockHandle", handle))
                .thenApply(
                        output ->
                                new StorageBlock(
                                        handle,
                                        output.textOr("BlockName", ""),
                                        output.number("BlockSize").orElse(0),
                                        output.isTrue("BlockHidden")));
    }

    /**
     * Allocates a block.
     *
     * @param session whose it is
     * @param name its name
     * @param bytes how large, a multiple of 4096
     * @param hidden whether other programs do not see it
     * @return its handle
     */
    public CompletionStage<Long> allocate(Session session, String name, int bytes, boolean hidden) {
        if (bytes < PIECE || bytes > LARGEST || bytes % PIECE != 0) {
            throw new IllegalArgumentException(
                    "a block has a multiple of 4096 bytes, up to " + LARGEST);
        }
        return calls.invoke(
                        changing(session, "AllocateBlock")
                                .with("BytesRequested", bytes)
                                .with("BlockHidden", hidden)
                                .with("BlockName", name))
                .thenApply(output -> number(output, "BlockHandle"));
    }

    /** Gives a block back, with what is in it. */
    public CompletionStage<Element> deallocate(Session session, long handle) {
        return calls.invoke(changing(session, "DeallocateBlock").with("BlockHandle", handle));
    }

    /** Reads a whole block; other programs cannot write to it meanwhile. */
    public CompletionStage<byte[]> read(Session session, StorageBlock block) {
        if (block.size() > LARGEST) {
            return CompletableFuture.failedStage(
                    new AmtException(new AmtFailure.ProtocolError("a block is too large")));
        }
        return locked(
                session,
                block.handle(),
                () -> pieces(session, block, 0, new ByteArrayOutputStream()));
    }

    private CompletionStage<byte[]> pieces(
            Session session, StorageBlock block, int offset, ByteArrayOutputStream read) {
        if (offset >= block.size()) {
            return CompletableFuture.completedStage(read.toByteArray());
        }
        int count = (int) Math.min(PIECE, block.size() - offset);
        // Not as a read: what was kept or joined may be older than the lock.
        return calls.invoke(
                        changing(session, "ReadBlock")
                                .with("BlockHandle", block.handle())
                                .with("ByteOffset", offset)
                                .with("ByteCount", count))
                .thenCompose(
                        output -> {
                            byte[] data = output.bytes("Data").orElseThrow(() -> missing("Data"));
                            if (data.length == 0) {
                                throw missing("Data");
                            }
                            read.writeBytes(data);
                            return pieces(session, block, offset + data.length, read);
                        });
    }

    /**
     * Writes to the beginning of a block.
     *
     * @param session whose it is
     * @param block which one
     * @param data not more than the block has room for
     */
    public CompletionStage<Void> write(Session session, StorageBlock block, byte[] data) {
        if (data.length > block.size()) {
            throw new IllegalArgumentException(
                    "the block has " + block.size() + " bytes, the data " + data.length);
        }
        byte[] copy = data.clone();
        return locked(session, block.handle(), () -> store(session, block, 0, copy));
    }

    private CompletionStage<Void> store(
            Session session, StorageBlock block, int offset, byte[] data) {
        if (offset >= data.length) {
            return CompletableFuture.completedStage(null);
        }
        byte[] piece = Arrays.copyOfRange(data, offset, Math.min(data.length, offset + PIECE));
        return calls.invoke(
                        changing(session, "WriteBlock")
                                .with("BlockHandle", block.handle())
                                .with("ByteOffset", offset)
                                .with("Data", Base64.getEncoder().encodeToString(piece)))
                .thenCompose(
                        output -> {
                            long written = number(output, "BytesWritten");
                            if (written < 1 || written > piece.length) {
                                throw missing("progress in writing");
                            }
                            return store(session, block, offset + (int) written, data);
                        });
    }

    private <T> CompletionStage<T> locked(
            Session session, long handle, Supplier<CompletionStage<T>> work) {
        return calls.invoke(changing(session, "LockBlock").with("BlockHandle", handle))
                .thenCompose(
                        locked ->
                                work.get()
                                        .handle(Result<T>::new)
                                        .thenCompose(result -> unlock(session, handle, result)));
    }

    private record Result<T>(@Nullable T value, @Nullable Throwable failure) {}

    private <T> CompletionStage<T> unlock(Session session, long handle, Result<T> result) {
        return calls.invoke(changing(session, "UnlockBlock").with("BlockHandle", handle))
                // A lock ends by itself after a while; what matters is the work.
                .handle((done, failure) -> done)
                .thenCompose(
                        done ->
                                result.failure() == null
                                        ? CompletableFuture.completedStage(result.value())
                                        : CompletableFuture.failedStage(result.failure()));
    }
}
