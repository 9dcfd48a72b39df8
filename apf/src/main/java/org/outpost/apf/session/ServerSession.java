package org.outpost.apf.session;

import io.netty.channel.Channel;

import org.outpost.apf.channel.ApfMultiplexer;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.RoundTrip;
import org.outpost.apf.codec.ApfCodec;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.DisconnectReason;

import java.time.Duration;

/**
 * One APF session in the server's role: the handlers of its pipeline, put together.
 *
 * <p>In the order of what comes in: decoder, encoder, control backlog, keep-alive, session,
 * multiplexer.
 */
public final class ServerSession {
    private static final Duration CONTROL_PATIENCE = Duration.ofSeconds(10);

    private final Channel tunnel;
    private final ServerSessionHandler session;
    private final ServerKeepAliveHandler keepAlive;
    private final ApfMultiplexer multiplexer;

    /**
     * Adds the handlers to the end of a tunnel's pipeline, on its loop.
     *
     * @param tunnel the connection that a device opened, TLS already in its pipeline where wanted
     */
    public ServerSession(
            Channel tunnel,
            ApfLimits limits,
            KeepAliveSettings keepAliveSettings,
            MultiplexerSettings multiplexerSettings,
            ServerSessionPolicy policy,
            ChannelAcceptor acceptor,
            MultiplexerListener listener) {
        this.tunnel = tunnel;
        ApfCodec codec = new ApfCodec(limits, MessageGate.OPEN);
        ReadHolds reads = new ReadHolds(tunnel);
        RoundTrip roundTrip = new RoundTrip();
        this.keepAlive =
                new ServerKeepAliveHandler(
                        keepAliveSettings,
                        codec.decoder(),
                        roundTrip,
                        () -> {
                            policy.dead();
                            disconnect(DisconnectReason.CONNECTION_TIMED_OUT);
                        });
        this.session = new ServerSessionHandler(codec.decoder(), reads, policy, keepAlive);
        this.multiplexer = new ApfMultiplexer(multiplexerSettings, acceptor, listener, roundTrip);
        ControlBacklogHandler backlog =
                new ControlBacklogHandler(
                        reads,
                        CONTROL_PATIENCE,
                        () -> {
                            policy.controlBacklog();
                            tunnel.close();
                        });
        tunnel.pipeline()
                .addLast("apf-decoder", codec.decoder())
                .addLast("apf-encoder", codec.encoder())
                .addLast("apf-control-backlog", backlog)
                .addLast("apf-keep-alive", keepAlive)
                .addLast("apf-session", session)
                .addLast("apf-multiplexer", multiplexer);
    }

    /** Channels to the device. */
    public ApfMultiplexer multiplexer() {
        return multiplexer;
    }

    /** The keep-alive interval that the device confirmed, in seconds; 0 until it did. */
    public int keepAliveSeconds() {
        return keepAlive.intervalSeconds();
    }

    /** Sends DISCONNECT and closes. May be called from any thread; later calls do nothing. */
    public void disconnect(DisconnectReason reason) {
        if (tunnel.eventLoop().inEventLoop()) {
            session.end(reason);
        } else {
            tunnel.eventLoop().execute(() -> session.end(reason));
        }
    }
}
