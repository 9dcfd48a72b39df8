package org.outpost.apf.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.KeepaliveRequest;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.support.Collector;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfEndpoint;
import org.outpost.testkit.apf.Octets;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A device session on an embedded channel, for transcripts played from the server's side. */
final class DeviceEndpoint implements ApfEndpoint {
    final EmbeddedChannel tunnel = Tunnels.embedded(Ticker.newMockTicker());
    final DeviceSession session;
    private final List<Integer> announcedAtStart;
    private final ArrayDeque<OpenFailureReason> refusals = new ArrayDeque<>();
    private final List<Channel> channels = new ArrayList<>();
    private final ArrayDeque<String> words = new ArrayDeque<>();

    DeviceEndpoint(Integer... ports) {
        this.announcedAtStart = new ArrayList<>(Arrays.asList(ports));
        this.session =
                new DeviceSession(
                        tunnel,
                        ApfLimits.DEFAULT,
                        Tunnels.device("", ports),
                        new MultiplexerSettings(
                                8,
                                8,
                                true,
                                Tunnels.windows(4095),
                                4096,
                                0,
                                Duration.ZERO,
                                Duration.ofSeconds(30)),
                        this::decide,
                        MultiplexerListener.NONE);
    }

    /** Refuses as many opens as reasons are given. */
    DeviceEndpoint refusing(OpenFailureReason... reasons) {
        refusals.addAll(List.of(reasons));
        return this;
    }

    /** Says this on its next channel. */
    DeviceEndpoint saying(String text) {
        words.add(text);
        return this;
    }

    private OpenDecision decide(ChannelOpen open) {
        OpenFailureReason refusal = refusals.poll();
        return refusal != null
                ? new OpenDecision.Refuse(refusal)
                : new OpenDecision.Accept(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                ctx.pipeline().addLast(new Collector());
                                channels.add(ctx.channel());
                                String text = words.poll();
                                if (text != null) {
                                    ctx.writeAndFlush(
                                            Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
                                }
                            }
                        });
    }

    @Override
    public void send(byte[] bytes) {
        if (tunnel.isOpen()) {
            tunnel.writeInbound(Unpooled.copiedBuffer(bytes));
            tunnel.runPendingTasks();
        }
    }

    @Override
    public byte[] receive() {
        ByteBuf next = tunnel.readOutbound();
        if (next == null) {
            return new byte[0];
        }
        byte[] bytes = ByteBufUtil.getBytes(next);
        next.release();
        return bytes.length == 0 ? receive() : bytes;
    }

    @Override
    public void end() {
        tunnel.close();
    }

    @Override
    public boolean hasEnded() {
        tunnel.runPendingTasks();
        return !tunnel.isOpen();
    }

    @Override
    public void act(String action) {
        String[] word = action.split(" ", -1);
        switch (word[0]) {
            // It greets by itself.
            case "connect" -> {}
            case "forward" -> {
                Integer port = Integer.valueOf(word[1]);
                if (!announcedAtStart.remove(port)) {
                    session.send(new TcpipForward(true, "", port));
                }
            }
            case "cancel" ->
                    session.send(new CancelTcpipForward(true, "", Integer.parseInt(word[1])));
            case "keep-alive" ->
                    tunnel.writeAndFlush(new KeepaliveRequest(Integer.parseInt(word[1])));
            case "close" -> channels.getLast().close();
            case "disconnect" -> session.disconnect(DisconnectReason.BY_APPLICATION);
            case "udp-send-to" ->
                    session.send(
                            new UdpSendTo(
                                    false,
                                    "192.0.2.10",
                                    162,
                                    "192.168.1.5",
                                    16992,
                                    Unpooled.wrappedBuffer(Octets.ofHex("30030201").bytes())));
            case "open-direct" ->
                    session.multiplexer()
                            .connect(
                                    new ApfAddress(
                                            ApfConstants.DIRECT_TCPIP,
                                            word[1],
                                            Integer.parseInt(word[2]),
                                            "192.168.1.5",
                                            49152),
                                    new Collector());
            default -> throw new IllegalArgumentException(action);
        }
        tunnel.runPendingTasks();
    }
}
