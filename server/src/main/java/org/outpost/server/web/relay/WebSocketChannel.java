package org.outpost.server.web.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * A WebSocket as a Netty channel: the bytes of its binary messages, without their bounds.
 *
 * <p><b>Reading.</b> A piece of a message is asked of the WebSocket only when a read was asked for
 * here; so a device that takes nothing stops the browser, and at most one piece waits.
 *
 * <p><b>Writing.</b> The outbound buffer is the only queue. One message is under way at a time; the
 * next goes when the browser's socket took it.
 */
final class WebSocketChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final WebSocketLink link;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private boolean demanded;
    private boolean sending;
    private volatile boolean closed;

    /** A channel over an open WebSocket; to be registered with an event loop. */
    WebSocketChannel(WebSocketLink link, SocketAddress local, SocketAddress remote) {
        super(null);
        this.link = link;
        this.local = local;
        this.remote = remote;
    }

    /**
     * A piece of a message came. On any thread.
     *
     * @param bytes copied before this returns
     */
    void receive(ByteBuffer bytes) {
        ByteBuf copy = alloc().buffer(bytes.remaining()).writeBytes(bytes);
        eventLoop()
                .execute(
                        () -> {
                            if (closed) {
                                copy.release();
                                return;
                            }
                            demanded = false;
                            pipeline().fireChannelRead(copy);
                            // Asks for the next where reading goes on by itself.
                            pipeline().fireChannelReadComplete();
                        });
    }

    /** Whether a piece was asked for and has not come. On the event loop. */
    boolean isReading() {
        return demanded;
    }

    /** The WebSocket has ended. On any thread. */
    void ended() {
        eventLoop().execute(() -> unsafe().close(unsafe().voidPromise()));
    }

    @Override
    protected void doBeginRead() {
        if (!demanded) {
            demanded = true;
            link.demand();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        while (!sending && in.current() instanceof ByteBuf bytes) {
            if (!bytes.isReadable()) {
                in.remove();
                continue;
            }
            sending = true;
            // Whatever becomes of the channel meanwhile: the WebSocket reads these bytes until it
            // says that it is done.
            ByteBuf held = bytes.retainedSlice();
            link.send(
                    held.nioBuffer(),
                    failure ->
                            eventLoop()
                                    .execute(
                                            () -> {
                                                held.release();
                                                sent(in, failure);
                                            }));
        }
    }

    private void sent(ChannelOutboundBuffer in, @Nullable Throwable failure) {
        sending = false;
        if (closed) {
            return;
        }
        if (failure != null) {
            unsafe().close(unsafe().voidPromise());
            return;
        }
        in.remove();
        ((WebSocketUnsafe) unsafe()).flushMore();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException(
                "only bytes can be written to a WebSocket, not " + message.getClass().getName());
    }

    @Override
    protected void doClose() {
        closed = true;
        link.close();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a WebSocket is accepted, never bound");
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new WebSocketUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
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
        return !closed;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class WebSocketUnsafe extends AbstractUnsafe {
        @Override
        public void connect(
                SocketAddress remoteAddress,
                @Nullable SocketAddress localAddress,
                ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException("a WebSocket is accepted"));
        }

        // While a message is under way there is nothing to do.
        @Override
        protected void flush0() {
            if (!sending) {
                super.flush0();
            }
        }

        void flushMore() {
            flush0();
        }
    }
}
