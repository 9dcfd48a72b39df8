package org.outpost.apf.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.support.Collector;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.apf.support.Tunnels;
import org.outpost.apf.support.Valve;
import org.outpost.testkit.apf.ApfEndpoint;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.WireMessage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A server session on an embedded channel, for transcripts played from the device's side. */
final class ServerEndpoint implements ApfEndpoint {
    final RecordingPolicy policy;
    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel tunnel = Tunnels.embedded(ticker);
    final ServerSession session;
    private final Valve valve = new Valve();
    private final ApfWire wire = new ApfWire();
    private boolean stalling;
    private @Nullable Channel channel;

    ServerEndpoint(RecordingPolicy policy) {
        this(policy, KeepAliveSettings.DEFAULT);
    }

    ServerEndpoint(RecordingPolicy policy, KeepAliveSettings keepAlive) {
        this.policy = policy;
        tunnel.pipeline().addLast("valve", valve);
        this.session =
                new ServerSession(
                        tunnel,
                        ApfLimits.DEFAULT,
                        keepAlive,
                        MultiplexerSettings.server(Tunnels.windows(WindowSettings.USUAL)),
                        policy,
                        ChannelAcceptor.NONE,
                        MultiplexerListener.NONE);
    }

    @Override
    public void send(byte[] bytes) {
        wire.feed(ApfSide.DEVICE, bytes);
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
        // An empty answer would mean the end of what there is.
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
        String[] words = action.split(" ", 2);
        switch (words[0]) {
            case "stall" -> stalling = true;
            case "open" -> open(Integer.parseInt(words[1]));
            case "write" ->
                    opened().writeAndFlush(
                                    Unpooled.copiedBuffer(
                                            text(words[1]), StandardCharsets.ISO_8859_1));
            case "close" -> opened().close();
            case "retry" -> advance(250);
            case "probe" -> advance(60_000);
            case "disconnect" -> session.disconnect(DisconnectReason.BY_APPLICATION);
            // The session negotiates by itself.
            case "negotiate" -> {}
            default -> throw new IllegalArgumentException(action);
        }
        tunnel.runPendingTasks();
    }

    /** Lets the tunnel's socket take nothing, or everything again. */
    void shut(boolean now) {
        valve.shut(tunnel.pipeline().context(valve), now);
    }

    /** Brings the session into the running state. */
    ServerEndpoint running() {
        send(ApfVectors.V01.bytes());
        send(ApfVectors.V03.bytes());
        send(ApfVectors.V05.bytes());
        send(ApfVectors.V09.bytes());
        answers();
        return this;
    }

    /** What the server said since the last call. */
    List<WireMessage> answers() {
        List<WireMessage> all = new ArrayList<>();
        for (byte[] bytes = receive(); bytes.length > 0; bytes = receive()) {
            all.addAll(wire.feed(ApfSide.SERVER, bytes));
        }
        return all;
    }

    void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        tunnel.runPendingTasks();
        tunnel.runScheduledPendingTasks();
    }

    private void open(int port) {
        channel =
                session.multiplexer()
                        .connect(
                                Tunnels.port(port),
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel opened) {
                                        opened.config()
                                                .setOption(ChannelOption.AUTO_READ, !stalling);
                                        opened.pipeline().addLast(new Collector());
                                    }
                                })
                        .channel();
    }

    private Channel opened() {
        return Objects.requireNonNull(channel);
    }

    private static String text(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("\\r", "\r").replace("\\n", "\n");
    }
}
