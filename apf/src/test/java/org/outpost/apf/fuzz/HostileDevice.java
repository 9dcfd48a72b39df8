package org.outpost.apf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.outpost.apf.channel.ApfChannelOption;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.session.KeepAliveSettings;
import org.outpost.apf.session.ServerSession;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.WireMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A device that says anything to a server session. Whatever it says: the server's answers can be
 * read, it sends no byte without credit, closes no channel it does not have, holds no more than
 * twice its windows, and keeps nothing in the end.
 */
final class HostileDevice {
    private static final int WINDOW = 4096;
    private static final int CHANNELS = 4;

    private final WindowBudget budget = new WindowBudget(1 << 20);
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel tunnel = Tunnels.embedded(ticker);
    private final ServerSession session;
    private final ApfWire wire = new ApfWire();
    private final List<Channel> channels = new ArrayList<>();
    private long credit;
    private long opens;
    private long closes;

    HostileDevice() {
        session =
                new ServerSession(
                        tunnel,
                        new ApfLimits(2048, 1 << 16, 65507),
                        KeepAliveSettings.DEFAULT,
                        MultiplexerSettings.server(new WindowSettings(WINDOW, 4 * WINDOW, budget))
                                .withMaxChannels(CHANNELS),
                        new RecordingPolicy(),
                        acceptor(),
                        MultiplexerListener.NONE);
    }

    private ChannelAcceptor acceptor() {
        return open ->
                open.port() % 2 == 0
                        ? new OpenDecision.Accept(consumer(open.port() % 4 == 0))
                        : new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED);
    }

    private ChannelInitializer<Channel> consumer(boolean reads) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channels.add(channel);
                channel.config().setAutoRead(reads);
                channel.pipeline()
                        .addLast(
                                new SimpleChannelInboundHandler<ByteBuf>() {
                                    @Override
                                    protected void channelRead0(
                                            ChannelHandlerContext ctx, ByteBuf msg) {
                                        assertThat(msg.isReadable()).isTrue();
                                    }
                                });
            }
        };
    }

    /** Takes the first steps of an ordinary session. */
    void goOn(int steps) {
        List<byte[]> way =
                List.of(
                        ApfVectors.V01.bytes(),
                        ApfVectors.V03.bytes(),
                        ApfVectors.V05.bytes(),
                        ApfVectors.V09.bytes());
        way.subList(0, steps).forEach(this::send);
    }

    void send(byte[] bytes) {
        if (tunnel.isOpen() && tunnel.config().isAutoRead()) {
            wire.feed(ApfSide.DEVICE, bytes);
            tunnel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
        look();
    }

    /** Does one thing, as the data say. */
    void act(FuzzedDataProvider data) {
        int number = data.consumeInt(0, 6);
        switch (data.consumeInt(0, 15)) {
            case 0 -> connect(data.consumeInt(0, 65535), data.consumeBoolean());
            case 1 -> confirm(number, data.consumeInt(0, 6), data.consumeInt(0, 3000));
            case 2 -> send(ApfBytes.channelOpenFailure(number, data.consumeInt(0, 5)));
            case 3 -> {
                int more = data.consumeInt(0, 3000);
                credit += more;
                send(ApfBytes.channelWindowAdjust(number, more));
            }
            case 4, 5 -> send(ApfBytes.channelData(number, new byte[data.consumeInt(0, 5000)]));
            case 6 -> send(ApfBytes.channelClose(number));
            case 7 -> {
                int window = data.consumeInt(0, 3000);
                credit += window;
                int port = data.consumeInt(0, 65535);
                send(ApfBytes.channelOpen("direct-tcpip", number, window, "h", port, "o", 1));
            }
            case 8, 9 -> {
                byte[] bytes = new byte[data.consumeInt(0, 5000)];
                some(number).forEach(c -> c.writeAndFlush(Unpooled.wrappedBuffer(bytes)));
            }
            case 10 -> some(number).forEach(Channel::close);
            case 11 -> some(number).forEach(Channel::read);
            case 12 -> some(number).forEach(c -> c.config().setAutoRead(!c.config().isAutoRead()));
            case 13 ->
                    some(number)
                            .forEach(
                                    c ->
                                            c.config()
                                                    .setOption(
                                                            ApfChannelOption
                                                                    .RECLAIM_AFTER_IDLE_MILLIS,
                                                            100L));
            case 14 -> {
                ticker.advance(data.consumeInt(0, 40_000), TimeUnit.MILLISECONDS);
                tunnel.runScheduledPendingTasks();
                // Else silence would end every longer script.
                send(ApfBytes.keepAliveRequest(1));
            }
            default -> send(ApfBytes.tcpipForward(true, "", 16992));
        }
        look();
    }

    private List<Channel> some(int number) {
        return number < channels.size() ? List.of(channels.get(number)) : List.of();
    }

    private void connect(int port, boolean reads) {
        ChannelFuture unused = session.multiplexer().connect(Tunnels.port(port), consumer(reads));
        assertThat(unused).isNotNull();
    }

    private void confirm(int number, int theirs, int window) {
        credit += window;
        send(ApfBytes.channelOpenConfirmation(number, theirs, window));
    }

    private void look() {
        tunnel.runPendingTasks();
        tunnel.checkException();
        for (ByteBuf part = tunnel.readOutbound(); part != null; part = tunnel.readOutbound()) {
            byte[] bytes = ByteBufUtil.getBytes(part);
            part.release();
            wire.feed(ApfSide.SERVER, bytes).forEach(this::check);
        }
        assertThat(session.multiplexer().traffic().openChannels()).isBetween(0, CHANNELS);
        assertThat(budget.reserved()).isBetween(0L, 4L * WINDOW * (CHANNELS + channels.size()));
    }

    private void check(WireMessage message) {
        switch (message) {
            case WireMessage.Undecodable broken ->
                    // The witness is stricter about requests, and then cannot read their replies.
                    assertThat(broken.rest().bytes()[0])
                            .as(broken.why())
                            .isEqualTo((byte) MessageType.REQUEST_SUCCESS);
            case WireMessage.ChannelData data -> {
                credit -= data.data().size();
                assertThat(credit).as("credit").isNotNegative();
            }
            case WireMessage.ChannelOpen _, WireMessage.ChannelOpenConfirmation _ -> opens++;
            case WireMessage.ChannelClose _ -> {
                closes++;
                assertThat(closes).as("closes").isLessThanOrEqualTo(opens);
            }
            default -> {
                // may always be said
            }
        }
    }

    void finish() {
        look();
        tunnel.close();
        look();
        channels.forEach(Channel::close);
        tunnel.runPendingTasks();
        assertThat(session.multiplexer().traffic().openChannels()).isZero();
        assertThat(budget.reserved()).isZero();
        tunnel.finishAndReleaseAll();
    }
}
