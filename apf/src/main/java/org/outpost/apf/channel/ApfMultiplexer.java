package org.outpost.apf.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.VoidChannelPromise;
import io.netty.channel.WriteBufferWaterMark;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.ChannelClose;
import org.outpost.apf.message.ChannelData;
import org.outpost.apf.message.ChannelMessage;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.ChannelWindowAdjust;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * Turns a tunnel into child channels, as Netty's own HTTP/2 multiplexer does. The same class serves
 * both roles. It stands last in the tunnel's pipeline, behind the codec and the session, and takes
 * the {@link ChannelMessage}s; what else arrives is passed on.
 *
 * <p>A slow reader of one channel never stops the tunnel: its data waits in that channel, at most
 * twice its window. A peer has few channels, so opens wait for a free one in the order they came;
 * meanwhile idle channels that allow it are closed ({@link
 * ApfChannelOption#RECLAIM_AFTER_IDLE_MILLIS}).
 */
public final class ApfMultiplexer extends ChannelInboundHandlerAdapter {
    /** What one channel may hold of a console's data before it stops reading the console. */
    static final WriteBufferWaterMark CHANNEL_WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final MultiplexerSettings settings;
    private final ChannelAcceptor acceptor;
    private final MultiplexerListener listener;
    private final RoundTrip roundTrip;
    private final TunnelTraffic traffic = new TunnelTraffic();
    private final LinkTable links;
    private @Nullable Attached attached;
    private boolean reading;
    private boolean ended;

    /** What there is once the multiplexer stands in a pipeline. */
    private record Attached(
            ChannelHandlerContext context,
            ChannelPromise silently,
            SendScheduler scheduler,
            ChannelOpener opener,
            PeerMessages messages) {}

    /**
     * Makes the multiplexer of one tunnel.
     *
     * @param acceptor decides on channels that the peer opens
     * @param listener hears of the peer's faults
     * @param roundTrip shared with the tunnel's keep-alive, which measures too
     */
    public ApfMultiplexer(
            MultiplexerSettings settings,
            ChannelAcceptor acceptor,
            MultiplexerListener listener,
            RoundTrip roundTrip) {
        this.settings = settings;
        this.acceptor = acceptor;
        this.listener = listener;
        this.roundTrip = roundTrip;
        this.links = new LinkTable(settings.reuseNumbers(), traffic);
    }

    /**
     * Opens a channel to the peer. May be called from any thread.
     *
     * @param address what to connect to
     * @param handler added to the new channel's pipeline first; may switch {@code autoRead} off and
     *     set the connect timeout, which includes the wait for a free channel
     * @return fails with {@link ChannelOpenFailedException}, {@link
     *     io.netty.channel.ConnectTimeoutException}, or {@link ClosedChannelException} when the
     *     tunnel is gone
     */
    public ChannelFuture connect(ApfAddress address, ChannelHandler handler) {
        return bootstrap(handler).connect(address);
    }

    /**
     * Makes a channel that is not connected yet: for a caller that has something to find out before
     * it connects to an {@link ApfAddress}. May be called from any thread.
     *
     * @param handler as in {@link #connect}
     */
    public ChannelFuture register(ChannelHandler handler) {
        return bootstrap(handler).register();
    }

    private Bootstrap bootstrap(ChannelHandler handler) {
        ChannelHandlerContext ctx = attached().context();
        return new Bootstrap()
                .group(ctx.channel().eventLoop())
                .channelFactory(() -> new ApfChannel(this, ctx.channel()))
                .disableResolver()
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, CHANNEL_WATER_MARK)
                .handler(handler);
    }

    /** Bytes and channels, readable from any thread. */
    public TunnelTraffic traffic() {
        return traffic;
    }

    // The tunnel's pipeline.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ChannelOpener opener =
                new ChannelOpener(
                        settings, listener, links, ctx.channel().eventLoop(), this::sendOpen);
        PeerMessages messages =
                new PeerMessages(
                        this,
                        ctx.channel(),
                        settings,
                        acceptor,
                        listener,
                        roundTrip,
                        links,
                        opener,
                        traffic);
        // A failed write needs no word: the end of the tunnel tells.
        ChannelPromise silently = new VoidChannelPromise(ctx.channel(), false);
        attached = new Attached(ctx, silently, new SendScheduler(ctx.channel()), opener, messages);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ChannelMessage message)) {
            ctx.fireChannelRead(msg);
            return;
        }
        reading = true;
        attached().messages().on(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        attached().messages().deliver();
        reading = false;
        attached().scheduler().run();
        ctx.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        attached().scheduler().run();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        for (Link link : links.removeAll()) {
            link.channel.peerClosed();
        }
        attached().opener().end();
    }

    // What channels ask for.

    /** A channel wants to be opened. */
    void open(Link link) {
        attached().opener().open(link);
    }

    /** There may be room for those that wait. */
    void lookForRoom() {
        attached().opener().openWaiting();
    }

    private void sendOpen(Link link) {
        link.openSentNanos = nanoTime();
        LocalWindow window = new LocalWindow(settings.windows(), link.openSentNanos);
        link.channel.opening(window);
        ApfAddress address = link.address;
        write(
                new ChannelOpen(
                        address.channelType(),
                        link.localChannel,
                        window.size(),
                        address.host(),
                        address.port(),
                        address.originatorHost(),
                        address.originatorPort()));
        flushUnlessReading();
    }

    /** A channel has data; its turn comes at the end of the read batch, or now. */
    void wantsToSend(ApfChannel channel) {
        attached().scheduler().add(channel, reading);
    }

    void writeData(Link link, ByteBuf payload) {
        if (link.state instanceof LinkState.Open open) {
            traffic.sent(payload.readableBytes());
            write(new ChannelData(open.remoteChannel(), payload));
        } else {
            payload.release();
        }
    }

    void grant(Link link, long bytes) {
        if (link.state instanceof LinkState.Open open) {
            write(new ChannelWindowAdjust(open.remoteChannel(), bytes));
            flushUnlessReading();
        }
    }

    /** The Netty channel was closed on our side, in whatever state. */
    void channelClosed(Link link) {
        switch (link.state) {
            case LinkState.Waiting _ -> attached().opener().forget(link);
            case LinkState.Opening opening -> {
                link.state = opening.abandon();
                awaitAnswer(link);
            }
            case LinkState.Open open -> {
                link.state = open.closing();
                sendClose(open.remoteChannel());
                awaitAnswer(link);
            }
            case LinkState.Abandoned _, LinkState.Closing _, LinkState.Gone _ -> {}
        }
    }

    void sendClose(int remoteChannel) {
        write(new ChannelClose(remoteChannel));
        flushUnlessReading();
    }

    private void awaitAnswer(Link link) {
        link.patience =
                attached()
                        .context()
                        .executor()
                        .schedule(
                                () -> {
                                    listener.closeUnanswered(link.address);
                                    remove(link);
                                },
                                settings.closeTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /** The link's number is free. */
    void remove(Link link) {
        links.remove(link);
        lookForRoom();
    }

    long nanoTime() {
        return attached().context().executor().ticker().nanoTime();
    }

    long roundTripNanos() {
        return roundTrip.shortestNanos();
    }

    int maxPayload() {
        return settings.maxPayload();
    }

    /** Writes; the flush comes with the end of the read batch. */
    void write(ApfMessage message) {
        attached().context().write(message, attached().silently());
    }

    void flushUnlessReading() {
        if (!reading) {
            attached().context().flush();
        }
    }

    private Attached attached() {
        Attached ready = attached;
        if (ready == null) {
            throw new IllegalStateException("the multiplexer is not in a pipeline yet");
        }
        return ready;
    }
}
