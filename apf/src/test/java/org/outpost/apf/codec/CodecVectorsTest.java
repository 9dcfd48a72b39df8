package org.outpost.apf.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.ChannelClose;
import org.outpost.apf.message.ChannelData;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.ChannelOpenConfirmation;
import org.outpost.apf.message.ChannelOpenFailure;
import org.outpost.apf.message.ChannelWindowAdjust;
import org.outpost.apf.message.Disconnect;
import org.outpost.apf.message.KeepaliveOptionsReply;
import org.outpost.apf.message.KeepaliveOptionsRequest;
import org.outpost.apf.message.KeepaliveReply;
import org.outpost.apf.message.KeepaliveRequest;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.RequestFailure;
import org.outpost.apf.message.RequestSuccess;
import org.outpost.apf.message.ServiceAccept;
import org.outpost.apf.message.ServiceRequest;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UnknownGlobalRequest;
import org.outpost.apf.message.UserauthFailure;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.message.UserauthSuccess;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.ApfVectors.Negative;
import org.outpost.testkit.apf.ApfVectors.Vector;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.Octets;
import org.outpost.testkit.apf.WireMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class CodecVectorsTest {
    static List<Vector> vectors() {
        return ApfVectors.ALL;
    }

    static List<Negative> negatives() {
        return ApfVectors.NEGATIVE;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsReadAndWrittenToTheByte(Vector vector) {
        ApfMessage message = message(vector.id());
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        expectReply(peer, message);

        peer.writeInbound(Unpooled.wrappedBuffer(vector.bytes()));
        ApfMessage read = peer.readInbound();

        assertThat(describe(read)).isEqualTo(describe(message));
        assertThat(peer.<Object>readInbound()).isNull();
        release(read);
        assertThat(written(message)).isEqualTo(Octets.of(vector.bytes()));
        peer.finishAndReleaseAll();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noVectorIsReadBeforeItsLastByte(Vector vector) {
        byte[] bytes = vector.bytes();
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        expectReply(peer, message(vector.id()));
        for (int i = 0; i < bytes.length; i++) {
            assertThat(peer.<Object>readInbound()).isNull();
            peer.writeInbound(Unpooled.wrappedBuffer(new byte[] {bytes[i]}));
        }
        ApfMessage read = peer.readInbound();
        assertThat(read).isNotNull();
        release(read);
        peer.finishAndReleaseAll();
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void negativeVectorsWaitOrAreErrors(Negative vector) {
        EmbeddedChannel peer = channel(MessageGate.OPEN);

        if (vector.expected() == ApfVectors.Expected.WAIT) {
            peer.writeInbound(Unpooled.wrappedBuffer(vector.bytes()));
        } else {
            assertThatThrownBy(() -> peer.writeInbound(Unpooled.wrappedBuffer(vector.bytes())))
                    .isInstanceOf(ApfProtocolException.class);
        }
        assertThat(peer.<Object>readInbound()).isNull();
        peer.finishAndReleaseAll();
    }

    @Test
    void repliesAreToldApartByTheRequestsSentBefore() {
        EmbeddedChannel device = channel(MessageGate.OPEN);
        device.writeOutbound(
                new TcpipForward(true, "", 16993), new CancelTcpipForward(true, "", 16992));

        device.writeInbound(
                Unpooled.wrappedBuffer(Octets.ofHex("5100004261 51 d0000000ff").bytes()));

        assertThat(read(device))
                .containsExactly(
                        new RequestSuccess(16993),
                        new RequestSuccess(RequestSuccess.NO_PORT),
                        new KeepaliveRequest(255));
        device.finishAndReleaseAll();
    }

    @Test
    void manyUnansweredRequestsKeepTheirOrder() {
        EmbeddedChannel device = channel(MessageGate.OPEN);
        ByteBuf replies = Unpooled.buffer();
        List<ApfMessage> expected = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 40; i++) {
                boolean forward = i % 3 != 0;
                device.writeOutbound(
                        forward
                                ? new TcpipForward(false, "pc", i)
                                : new CancelTcpipForward(false, "pc", i));
                replies.writeByte(MessageType.REQUEST_SUCCESS);
                if (forward) {
                    replies.writeInt(i);
                }
                expected.add(new RequestSuccess(forward ? i : RequestSuccess.NO_PORT));
            }
            // Some are answered before the next are sent, so that the queue wraps around.
            device.writeInbound(replies.readRetainedSlice(60));
        }
        device.writeInbound(replies);
        assertThat(read(device)).containsExactlyElementsOf(expected);
        device.finishAndReleaseAll();
    }

    @Test
    void datagramsExpectNoReply() {
        EmbeddedChannel device = channel(MessageGate.OPEN);
        device.writeOutbound(
                new UdpSendTo(true, "h", 162, "o", 1, Unpooled.EMPTY_BUFFER),
                new TcpipForward(true, "", 16993));
        device.writeInbound(Unpooled.wrappedBuffer(ApfVectors.V13.bytes()));
        assertThat(read(device)).containsExactly(new RequestSuccess(16993));
        device.finishAndReleaseAll();
    }

    @Test
    void replyWithoutARequestIsAnError() {
        for (String reply : List.of("51", "52")) {
            EmbeddedChannel peer = channel(MessageGate.OPEN);
            assertThatThrownBy(
                            () ->
                                    peer.writeInbound(
                                            Unpooled.wrappedBuffer(Octets.ofHex(reply).bytes())))
                    .isInstanceOfSatisfying(
                            ApfProtocolException.class,
                            e -> assertThat(e.error()).isEqualTo(ProtocolError.UNEXPECTED_REPLY));
            peer.finishAndReleaseAll();
        }
    }

    @Test
    void gateRefusesByTheTypeByteAlone() {
        for (int type = 0; type < 256; type++) {
            EmbeddedChannel peer = channel(_ -> false);
            ProtocolError expected =
                    MessageType.isKnown(type)
                            ? ProtocolError.OUT_OF_TURN
                            : ProtocolError.UNKNOWN_MESSAGE;
            byte[] first = {(byte) type};
            assertThatThrownBy(() -> peer.writeInbound(Unpooled.wrappedBuffer(first)))
                    .isInstanceOfSatisfying(
                            ApfProtocolException.class,
                            e -> assertThat(e.error()).isEqualTo(expected));
            peer.finishAndReleaseAll();
        }
    }

    @Test
    void whatFollowsAnErrorIsDiscarded() {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        assertThatThrownBy(() -> peer.writeInbound(Unpooled.wrappedBuffer(new byte[] {96, 0})))
                .isInstanceOf(ApfProtocolException.class);
        peer.writeInbound(Unpooled.wrappedBuffer(ApfVectors.V27.bytes()));
        assertThat(peer.<Object>readInbound()).isNull();
        peer.finishAndReleaseAll();
    }

    static List<String> oversized() {
        return List.of(
                "05 00000801",
                "05 ffffffff",
                "06 80000000",
                "32 00000801",
                "32 00000000 00000801",
                "32 00000000 00000000 ffffffff",
                "32 00000000 00000000 00000008 70617373776f7264 00 00000801",
                "33 00000801",
                "50 00000801",
                "50 0000000d 74637069702d666f7277617264 01 00000801",
                "50 00000019 7564702d73656e642d746f40616d742e696e74656c2e636f6d 00 00000000"
                        + " 00000000 00000000 00000000 0000ffe4",
                "5a 00000801",
                "5a 00000000 00000000 00000000 00000000 00000801",
                "5a 00000000 00000000 00000000 00000000 00000000 00000000 ffffffff",
                "5e 00000000 00100001",
                "5e 00000000 ffffffff");
    }

    @ParameterizedTest
    @MethodSource("oversized")
    void oversizedFieldsAreRefusedByTheirLengthAlone(String hex) {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        assertThatThrownBy(
                        () -> peer.writeInbound(Unpooled.wrappedBuffer(Octets.ofHex(hex).bytes())))
                .isInstanceOfSatisfying(
                        ApfProtocolException.class,
                        e ->
                                assertThat(e.error())
                                        .isIn(
                                                ProtocolError.STRING_TOO_LONG,
                                                ProtocolError.DATA_TOO_LONG));
        peer.finishAndReleaseAll();
    }

    @Test
    void longestFieldsAreTaken() {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        String longest = "x".repeat(2048);
        peer.writeInbound(Unpooled.wrappedBuffer(ApfBytes.serviceRequest(longest)));
        peer.writeInbound(Unpooled.wrappedBuffer(ApfBytes.channelData(1, new byte[1 << 20])));
        assertThat(peer.<ServiceRequest>readInbound().service()).isEqualTo(longest);
        ChannelData data = peer.readInbound();
        assertThat(data.content().readableBytes()).isEqualTo(1 << 20);
        data.release();
        peer.finishAndReleaseAll();
    }

    /** Else a kilobyte that waits for a slow reader would hold megabytes. */
    @Test
    void aPayloadDoesNotPinAMuchLongerMessageBeforeIt() {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        byte[] both =
                ApfBytes.concat(
                        ApfBytes.channelData(1, new byte[1 << 20]),
                        ApfBytes.channelData(2, new byte[2048]));
        peer.writeInbound(Unpooled.wrappedBuffer(both));
        peer.<ChannelData>readInbound().release();
        ChannelData small = peer.readInbound();

        assertThat(small.content().readableBytes()).isEqualTo(2048);
        ByteBuf held =
                small.content().unwrap() == null ? small.content() : small.content().unwrap();
        assertThat(held.capacity()).isLessThanOrEqualTo(64 * 1024);
        small.release();
        peer.finishAndReleaseAll();
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        for (byte[] bytes :
                List.of(
                        ApfBytes.tcpipForward(true, "", 65536),
                        ApfBytes.channelOpen("direct-tcpip", 1, 1, "h", 0xFFFFFFFFL, "o", 1),
                        ApfBytes.userauthPassword("u", "s", 1, "p"))) {
            EmbeddedChannel peer = channel(MessageGate.OPEN);
            assertThatThrownBy(() -> peer.writeInbound(Unpooled.wrappedBuffer(bytes)))
                    .isInstanceOfSatisfying(
                            ApfProtocolException.class,
                            e -> assertThat(e.error()).isEqualTo(ProtocolError.BAD_FIELD));
            peer.finishAndReleaseAll();
        }
    }

    @Test
    void unknownMethodIsRefusedAtItsName() {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        assertThatThrownBy(
                        () ->
                                peer.writeInbound(
                                        Unpooled.wrappedBuffer(
                                                ApfBytes.userauthOther(
                                                        "u", "s", "publickey", new byte[0]))))
                .isInstanceOfSatisfying(
                        ApfProtocolException.class,
                        e -> assertThat(e.error()).isEqualTo(ProtocolError.UNKNOWN_METHOD));
        peer.finishAndReleaseAll();
    }

    @Test
    void unknownGlobalRequestIsReadWithoutItsBody() {
        EmbeddedChannel peer = channel(MessageGate.OPEN);
        peer.writeInbound(
                Unpooled.wrappedBuffer(ApfBytes.globalRequest("no-more", true, new byte[0])));
        assertThat(read(peer)).containsExactly(new UnknownGlobalRequest("no-more", true));
        peer.finishAndReleaseAll();
    }

    @Test
    void pausedDecoderKeepsWhatCameInItsOrder() {
        ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, MessageGate.OPEN);
        EmbeddedChannel peer = new EmbeddedChannel(codec.decoder(), codec.encoder());
        codec.decoder().pause();
        peer.writeInbound(Unpooled.wrappedBuffer(ApfBytes.keepAliveRequest(1)));
        peer.writeInbound(Unpooled.wrappedBuffer(ApfBytes.keepAliveRequest(2)));
        assertThat(peer.<Object>readInbound()).isNull();

        codec.decoder().resume();
        peer.writeInbound(Unpooled.wrappedBuffer(ApfBytes.keepAliveRequest(3)));
        peer.runPendingTasks();

        assertThat(read(peer))
                .containsExactly(
                        new KeepaliveRequest(1), new KeepaliveRequest(2), new KeepaliveRequest(3));
        peer.finishAndReleaseAll();
    }

    @Test
    void failedEncodingFailsTheWriteAndLeaksNothing() {
        EmbeddedChannel device = channel(MessageGate.OPEN);
        for (int i = 0; i < 1024; i++) {
            device.writeOutbound(new TcpipForward(true, "", 1));
        }
        assertThatThrownBy(() -> device.writeOutbound(new TcpipForward(true, "", 1)))
                .isInstanceOf(IllegalStateException.class);
        device.finishAndReleaseAll();
    }

    @Test
    void nothingComesBetweenAHeaderAndItsPayload() {
        ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, MessageGate.OPEN);
        EmbeddedChannel channel = new EmbeddedChannel(codec.decoder(), codec.encoder());
        channel.pipeline().addLast(new AnswersToWritability());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 8));

        channel.writeOutbound(new ChannelData(1, Unpooled.wrappedBuffer(new byte[4096])));

        byte[] bytes = new byte[0];
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes = ApfBytes.concat(bytes, ByteBufUtil.getBytes(part));
            part.release();
        }
        assertThat(ApfWire.decode(ApfSide.SERVER, bytes))
                .startsWith(new WireMessage.ChannelData(1, Octets.of(new byte[4096])))
                .contains(new WireMessage.KeepAliveRequest(7))
                .noneMatch(WireMessage.Undecodable.class::isInstance);
        channel.finishAndReleaseAll();
    }

    private static final class AnswersToWritability extends ChannelInboundHandlerAdapter {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.write(new KeepaliveRequest(7));
        }
    }

    private static EmbeddedChannel channel(MessageGate gate) {
        ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, gate);
        return new EmbeddedChannel(codec.decoder(), codec.encoder());
    }

    private static void expectReply(EmbeddedChannel peer, ApfMessage message) {
        boolean carriesPort = message instanceof RequestSuccess s && s.port() >= 0;
        if (carriesPort) {
            peer.writeOutbound(new TcpipForward(true, "", 1));
        } else if (message instanceof RequestSuccess || message instanceof RequestFailure) {
            peer.writeOutbound(new CancelTcpipForward(true, "", 1));
        }
    }

    private static Octets written(ApfMessage message) {
        EmbeddedChannel channel = channel(MessageGate.OPEN);
        channel.writeOutbound(message);
        byte[] bytes = new byte[0];
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes = ApfBytes.concat(bytes, ByteBufUtil.getBytes(part));
            part.release();
        }
        channel.finishAndReleaseAll();
        return Octets.of(bytes);
    }

    private static List<Object> read(EmbeddedChannel channel) {
        List<Object> all = new ArrayList<>();
        for (Object one = channel.readInbound(); one != null; one = channel.readInbound()) {
            all.add(one);
        }
        return all;
    }

    private static void release(ApfMessage message) {
        io.netty.util.ReferenceCountUtil.release(message);
    }

    private static String describe(ApfMessage message) {
        return switch (message) {
            case ChannelData data ->
                    "data %d %s"
                            .formatted(
                                    data.recipientChannel(), ByteBufUtil.hexDump(data.content()));
            case UdpSendTo d ->
                    "datagram %s %s %d %s %d %s"
                            .formatted(
                                    d.wantReply(),
                                    d.address(),
                                    d.port(),
                                    d.originatorAddress(),
                                    d.originatorPort(),
                                    ByteBufUtil.hexDump(d.content()));
            case UserauthRequest u -> u + " " + u.service() + " " + u.password();
            default -> message.toString();
        };
    }

    private static ApfMessage message(String vector) {
        String auth = "auth@amt.intel.com";
        String pfwd = "pfwd@amt.intel.com";
        return switch (vector) {
            case "V01" ->
                    new ProtocolVersion(
                            1, 0, 4, UUID.fromString("4c4c4544-0048-3310-8039-c8c04f335231"));
            case "V02" -> new ProtocolVersion(1, 0, 254, new UUID(0, 0));
            case "V03" -> new ServiceRequest(auth);
            case "V04" -> new ServiceAccept(auth);
            case "V05" -> new UserauthRequest("admin", pfwd, "password", "P@ssw0rd");
            case "V06" -> new UserauthRequest("", pfwd, "none", null);
            case "V07" -> new UserauthSuccess();
            case "V08" -> new UserauthFailure("password", false);
            case "V09" -> new ServiceRequest(pfwd);
            case "V10" -> new ServiceAccept(pfwd);
            case "V11" -> new TcpipForward(true, "", 16993);
            case "V12" -> new TcpipForward(true, "amt-pc", 5900);
            case "V13" -> new RequestSuccess(16993);
            case "V14" -> new CancelTcpipForward(true, "", 16992);
            case "V15" -> new RequestSuccess(RequestSuccess.NO_PORT);
            case "V16" -> new RequestFailure();
            case "V17" ->
                    new UdpSendTo(
                            false,
                            "192.0.2.10",
                            162,
                            "192.168.1.5",
                            16992,
                            Unpooled.wrappedBuffer(Octets.ofHex("30030201").bytes()));
            case "V18" -> new ChannelOpen("forwarded-tcpip", 4, 32768, "", 16992, "1.2.3.4", 1024);
            case "V19" -> new ChannelOpen("forwarded-tcpip", 2, 4096, "::1", 16992, "::1", 123);
            case "V20" ->
                    new ChannelOpen(
                            "direct-tcpip", 1, 4096, "192.0.2.20", 8443, "192.168.1.5", 49152);
            case "V21" -> new ChannelOpenConfirmation(4, 0, 4095);
            case "V22" -> new ChannelOpenFailure(4, 4);
            case "V23" ->
                    new ChannelData(
                            0,
                            Unpooled.wrappedBuffer(
                                    Octets.ofText("GET / HTTP/1.1\r\n\r\n").bytes()));
            case "V24" -> new ChannelData(4, Unpooled.EMPTY_BUFFER);
            case "V25" -> new ChannelWindowAdjust(4, 499);
            case "V26" -> new ChannelClose(4);
            case "V27" -> new KeepaliveRequest(255);
            case "V28" -> new KeepaliveReply(255);
            case "V29" -> new KeepaliveOptionsRequest(30, 0);
            case "V30" -> new KeepaliveOptionsReply(30, 0);
            case "V31" -> new Disconnect(11);
            default -> throw new IllegalArgumentException(vector);
        };
    }
}
