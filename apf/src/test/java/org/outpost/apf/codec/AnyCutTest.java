package org.outpost.apf.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.TcpipForward;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.WireMessage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** However a stream is cut into reads, the same messages come out (apf.md section 2.2). */
class AnyCutTest {
    @Provide
    Arbitrary<byte[]> message() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 7);
        Arbitrary<byte[]> data =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(3000);
        Arbitrary<String> text = Arbitraries.strings().ascii().ofMaxLength(40);
        return Arbitraries.oneOf(
                Arbitraries.of(ApfVectors.ALL)
                        .filter(v -> !v.id().equals("V13") && !v.id().equals("V15"))
                        .filter(v -> !v.id().equals("V16"))
                        .map(ApfVectors.Vector::bytes),
                Combinators.combine(number, data).as(ApfBytes::channelData),
                Combinators.combine(number, Arbitraries.longs().between(0, 0xFFFFFFFFL))
                        .as(ApfBytes::channelWindowAdjust),
                Combinators.combine(text, text).as((host, originator) -> open(host, originator)),
                Combinators.combine(text, data)
                        .as((host, d) -> ApfBytes.udpSendTo(true, host, 162, "o", 1, d)),
                Combinators.combine(text, text)
                        .as((user, password) -> ApfBytes.userauthPassword(user, password)),
                Arbitraries.integers().between(0, 65535).map(ApfBytes::requestSuccess),
                Arbitraries.create(ApfBytes::requestSuccess));
    }

    private static byte[] open(String host, String originator) {
        return ApfBytes.channelOpen("direct-tcpip", 7, 4096, host, 80, originator, 65535);
    }

    @Property(tries = 300)
    void anyCutOfAnySequenceReadsTheSame(
            @ForAll("messages") List<byte[]> messages, @ForAll("cuts") List<Integer> cuts) {
        byte[] stream = ApfBytes.concat(messages.toArray(byte[][]::new));

        List<String> whole = decode(messages, List.of(stream));
        List<String> pieces = decode(messages, cut(stream, cuts));

        assertThat(whole).hasSameSizeAs(messages);
        assertThat(pieces).isEqualTo(whole);
    }

    @Property(tries = 200)
    void testkitReadsTheSame(@ForAll("messages") List<byte[]> messages) {
        List<byte[]> without =
                messages.stream().filter(m -> Byte.toUnsignedInt(m[0]) != 81).toList();
        List<WireMessage> theirs =
                new ApfWire().feed(ApfSide.DEVICE, ApfBytes.concat(without.toArray(byte[][]::new)));
        EmbeddedChannel echo = device(List.of());
        List<byte[]> ours = new ArrayList<>();
        for (byte[] message : without) {
            echo.writeInbound(Unpooled.wrappedBuffer(message));
            echo.writeOutbound(echo.<Object>readInbound());
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = echo.readOutbound(); part != null; part = echo.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            ours.add(ByteBufUtil.getBytes(all));
        }
        assertThat(ours)
                .usingElementComparator((a, b) -> Arrays.compare(a, b))
                .containsExactlyElementsOf(theirs.stream().map(WireMessage::bytes).toList());
        echo.finishAndReleaseAll();
    }

    @Provide
    Arbitrary<List<byte[]>> messages() {
        return message().list().ofMinSize(1).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers()
                .between(1, 2000)
                .edgeCases(edges -> edges.add(1, 2, 8, 9))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static List<byte[]> cut(byte[] stream, List<Integer> sizes) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < stream.length; i++) {
            int end = Math.min(stream.length, at + sizes.get(i % sizes.size()));
            pieces.add(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
        return pieces;
    }

    private static List<String> decode(List<byte[]> messages, List<byte[]> pieces) {
        EmbeddedChannel channel = device(messages);
        List<String> read = new ArrayList<>();
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
            for (Object one = channel.readInbound(); one != null; one = channel.readInbound()) {
                read.add(
                        one instanceof io.netty.buffer.ByteBufHolder holder
                                ? one.getClass() + ByteBufUtil.hexDump(holder.content())
                                : one.toString());
                ReferenceCountUtil.release(one);
            }
        }
        channel.finishAndReleaseAll();
        return read;
    }

    /** Has sent the requests that the replies among the messages answer. */
    private static EmbeddedChannel device(List<byte[]> messages) {
        ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, MessageGate.OPEN);
        EmbeddedChannel channel = new EmbeddedChannel(codec.decoder(), codec.encoder());
        for (byte[] message : messages) {
            if (message.length == 5 && message[0] == 81) {
                channel.writeOutbound(new TcpipForward(true, "", 1));
            } else if (message[0] == 81) {
                channel.writeOutbound(new CancelTcpipForward(true, "", 1));
            }
        }
        return channel;
    }
}
