package org.outpost.apf.session;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.outpost.apf.channel.ApfMultiplexer;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.RoundTrip;
import org.outpost.apf.codec.ApfCodec;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.GlobalRequest;

import java.time.Duration;

/** One APF session in the device's role: what the simulator's devices speak. */
public final class DeviceSession {
    private static final Duration CONTROL_PATIENCE = Duration.ofSeconds(10);

    private final Channel tunnel;
    private final DeviceSessionHandler session;
    private final ApfMultiplexer multiplexer;
    private final Promise<Void> running;

    /**
     * Adds the handlers to the end of a tunnel's pipeline, on its loop. The device speaks first, as
     * soon as the channel is active.
     *
     * @param acceptor decides on the channels that the server opens
     */
    public DeviceSession(
            Channel tunnel,
            ApfLimits limits,
            DeviceSessionSettings settings,
            MultiplexerSettings multiplexerSettings,
            ChannelAcceptor acceptor,
            MultiplexerListener listener) {
        this.tunnel = tunnel;
        this.running = tunnel.eventLoop().newPromise();
        ApfCodec codec = new ApfCodec(limits, MessageGate.OPEN);
        ReadHolds reads = new ReadHolds(tunnel);
        this.session = new DeviceSessionHandler(settings, codec.decoder(), running);
        this.multiplexer =
                new ApfMultiplexer(multiplexerSettings, acceptor, listener, new RoundTrip());
        tunnel.pipeline()
                .addLast("apf-decoder", codec.decoder())
                .addLast("apf-encoder", codec.encoder())
                .addLast(
                        "apf-control-backlog",
                        new ControlBacklogHandler(reads, CONTROL_PATIENCE, tunnel::close))
                .addLast("apf-session", session)
                .addLast("apf-multiplexer", multiplexer);
    }

    /**
     * Succeeds when all ports were announced; fails with {@link SessionEndedException} or {@link
     * org.outpost.apf.codec.ApfProtocolException}.
     */
    public Future<Void> running() {
        return running;
    }

    /** Channels from and to the server. */
    public ApfMultiplexer multiplexer() {
        return multiplexer;
    }

    /** Announces or cancels a port, or asks for a datagram, at run time. From any thread. */
    public void send(GlobalRequest request) {
        tunnel.eventLoop().execute(() -> session.send(request));
    }

    /** Sends DISCONNECT and closes. From any thread; later calls do nothing. */
    public void disconnect(DisconnectReason reason) {
        tunnel.eventLoop().execute(() -> session.end(reason));
    }
}
