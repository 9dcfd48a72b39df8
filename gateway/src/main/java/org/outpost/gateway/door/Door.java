package org.outpost.gateway.door;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

import org.outpost.gateway.certificate.CertificateGate;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.terminator.ProxyProtocol;
import org.outpost.gateway.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A listener for consoles: allow-list, limits, TLS and the handshake's clock in front of a
 * protocol. Life: {@link #bind()}, then {@link #drain()} to end gently or {@link #close()} to cut.
 */
public final class Door implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Door.class);

    private final Doorway doorway;
    private final Doorway.Protocol protocol;
    private final ServerBootstrap bootstrap;
    private final ChannelGroup consoles = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> listeners = new ArrayList<>();

    /** Makes a door that does not listen yet. */
    public Door(Transport transport, Doorway doorway, Doorway.Protocol protocol) {
        this.doorway = doorway;
        this.protocol = protocol;
        this.bootstrap =
                transport
                        .halfClosingListener()
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childHandler(new Initializer());
    }

    /**
     * Starts to listen on all addresses. Blocks until that is done; not for event loops.
     *
     * @throws IOException when one of them cannot be had; then none is kept
     */
    public synchronized void bind() throws IOException {
        for (InetSocketAddress address : doorway.settings().addresses()) {
            ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                stopListening();
                throw new IOException(
                        "door " + doorway.name() + " cannot listen on " + address, bound.cause());
            }
            listeners.add(bound.channel());
            log.atInfo()
                    .addKeyValue("door", doorway.name())
                    .addKeyValue("address", bound.channel().localAddress())
                    .addKeyValue("tls", doorway.settings().tls() != null)
                    .log("door open");
        }
    }

    /** Where the door listens, in the order of its settings; empty before and after. */
    public synchronized List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    /**
     * Accepts no more; consoles that wait for nothing are closed, the others may finish.
     *
     * @return completes when the last console has gone; there is no deadline here, call {@link
     *     #close()} at the end of patience
     */
    public synchronized CompletionStage<Void> drain() {
        stopListening();
        consoles.forEach(console -> console.pipeline().fireUserEventTriggered(Drain.INSTANCE));
        CompletableFuture<Void> gone = new CompletableFuture<>();
        consoles.newCloseFuture().addListener(closed -> gone.complete(null));
        return gone.minimalCompletionStage();
    }

    /** Accepts no more and cuts every connection. */
    @Override
    public synchronized void close() {
        stopListening();
        consoles.close();
    }

    private void stopListening() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        listeners.clear();
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        private final ConsolePeerStage peers = new ConsolePeerStage(doorway);
        private final AllowListHandler allowList = new AllowListHandler(doorway);
        private final ConnectionLimitHandler limits = new ConnectionLimitHandler(doorway);

        @Override
        protected void initChannel(Channel console) {
            DoorSettings settings = doorway.settings();
            consoles.add(console);
            ChannelPipeline pipeline = console.pipeline();
            ProxyProtocol headers = settings.proxyProtocol();
            if (headers != null) {
                peers.addTo(console, headers);
            }
            if (!settings.allowed().isEmpty()) {
                pipeline.addLast(allowList);
            }
            pipeline.addLast(limits);
            TlsSource tls = settings.tls();
            if (tls != null) {
                SslHandler handler = tls.get().newHandler(console.alloc());
                handler.setHandshakeTimeoutMillis(settings.handshake().toMillis());
                pipeline.addLast(handler);
                pipeline.addLast(
                        new CertificateGate(tls.check(), new CertificateCount(doorway.metrics())));
            }
            pipeline.addLast(new DeadlineHandler(settings.handshake()));
            pipeline.addLast(protocol.newHandler(doorway));
        }
    }
}
