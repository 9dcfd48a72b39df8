package org.outpost.apf.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.TimeUnit;

/**
 * One byte stream inside a tunnel, as a Netty channel with a pipeline of its own. It lives on the
 * tunnel's event loop.
 *
 * <p><b>Reading.</b> Data is handed to the pipeline only when a read was asked for, one batch a
 * read. The next read says that the batch was taken, and earns the peer its credit. So a consumer
 * that does not read stalls this channel alone, and holds no more than twice its window.
 *
 * <p><b>Writing.</b> The outbound buffer is the only queue. It drains as the peer's window and the
 * channel's turn allow; writability is the buffer's.
 *
 * <p><b>Closing.</b> Closing sends CLOSE once. When the peer closes first, what it sent before is
 * still delivered, read by read; then the channel becomes inactive. Writes fail from then on.
 */
public final class ApfChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);
    private static final long SOONEST_LOOK_MILLIS = 50;

    private final ApfMultiplexer multiplexer;
    private final ApfChannelConfig config = new ApfChannelConfig(this);
    private final ChannelInput input = new ChannelInput();
    private @Nullable Link link;
    private @Nullable ChannelPromise connectPromise;
    private @Nullable Future<?> connectTimeout;
    private volatile @Nullable ApfAddress address;
    private volatile boolean connected;
    private volatile boolean closed;
    private boolean peerClosed;
    private long lastTrafficNanos;

    /** Kept by the {@link SendScheduler}. */
    boolean scheduled;

    /** Kept by the {@link SendScheduler}. */
    int deficit;

    /** Kept by the {@link ApfMultiplexer}: queued for delivery at the end of the read batch. */
    boolean touched;

    ApfChannel(ApfMultiplexer multiplexer, io.netty.channel.Channel tunnel) {
        super(tunnel);
        this.multiplexer = multiplexer;
    }

    // What the multiplexer does to the channel.

    /** Makes a channel that the peer opened. Before registration. */
    void accepted(Link newLink, LocalWindow window) {
        link = newLink;
        address = newLink.address;
        input.open(window);
        connected = true;
        lastTrafficNanos = multiplexer.nanoTime();
    }

    /** The window that CHANNEL_OPEN announced. */
    void opening(LocalWindow window) {
        input.open(window);
    }

    /** CHANNEL_OPEN_CONFIRMATION came. */
    void opened() {
        connected = true;
        lastTrafficNanos = multiplexer.nanoTime();
        ChannelPromise promise = endConnect();
        if (promise != null && promise.trySuccess()) {
            pipeline().fireChannelActive();
        }
    }

    /** The channel will not be opened. */
    void openFailed(Throwable cause) {
        ChannelPromise promise = endConnect();
        // Closed first: whoever hears of the failure finds the channel closed.
        unsafe().close(unsafe().voidPromise());
        if (promise != null) {
            promise.tryFailure(cause);
        }
    }

    private @Nullable ChannelPromise endConnect() {
        ChannelPromise promise = connectPromise;
        connectPromise = null;
        Future<?> timeout = connectTimeout;
        connectTimeout = null;
        if (timeout != null) {
            timeout.cancel(false);
        }
        return promise;
    }

    /**
     * CHANNEL_DATA came. Takes the payload over.
     *
     * @return false when the peer exceeded its window; the payload is released
     */
    boolean receive(ByteBuf payload) {
        if (payload.isReadable()) {
            lastTrafficNanos = multiplexer.nanoTime();
        }
        return input.receive(payload);
    }

    /** Hands what came in to the pipeline, if somebody wants to read. */
    void deliver() {
        input.deliver(pipeline());
        closeIfDrained();
    }

    /** The peer closed, or the tunnel is gone: nothing more comes, nothing can be sent. */
    void peerClosed() {
        peerClosed = true;
        if (!connected) {
            openFailed(new ClosedChannelException());
            return;
        }
        // Not only the writes that wait: a channel without room lets no producer start again.
        ((ApfUnsafe) unsafe()).shutdownOutput(unsafe().voidPromise());
        deliver();
        closeIfDrained();
    }

    private void closeIfDrained() {
        if (peerClosed && input.isEmpty() && !closed) {
            unsafe().close(unsafe().voidPromise());
        }
    }

    /** Whether there is both data and window. */
    boolean canSend() {
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        RemoteWindow window = sendWindow();
        return window != null
                && buffer != null
                && OutboundChunk.sendable(buffer, window, multiplexer.maxPayload()) > 0;
    }

    /** Sends at most so many bytes; returns how many went. */
    int send(int allowance) {
        return ((ApfUnsafe) unsafe()).turn(allowance);
    }

    int weight() {
        return config.weight();
    }

    /**
     * Milliseconds until the channel may be closed in favour of another, if nothing happens on it
     * meanwhile; negative for never.
     */
    long millisUntilReclaimable(long now) {
        long after = config.reclaimAfterIdleMillis();
        if (after < 0 || !isActive()) {
            return -1;
        }
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        boolean idle = input.isEmpty() && (buffer == null || buffer.isEmpty());
        return idle
                ? Math.max(0, after - TimeUnit.NANOSECONDS.toMillis(now - lastTrafficNanos))
                : Math.max(after, SOONEST_LOOK_MILLIS);
    }

    /** In how many pieces what was not read is kept. */
    int heldPayloads() {
        return input.pieces();
    }

    long lastTrafficNanos() {
        return lastTrafficNanos;
    }

    private @Nullable RemoteWindow sendWindow() {
        Link current = link;
        return current != null && current.state instanceof LinkState.Open open
                ? open.window()
                : null;
    }

    // What the pipeline does to the channel.

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new ApfUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop == parent().eventLoop();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        ApfAddress current = address;
        return current == null
                ? null
                : new ApfAddress(
                        current.channelType(),
                        current.originatorHost(),
                        current.originatorPort(),
                        current.host(),
                        current.port());
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return address;
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("an APF channel is connected, never bound");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        if (closed) {
            return;
        }
        closed = true;
        ChannelPromise promise = endConnect();
        if (promise != null) {
            promise.tryFailure(new ClosedChannelException());
        }
        input.close();
        Link current = link;
        if (current != null) {
            multiplexer.channelClosed(current);
        }
    }

    /** APF has no half-close: the peer has ended both directions, and there is nothing to say. */
    @Override
    protected void doShutdownOutput() {}

    @Override
    protected void doBeginRead() {
        long grant = input.want(multiplexer.nanoTime(), multiplexer.roundTripNanos());
        Link current = link;
        if (grant > 0 && current != null) {
            multiplexer.grant(current, grant);
        }
        if (!input.isEmpty() || peerClosed) {
            eventLoop().execute(this::deliver);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        ApfUnsafe unsafe = (ApfUnsafe) unsafe();
        Link current = link;
        RemoteWindow window = sendWindow();
        if (current == null || window == null) {
            return;
        }
        while (unsafe.allowance > unsafe.sent) {
            int limit = Math.min(unsafe.allowance - unsafe.sent, multiplexer.maxPayload());
            int length = OutboundChunk.sendable(in, window, limit);
            if (length == 0) {
                return;
            }
            ByteBuf chunk = OutboundChunk.cut(in, length, alloc());
            int bytes = chunk.readableBytes();
            window.use(bytes);
            lastTrafficNanos = multiplexer.nanoTime();
            multiplexer.writeData(current, chunk);
            unsafe.sent += bytes;
            in.removeBytes(bytes);
            if (!parent().isWritable()) {
                return;
            }
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException(
                "only bytes can be written to an APF channel, not " + message.getClass().getName());
    }

    /** Somebody may be waiting for just this. */
    void becameReclaimable() {
        if (!isRegistered()) {
            return;
        }
        if (eventLoop().inEventLoop()) {
            multiplexer.lookForRoom();
        } else {
            eventLoop().execute(multiplexer::lookForRoom);
        }
    }

    /** A read that was asked for is not wanted any more. */
    void clearReadPending() {
        if (!isRegistered() || eventLoop().inEventLoop()) {
            input.unwant();
        } else {
            eventLoop().execute(this::unwantUnlessAutoRead);
        }
    }

    private void unwantUnlessAutoRead() {
        if (!config.isAutoRead()) {
            input.unwant();
        }
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return connected && !closed;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class ApfUnsafe extends AbstractUnsafe {
        private int allowance;
        private int sent;

        @Override
        public void connect(
                SocketAddress remoteAddress,
                @Nullable SocketAddress localAddress,
                ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            if (connected) {
                promise.tryFailure(new AlreadyConnectedException());
                return;
            }
            if (connectPromise != null) {
                promise.tryFailure(new ConnectionPendingException());
                return;
            }
            if (!(remoteAddress instanceof ApfAddress target)) {
                promise.tryFailure(
                        new IllegalArgumentException("not an APF address: " + remoteAddress));
                return;
            }
            connectPromise = promise;
            address = target;
            int timeout = config.getConnectTimeoutMillis();
            if (timeout > 0) {
                connectTimeout =
                        eventLoop()
                                .schedule(
                                        () ->
                                                openFailed(
                                                        new ConnectTimeoutException(
                                                                "no answer to CHANNEL_OPEN within "
                                                                        + timeout
                                                                        + " ms")),
                                        timeout,
                                        TimeUnit.MILLISECONDS);
            }
            Link waiting = new Link(ApfChannel.this, target, new LinkState.Waiting());
            link = waiting;
            multiplexer.open(waiting);
        }

        /** A flush asks for a turn; only the scheduler's turn writes. */
        @Override
        protected void flush0() {
            if (allowance > 0 || !isActive()) {
                super.flush0();
                return;
            }
            ChannelOutboundBuffer buffer = outboundBuffer();
            if (buffer != null) {
                // Empty writes are done at once: they have nothing to wait for.
                buffer.removeBytes(0);
                multiplexer.wantsToSend(ApfChannel.this);
            }
        }

        int turn(int bytes) {
            allowance = bytes;
            sent = 0;
            try {
                super.flush0();
            } finally {
                allowance = 0;
            }
            return sent;
        }
    }
}
