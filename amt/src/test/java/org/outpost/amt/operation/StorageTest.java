package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.storage.StorageApplication;
import org.outpost.amt.operation.storage.StorageBlock;
import org.outpost.amt.operation.storage.StorageService;
import org.w3c.dom.Element;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Blocks in the device's flash, on a flash that keeps what was written. */
final class StorageTest extends OnDevice {
    private static final String CLASS = "AMT_ThirdPartyDataStorageService.";
    private static final StorageApplication SOFTWARE =
            new StorageApplication(
                    UUID.fromString("55e3ae13-bfd2-61bb-17a0-88aedd7037ea"),
                    "Outpost",
                    "Software",
                    "Example");

    private final StorageService service = new StorageService(calls);
    private final List<String> locks = new ArrayList<>();
    private final List<String> callers = new ArrayList<>();
    private final byte[] flash = new byte[8192];

    @BeforeEach
    void flash() {
        model.method(
                CLASS + "RegisterApplication",
                input -> {
                    callers.add(FakeModel.text(input, "CallerUUID"));
                    return "<g:SessionHandle>0102030405060708</g:SessionHandle><g:ReturnValue>0</g:ReturnValue>";
                });
        returns(CLASS + "GetBytesAvailable", "<g:BytesAvailable>98304</g:BytesAvailable>");
        returns(
                CLASS + "GetCurrentApplicationHandle",
                "<g:ApplicationHandle>5</g:ApplicationHandle>");
        returns(CLASS + "GetAllocatedBlocks", "<g:BlockHandles>9</g:BlockHandles>");
        returns(
                CLASS + "GetBlockAttributes",
                "<g:BlockHidden>false</g:BlockHidden><g:BlockName>software</g:BlockName><g:BlockSize>8192</g:BlockSize>");
        returns(CLASS + "AllocateBlock", "<g:BlockHandle>9</g:BlockHandle>");
        model.succeeds(CLASS + "DeallocateBlock");
        locking("LockBlock", "lock");
        locking("UnlockBlock", "unlock");
        model.method(CLASS + "WriteBlock", this::write);
        model.method(CLASS + "ReadBlock", this::read);
    }

    private void locking(String method, String word) {
        model.method(
                CLASS + method,
                input -> {
                    locks.add(word + ' ' + FakeModel.text(input, "SessionHandle"));
                    return "<g:ReturnValue>0</g:ReturnValue>";
                });
    }

    private String write(Element input) {
        int offset = Integer.parseInt(FakeModel.text(input, "ByteOffset"));
        byte[] data = Base64.getDecoder().decode(FakeModel.text(input, "Data"));
        // Takes less than it is given, as the class may.
        int taken = Math.min(data.length, 3000);
        System.arraycopy(data, 0, flash, offset, taken);
        return "<g:BytesWritten>" + taken + "</g:BytesWritten><g:ReturnValue>0</g:ReturnValue>";
    }

    private String read(Element input) {
        int offset = Integer.parseInt(FakeModel.text(input, "ByteOffset"));
        int count = Integer.parseInt(FakeModel.text(input, "ByteCount"));
        byte[] data = Arrays.copyOfRange(flash, offset, offset + count);
        return "<g:Data>"
                + Base64.getEncoder().encodeToString(data)
                + "</g:Data><g:ReturnValue>0</g:ReturnValue>";
    }

    @Test
    void whatIsWrittenIsReadAndTheBlockIsLockedMeanwhile() {
        StorageService.Session session = get(service.register(SOFTWARE));
        StorageBlock block = get(service.blocks(session)).get(0);
        byte[] data = new byte[7000];
        new Random(1).nextBytes(data);
        get(service.write(session, block, data));

        byte[] read = get(service.read(session, block));

        assertThat(block).isEqualTo(new StorageBlock(9, "software", 8192, false));
        assertThat(Arrays.copyOf(read, data.length)).isEqualTo(data);
        assertThat(read).hasSize(8192);
        assertThat(locks)
                .containsExactly(
                        "lock 0102030405060708",
                        "unlock 0102030405060708",
                        "lock 0102030405060708",
                        "unlock 0102030405060708");
        assertThat(callers).containsExactly("55e3ae13bfd261bb17a088aedd7037ea");
        assertThat(session.toString()).doesNotContain("0102");
    }

    @Test
    void aFailureInBetweenFreesTheBlock() {
        StorageService.Session session = get(service.register(SOFTWARE));
        model.method(CLASS + "ReadBlock", input -> "<g:ReturnValue>16</g:ReturnValue>");

        assertThat(failure(service.read(session, new StorageBlock(9, "", 4096, false))))
                .isInstanceOf(AmtFailure.ReturnValue.class);
        assertThat(locks).hasSize(2).last().asString().startsWith("unlock");
    }

    @Test
    void aDeviceThatWritesNothingIsNotWaitedForForever() {
        StorageService.Session session = get(service.register(SOFTWARE));
        returns(CLASS + "WriteBlock", "<g:BytesWritten>0</g:BytesWritten>");

        assertThat(
                        failure(
                                service.write(
                                        session,
                                        new StorageBlock(9, "", 4096, false),
                                        new byte[5])))
                .isInstanceOf(AmtFailure.ProtocolError.class);
    }

    @Test
    void blocksAreAllocatedInWholePagesAndGivenBack() {
        StorageService.Session session = get(service.register(SOFTWARE));

        assertThat(get(service.bytesAvailable(session))).isEqualTo(98_304);
        assertThat(get(service.allocate(session, "software", 8192, false))).isEqualTo(9);
        get(service.deallocate(session, 9));
        assertThatThrownBy(() -> service.allocate(session, "x", 5000, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                service.write(
                                        session,
                                        new StorageBlock(9, "", 4096, false),
                                        new byte[4097]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
