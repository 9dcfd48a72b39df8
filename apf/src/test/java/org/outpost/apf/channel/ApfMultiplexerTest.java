package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelOutputShutdownException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.WireMessage;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class ApfMultiplexerTest {
    private static final int WINDOW = 80 * 1024;

    private final TunnelPair pair = new TunnelPair();
    private final List<String> heard = new ArrayList<>();
    private final List<StreamEnd> accepted = new ArrayList<>();
    private final ArrayDeque<OpenFailureReason> refusals = new ArrayDeque<>();
    private boolean deviceReads = true;
    private boolean devicePours;

    @AfterEach
    void finish() {
        pair.finish();
    }

    private void start(int serverChannels, int deviceChannels) {
        MultiplexerListener listener = listener();
        pair.with(
                        ApfSide.SERVER,
                        MultiplexerSettings.server(Tunnels.windows(WINDOW))
                                .withMaxChannels(serverChannels),
                        ChannelAcceptor.NONE,
                        listener)
                .with(
                        ApfSide.DEVICE,
                        MultiplexerSettings.device(Tunnels.windows(4095))
                                .withMaxChannels(deviceChannels),
                        this::decide,
                        MultiplexerListener.NONE);
    }

    private OpenDecision decide(ChannelOpen open) {
        OpenFailureReason refusal = refusals.poll();
        if (refusal != null) {
            return new OpenDecision.Refuse(refusal);
        }
        StreamEnd end = new StreamEnd(1, 0, deviceReads);
        accepted.add(end);
        if (!devicePours) {
            return new OpenDecision.Accept(end);
        }
        return new OpenDecision.Accept(
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(end, new Pouring(end));
                    }
                });
    }

    /** Writes as long as the channel takes more. */
    private static final class Pouring extends ChannelInboundHandlerAdapter {
        private final StreamEnd end;

        Pouring(StreamEnd end) {
            this.end = end;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            pour(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            pour(ctx);
        }

        private void pour(ChannelHandlerContext ctx) {
            while (ctx.channel().isWritable()) {
                end.write(8192, true);
            }
        }
    }

    private MultiplexerListener listener() {
        return new MultiplexerListener() {
            @Override
            public void windowExceeded(ApfAddress channel) {
                heard.add("window exceeded");
            }

            @Override
            public void unknownChannel(int number) {
                heard.add("unknown " + Integer.toUnsignedString(number));
            }

            @Override
            public void closeUnanswered(ApfAddress channel) {
                heard.add("close unanswered");
            }

            @Override
            public void openFailed(ApfAddress channel, int reason, boolean willRetry) {
                heard.add("open failed " + reason + (willRetry ? ", retry" : ""));
            }

            @Override
            public void reclaimed(ApfAddress channel) {
                heard.add("reclaimed " + channel.port());
            }
        };
    }

    private StreamEnd end() {
        return new StreamEnd(0, 1, true);
    }

    private ChannelFuture connect(int port, StreamEnd end) {
        ChannelFuture future = pair.server().multiplexer.connect(Tunnels.port(port), end);
        pair.collect();
        return future;
    }

    private List<WireMessage> sentByServer() {
        return List.copyOf(pair.server().sent);
    }

    private <T extends WireMessage> List<T> sentByServer(Class<T> type) {
        return sentByServer().stream().filter(type::isInstance).map(type::cast).toList();
    }

    // Opening.

    @Test
    void opensBeyondTheCapWaitAndAreServedInOrder() {
        start(2, 8);
        List<ChannelFuture> futures = new ArrayList<>();
        for (int port = 1; port <= 5; port++) {
            futures.add(connect(port, end()));
        }
        pair.settle();
        assertThat(futures)
                .extracting(ChannelFuture::isSuccess)
                .containsExactly(true, true, false, false, false);

        for (int i = 0; i < 3; i++) {
            futures.get(i).channel().close();
            pair.settle();
            assertThat(futures.get(i + 2).isSuccess()).isTrue();
        }
        assertThat(sentByServer(WireMessage.ChannelOpen.class))
                .extracting(WireMessage.ChannelOpen::port)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(pair.server().view.most()).isEqualTo(2);
    }

    @Test
    void opensBeyondTheQueueFailAtOnce() {
        pair.with(
                        ApfSide.SERVER,
                        new MultiplexerSettings(
                                1,
                                1,
                                false,
                                Tunnels.windows(WINDOW),
                                4096,
                                3,
                                Duration.ofMillis(250),
                                Duration.ofSeconds(30)),
                        ChannelAcceptor.NONE,
                        listener())
                .with(
                        ApfSide.DEVICE,
                        MultiplexerSettings.device(Tunnels.windows(4095)),
                        this::decide,
                        MultiplexerListener.NONE);
        connect(1, end());
        connect(2, end());
        ChannelFuture third = connect(3, end());
        assertThat(third.cause())
                .isInstanceOfSatisfying(
                        ChannelOpenFailedException.class,
                        e -> assertThat(e.isResourceShortage()).isTrue());
    }

    @Test
    void transientRefusalsAreTriedAgainAndFinalOnesAreNot() {
        start(8, 8);
        refusals.addAll(
                List.of(
                        OpenFailureReason.ADMINISTRATIVELY_PROHIBITED,
                        OpenFailureReason.CONNECT_FAILED,
                        OpenFailureReason.RESOURCE_SHORTAGE));
        ChannelFuture future = connect(1, end());
        pair.settle();
        assertThat(future.isDone()).isFalse();
        pair.advance(250);
        pair.settle();
        pair.advance(500);
        pair.settle();
        assertThat(future.isDone()).isFalse();
        pair.advance(250);
        pair.settle();
        assertThat(future.isSuccess()).isTrue();
        assertThat(heard)
                .containsExactly(
                        "open failed 1, retry", "open failed 2, retry", "open failed 4, retry");

        refusals.add(OpenFailureReason.UNKNOWN_CHANNEL_TYPE);
        ChannelFuture refused = connect(2, end());
        pair.settle();
        assertThat(refused.cause())
                .isInstanceOfSatisfying(
                        ChannelOpenFailedException.class, e -> assertThat(e.reason()).isEqualTo(3));
    }

    @Test
    void refusalsWithoutEndAreGivenUp() {
        start(8, 8);
        for (int i = 0; i < 10; i++) {
            refusals.add(OpenFailureReason.CONNECT_FAILED);
        }
        ChannelFuture future = connect(1, end());
        for (int i = 0; i < 10; i++) {
            pair.settle();
            pair.advance(2000);
        }
        assertThat(future.cause()).isInstanceOf(ChannelOpenFailedException.class);
        assertThat(sentByServer(WireMessage.ChannelOpen.class)).hasSize(4);
    }

    @Test
    void shortageIsWaitedForWhileChannelsOfOursAreOpen() {
        start(8, 2);
        List<ChannelFuture> futures = new ArrayList<>();
        for (int port = 1; port <= 5; port++) {
            futures.add(connect(port, end()));
        }
        for (int i = 0; i < 20; i++) {
            pair.settle();
            pair.advance(1000);
        }
        assertThat(futures)
                .extracting(ChannelFuture::isDone)
                .containsExactly(true, true, false, false, false);
        long tries = pair.server().view.opens();

        futures.get(0).channel().close();
        pair.settle();
        assertThat(futures.get(2).isSuccess()).isTrue();
        // A refused probe every few seconds, no storm.
        assertThat(tries).isLessThan(20);
    }

    @Test
    void shortageThatPassesIsNoticedWithoutAnyClose() {
        start(8, 8);
        ChannelFuture first = connect(1, end());
        pair.settle();
        refusals.add(OpenFailureReason.RESOURCE_SHORTAGE);
        ChannelFuture second = connect(2, end());
        pair.settle();
        assertThat(second.isDone()).isFalse();
        pair.advance(250);
        pair.settle();
        assertThat(second.isSuccess()).isTrue();
        assertThat(first.channel().isActive()).isTrue();
    }

    @Test
    void orderIsKeptThroughAShortage() {
        start(8, 8);
        for (int i = 0; i < 4; i++) {
            refusals.add(OpenFailureReason.RESOURCE_SHORTAGE);
        }
        for (int port = 1; port <= 4; port++) {
            connect(port, end());
        }
        for (int i = 0; i < 5; i++) {
            pair.settle();
            pair.advance(250);
        }
        pair.settle();
        assertThat(sentByServer(WireMessage.ChannelOpen.class))
                .extracting(WireMessage.ChannelOpen::port)
                .containsExactly(1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L);
    }

    @Test
    void connectTimesOutWhileItWaits() {
        start(1, 8);
        connect(1, end());
        pair.settle();
        ChannelFuture second = connect(2, end());
        pair.advance(30_000);
        assertThat(second.cause()).isInstanceOf(ConnectTimeoutException.class);
        pair.settle();
        assertThat(sentByServer(WireMessage.ChannelOpen.class)).hasSize(1);
    }

    @Test
    void connectTimesOutWhileOpeningAndTheLateChannelIsClosed() {
        start(8, 8);
        ChannelFuture future = connect(1, end());
        pair.advance(30_000);
        assertThat(future.cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(sentByServer(WireMessage.ChannelClose.class)).isEmpty();
        pair.settle();
        assertThat(sentByServer(WireMessage.ChannelClose.class)).hasSize(1);
        assertThat(pair.server().multiplexer.traffic().openChannels()).isZero();
        assertThat(pair.device().multiplexer.traffic().openChannels()).isZero();
    }

    @Test
    void openThatIsNeverAnsweredGivesItsPlaceBack() {
        start(1, 8);
        ChannelFuture first = connect(1, end());
        pair.deliver(ApfSide.SERVER, 10);
        first.channel().close();
        pair.advance(29_000);
        assertThat(heard).isEmpty();
        pair.advance(1000);
        assertThat(heard).containsExactly("close unanswered");
        assertThat(pair.server().multiplexer.traffic().openChannels()).isZero();
    }

    @Test
    void closeWhileWaitingSendsNothing() {
        start(1, 8);
        connect(1, end());
        ChannelFuture second = connect(2, end());
        second.channel().close();
        pair.settle();
        assertThat(second.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(sentByServer()).hasSize(1);
    }

    // Room for others.

    @Test
    void idleChannelIsReclaimedForOneThatWaits() {
        start(2, 8);
        ChannelFuture idle = connect(1, end());
        ChannelFuture kept = connect(2, end());
        pair.settle();
        idle.channel().config().setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, 1000L);
        ChannelFuture third = connect(3, end());
        pair.settle();
        assertThat(third.isDone()).isFalse();
        pair.advance(999);
        assertThat(heard).isEmpty();
        pair.advance(1);
        pair.settle();
        assertThat(heard).containsExactly("reclaimed 1");
        assertThat(third.isSuccess()).isTrue();
        assertThat(kept.channel().isActive()).isTrue();
    }

    @Test
    void channelThatAllowsItOnlyLaterIsReclaimedForOneThatWaitsAlready() {
        start(1, 8);
        ChannelFuture idle = connect(1, end());
        ChannelFuture second = connect(2, end());
        pair.settle();
        assertThat(second.isDone()).isFalse();

        idle.channel().config().setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, 0L);
        pair.settle();

        assertThat(heard).containsExactly("reclaimed 1");
        assertThat(second.isSuccess()).isTrue();
    }

    @Test
    void longestIdleIsReclaimedFirstAndOnlyAsManyAsWait() {
        start(3, 8);
        List<StreamEnd> ends = new ArrayList<>();
        for (int port = 1; port <= 3; port++) {
            StreamEnd end = end();
            ends.add(end);
            ChannelFuture future = connect(port, end);
            pair.settle();
            future.channel().config().setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, 0L);
            pair.advance(10);
        }
        ends.get(0).write(10, true);
        pair.settle();
        ChannelFuture fourth = connect(4, end());
        pair.settle();
        assertThat(heard).containsExactly("reclaimed 2");
        assertThat(fourth.isSuccess()).isTrue();
        assertThat(ends.get(0).isOpen()).isTrue();
    }

    @Test
    void busyChannelIsLookedAtAgain() {
        deviceReads = false;
        start(1, 8);
        StreamEnd busy = end();
        ChannelFuture first = connect(1, busy);
        pair.settle();
        first.channel().config().setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, 100L);
        busy.write(20_000, true);
        ChannelFuture second = connect(2, end());
        pair.settle();
        pair.advance(5000);
        pair.settle();
        assertThat(heard).isEmpty();
        accepted.getFirst().readOn();
        pair.settle();
        pair.advance(200);
        pair.settle();
        assertThat(heard).containsExactly("reclaimed 1");
        assertThat(second.isSuccess()).isTrue();
    }

    // Data.

    @Test
    void stalledReaderHoldsOneWindowWhileOthersRunBothWays() {
        start(8, 8);
        StreamEnd stalled = new StreamEnd(0, 1, false);
        StreamEnd running = end();
        connect(1, stalled);
        connect(2, running);
        pair.settle();
        accepted.get(0).write(1_000_000, true);
        accepted.get(1).write(1_000_000, true);
        running.write(1_000_000, true);
        pair.settle();

        assertThat(running.received).isEqualTo(1_000_000);
        assertThat(accepted.get(1).received).isEqualTo(1_000_000);
        assertThat(stalled.received).isZero();
        long held =
                pair.device().sent.stream()
                        .filter(WireMessage.ChannelData.class::isInstance)
                        .map(WireMessage.ChannelData.class::cast)
                        .filter(data -> data.recipient() == 1)
                        .mapToLong(data -> data.data().size())
                        .sum();
        assertThat(held).isEqualTo(WINDOW);

        stalled.readOn();
        pair.settle();
        assertThat(stalled.received).isEqualTo(1_000_000);
    }

    @Test
    void readTakesWhatIsThereAndGrantsItWhenMoreIsAskedFor() {
        start(8, 8);
        StreamEnd end = new StreamEnd(0, 1, false);
        connect(1, end);
        pair.settle();
        accepted.getFirst().write(WINDOW, true);
        pair.settle();
        end.read();
        pair.settle();
        assertThat(end.received).isEqualTo(WINDOW);
        assertThat(sentByServer(WireMessage.ChannelWindowAdjust.class)).isEmpty();
        end.read();
        pair.settle();
        assertThat(sentByServer(WireMessage.ChannelWindowAdjust.class))
                .containsExactly(new WireMessage.ChannelWindowAdjust(0, WINDOW));
    }

    @Test
    void switchingAutoReadOffStopsAReadThatWasPending() {
        start(8, 8);
        StreamEnd end = end();
        connect(1, end);
        pair.settle();
        Objects.requireNonNull(end.channel).config().setAutoRead(false);
        accepted.getFirst().write(100, true);
        pair.settle();
        assertThat(end.received).isZero();
        Objects.requireNonNull(end.channel).config().setAutoRead(true);
        pair.settle();
        assertThat(end.received).isEqualTo(100);
    }

    @Test
    void windowViolationClosesOnlyThatChannel() {
        start(8, 8);
        StreamEnd flooded = new StreamEnd(0, 1, false);
        StreamEnd other = end();
        connect(1, flooded);
        connect(2, other);
        pair.settle();
        for (int i = 0; i < 2; i++) {
            pair.inject(ApfSide.DEVICE, ApfBytes.channelData(1, new byte[WINDOW]));
        }
        assertThat(heard).isEmpty();
        pair.inject(ApfSide.DEVICE, ApfBytes.channelData(1, new byte[1]));
        assertThat(heard).containsExactly("window exceeded");
        assertThat(flooded.isOpen()).isFalse();
        pair.settle();
        other.write(10, true);
        pair.settle();
        assertThat(accepted.get(1).received).isEqualTo(10);
    }

    @Test
    void smallPayloadsOfAStalledReaderAreKeptTogether() {
        start(8, 8);
        StreamEnd stalled = new StreamEnd(0, 1, false);
        connect(1, stalled);
        pair.settle();
        accepted.getFirst().written = 0;
        byte[] one = new byte[1];
        for (int i = 0; i < 2_000; i++) {
            pair.inject(ApfSide.DEVICE, ApfBytes.channelData(1, one));
        }
        ApfChannel channel = (ApfChannel) Objects.requireNonNull(stalled.channel);
        assertThat(channel.heldPayloads()).isEqualTo(1);
        stalled.close();
    }

    @Test
    void emptyWriteIsDoneAtOnceAndSendsNothing() {
        start(8, 8);
        StreamEnd end = end();
        Channel channel = connect(1, end).channel();
        pair.settle();
        int before = sentByServer().size();
        ChannelFuture write = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        pair.settle();
        assertThat(write.isSuccess()).isTrue();
        assertThat(sentByServer()).hasSize(before);
    }

    @Test
    void onlyBytesCanBeWritten() {
        start(8, 8);
        Channel channel = connect(1, end()).channel();
        pair.settle();
        ChannelFuture write = channel.writeAndFlush("text");
        assertThat(write.cause()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void writabilityFollowsThePeersWindow() {
        deviceReads = false;
        start(8, 8);
        StreamEnd end = end();
        Channel channel = connect(1, end).channel();
        pair.settle();
        end.write(4095, true);
        end.write(64 * 1024 - 200, true);
        assertThat(channel.isWritable()).isTrue();
        end.write(201, true);
        assertThat(channel.isWritable()).isFalse();
        accepted.getFirst().readOn();
        pair.settle();
        assertThat(channel.isWritable()).isTrue();
        assertThat(accepted.getFirst().received).isEqualTo(4096 + 64 * 1024);
    }

    // Closing.

    @Test
    void whatCameBeforeThePeersCloseIsDeliveredReadByRead() {
        start(8, 8);
        StreamEnd end = new StreamEnd(0, 1, false);
        Channel channel = connect(1, end).channel();
        pair.settle();
        accepted.getFirst().write(30_000, true);
        pair.settle();
        accepted.getFirst().close();
        pair.settle();
        assertThat(channel.isActive()).isTrue();
        ChannelFuture late = channel.writeAndFlush(Unpooled.copiedBuffer(new byte[1]));
        assertThat(late.cause()).isInstanceOf(ClosedChannelException.class);
        end.read();
        pair.settle();
        assertThat(end.received).isEqualTo(30_000);
        assertThat(end.ended).isTrue();
        assertThat(sentByServer(WireMessage.ChannelClose.class)).hasSize(1);
    }

    /** A producer that refills when there is room must not find any on a channel that is over. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void channelThatThePeerClosedHasNoRoomAlsoWhileThereIsSomethingToRead() {
        deviceReads = false;
        devicePours = true;
        start(8, 8);
        StreamEnd console = new StreamEnd(0, 1, false);
        ChannelFuture connected = connect(1, console);
        pair.settle();
        console.write(100, true);
        pair.settle();
        Channel device = Objects.requireNonNull(accepted.getFirst().channel);
        assertThat(device.isWritable()).isFalse();
        ChannelFuture pending = device.writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));

        connected.channel().close();
        pair.settle();

        assertThat(device.isActive()).as("there are bytes to read").isTrue();
        assertThat(device.isWritable()).isFalse();
        assertThat(pending.cause()).isInstanceOf(ChannelOutputShutdownException.class);
        accepted.getFirst().read();
        pair.settle();
        assertThat(accepted.getFirst().received).isEqualTo(100);
        assertThat(accepted.getFirst().ended).isTrue();
    }

    @Test
    void closesThatCrossAreNotAnswered() {
        start(8, 8);
        StreamEnd end = end();
        connect(1, end);
        pair.settle();
        end.close();
        accepted.getFirst().close();
        pair.collect();
        pair.settle();
        assertThat(sentByServer(WireMessage.ChannelClose.class)).hasSize(1);
        assertThat(pair.device().sent)
                .filteredOn(WireMessage.ChannelClose.class::isInstance)
                .hasSize(1);
    }

    @Test
    void closeThatIsNeverAnsweredGivesTheNumberUp() {
        start(1, 8);
        StreamEnd end = end();
        connect(1, end);
        pair.settle();
        end.close();
        ChannelFuture next = connect(2, end());
        pair.advance(29_999);
        assertThat(next.isDone()).isFalse();
        assertThat(sentByServer(WireMessage.ChannelOpen.class)).hasSize(1);
        pair.advance(1);
        assertThat(heard).containsExactly("close unanswered");
        assertThat(sentByServer(WireMessage.ChannelOpen.class)).hasSize(2);
    }

    @Test
    void messagesForUnknownChannelsAreDropped() {
        start(8, 8);
        for (byte[] message :
                List.of(
                        ApfBytes.channelData(4711, new byte[5]),
                        ApfBytes.channelWindowAdjust(4711, 1),
                        ApfBytes.channelClose(0),
                        ApfBytes.channelOpenConfirmation(4711, 0, 1),
                        ApfBytes.channelOpenFailure(0xFFFFFFFFL, 4))) {
            pair.inject(ApfSide.DEVICE, message);
        }
        assertThat(heard)
                .containsExactly(
                        "unknown 4711",
                        "unknown 4711",
                        "unknown 0",
                        "unknown 4711",
                        "unknown 4294967295");
        assertThat(sentByServer()).isEmpty();
    }

    @Test
    void endOfTheTunnelFailsEverythingAndDeliversWhatCameBefore() {
        start(2, 8);
        StreamEnd open = end();
        StreamEnd unread = new StreamEnd(0, 1, false);
        connect(1, open);
        connect(2, unread);
        pair.settle();
        accepted.get(0).write(1000, true);
        accepted.get(1).write(1000, true);
        pair.deliver(ApfSide.DEVICE, 1 << 20);
        ChannelFuture waiting = connect(3, end());
        unread.write(10_000, true);

        pair.server().tunnel.close();

        assertThat(open.received).isEqualTo(1000);
        assertThat(open.ended).isTrue();
        assertThat(waiting.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(unread.ended).isFalse();
        unread.read();
        pair.server().tunnel.runPendingTasks();
        assertThat(unread.received).isEqualTo(1000);
        assertThat(unread.ended).isTrue();
        assertThat(connect(4, end()).cause()).isInstanceOf(ClosedChannelException.class);
        pair.server().tunnel.checkException();
    }

    @Test
    void endOfTheTunnelFailsOpensThatPause() {
        start(8, 8);
        refusals.add(OpenFailureReason.CONNECT_FAILED);
        ChannelFuture pausing = connect(1, end());
        pair.settle();
        ChannelFuture opening = connect(2, end());
        pair.server().tunnel.close();
        assertThat(pausing.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(opening.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void peerThatOpensTooManyIsRefused() {
        start(8, 2);
        for (int i = 0; i < 3; i++) {
            pair.inject(
                    ApfSide.SERVER,
                    ApfBytes.channelOpen("forwarded-tcpip", i, 1024, "", 80, "o", 1));
        }
        assertThat(pair.device().sent)
                .filteredOn(WireMessage.ChannelOpenFailure.class::isInstance)
                .containsExactly(new WireMessage.ChannelOpenFailure(2, 4));
    }

    @Test
    void channelMadeFirstAndConnectedLater() {
        start(8, 8);
        StreamEnd end = end();
        Channel channel = pair.server().multiplexer.register(end).channel();
        pair.settle();
        assertThat(sentByServer()).isEmpty();
        assertThat(channel.isActive()).isFalse();
        ChannelFuture connected = channel.connect(Tunnels.port(7));
        pair.settle();
        assertThat(connected.isSuccess()).isTrue();
        end.write(10, true);
        pair.settle();
        assertThat(accepted.getFirst().received).isEqualTo(10);
        assertThat(channel.connect(Tunnels.port(7)).cause()).isNotNull();
    }

    @Test
    void addressesAndOptionsCanBeAsked() {
        start(8, 8);
        Channel channel = connect(16994, end()).channel();
        pair.settle();
        assertThat(channel.remoteAddress()).hasToString("forwarded-tcpip::16994");
        assertThat(channel.localAddress())
                .isInstanceOfSatisfying(
                        ApfAddress.class, local -> assertThat(local.port()).isEqualTo(1024));
        channel.config().setOption(ApfChannelOption.WEIGHT, 1000);
        assertThat(channel.config().getOption(ApfChannelOption.WEIGHT)).isEqualTo(64);
        assertThat(channel.config().getOptions()).containsKey(ApfChannelOption.WEIGHT);
        assertThat(channel.config().setOption(ChannelOption.AUTO_READ, false)).isTrue();
    }
}
