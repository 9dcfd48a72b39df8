package org.outpost.amt.redirection.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.redirection.RedirectionKind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

class StreamWatcherTest {
    private static final String PRELUDE = "4000000000000000" + "00".repeat(14);

    @ParameterizedTest
    @CsvSource({
        "2b00000001000000, false",
        "2400000001000000, false",
        "270000000100000000001b000000, false",
        "28000000010000000100" + "61, true",
        "2a000000010000000100" + "61, true",
        "2b00000001000000" + "28000000010000000000, true",
        "99, true",
    })
    void sol(String bytes, boolean active) {
        assertThat(watch(new SolRule(), bytes)).isEqualTo(active);
    }

    @ParameterizedTest
    @CsvSource({
        "4b00000001000000, false",
        "4400000001000000, false",
        "4500000001000000, false",
        "460000000100000003, false",
        "50000000, true",
        "4b0000000100000099, true",
    })
    void ider(String bytes, boolean active) {
        assertThat(watch(new IderRule(), bytes)).isEqualTo(active);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "030100000000028001e0, false",
        "0201000200000010ffffff21, false",
        "06000000000000024b4b, false",
        "0401000000000061, true",
        "050000100010, true",
    })
    void kvm(String bytes, boolean active) {
        assertThat(watch(new RfbClientRule(), PRELUDE + bytes)).isEqualTo(active);
    }

    @Property(tries = 200)
    void theTextIsSeenWhateverTheCuts(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 300) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 100) int cut) {
        ByteBuf stream = Unpooled.buffer();
        StringBuilder expected = new StringBuilder();
        for (int length : lengths) {
            String text = "=".repeat(length);
            stream.writeByte(0x2A).writeZero(7).writeShortLE(length);
            stream.writeCharSequence(text, StandardCharsets.US_ASCII);
            stream.writeByte(0x29).writeZero(9).writeByte(0x2B).writeZero(7);
            expected.append(text);
        }
        StringBuilder seen = new StringBuilder();
        StreamWatcher watcher =
                new StreamWatcher(
                        new SolRule(),
                        (bytes, index, length) ->
                                seen.append(
                                        bytes.toString(index, length, StandardCharsets.US_ASCII)));

        while (stream.isReadable()) {
            ByteBuf piece = stream.readSlice(Math.min(cut, stream.readableBytes()));
            int before = piece.readableBytes();
            watcher.watch(piece);
            assertThat(piece.readableBytes()).isEqualTo(before);
        }

        assertThat(seen.toString()).isEqualTo(expected.toString());
    }

    @Property(tries = 50)
    void aLeaseIsTakenOnce(@ForAll @IntRange(max = 3) int number) {
        RedirectionLeases leases = new RedirectionLeases();
        UUID device = new UUID(1, number);

        RedirectionLeases.Lease lease = leases.take(device, RedirectionKind.SOL).orElseThrow();

        assertThat(leases.take(device, RedirectionKind.SOL)).isEmpty();
        assertThat(leases.take(device, RedirectionKind.KVM)).isPresent();
        lease.close();
        RedirectionLeases.Lease next = leases.take(device, RedirectionKind.SOL).orElseThrow();
        lease.close(); // a second close must not free what somebody else has taken
        assertThat(leases.isTaken(device, RedirectionKind.SOL)).isTrue();
        next.close();
    }

    private static boolean watch(MessageRule rule, String hex) {
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        return new StreamWatcher(rule, ScreenTap.NONE).watch(bytes);
    }
}
