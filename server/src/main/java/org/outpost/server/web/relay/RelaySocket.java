package org.outpost.server.web.relay;

import io.netty.channel.EventLoop;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Jetty's side of a {@link WebSocketChannel}. Text is none of ours and ends it. A browser that
 * answers no ping for long is gone, whatever its socket says. (Public, since Jetty calls it.)
 */
public final class RelaySocket implements Session.Listener {
    private final EventLoop loop;
    private final Consumer<WebSocketChannel> opened;
    private volatile @Nullable WebSocketChannel channel;
    private volatile @Nullable PeerWatch watch;
    private volatile @Nullable WebSocketLink link;

    /**
     * A WebSocket that was let in.
     *
     * @param loop where its channel shall live
     * @param opened takes the channel, which reads nothing by itself yet
     */
    RelaySocket(EventLoop loop, Consumer<WebSocketChannel> opened) {
        this.loop = loop;
        this.opened = opened;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        WebSocketLink browser = new JettyLink(session);
        WebSocketChannel made =
                new WebSocketChannel(
                        browser, session.getLocalSocketAddress(), session.getRemoteSocketAddress());
        made.config().setAutoRead(false);
        link = browser;
        channel = made;
        loop.register(made)
                .addListener(
                        registered -> {
                            if (registered.isSuccess()) {
                                watch = PeerWatch.start(made, browser);
                                opened.accept(made);
                            } else {
                                browser.close();
                            }
                        });
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer bytes, boolean last, Callback callback) {
        WebSocketChannel open = channel;
        if (open != null) {
            open.receive(bytes);
        }
        callback.succeed();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        PeerWatch watching = watch;
        if (watching != null) {
            watching.answered();
        }
        // A pong takes the place of the piece that was asked for: ask again.
        WebSocketLink browser = link;
        if (browser != null) {
            browser.demand();
        }
    }

    @Override
    public void onWebSocketPartialText(String text, boolean last) {
        end();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        end();
    }

    @Override
    public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
        end();
        callback.succeed();
    }

    private void end() {
        WebSocketChannel open = channel;
        if (open != null) {
            open.ended();
        }
    }

    private static final class JettyLink implements WebSocketLink {
        private final Session session;
        private final AtomicBoolean closed = new AtomicBoolean();

        JettyLink(Session session) {
            this.session = session;
        }

        @Override
        public void demand() {
            session.demand();
        }

        @Override
        public void send(ByteBuffer bytes, Done done) {
            session.sendBinary(bytes, Callback.from(() -> done.done(null), done::done));
        }

        @Override
        public void ping() {
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                session.close(StatusCode.NORMAL, "", Callback.NOOP);
            }
        }
    }
}
