package org.outpost.amt.redirection.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.MessageDecoder;
import org.outpost.amt.redirection.codec.SessionEncoder;
import org.outpost.amt.redirection.codec.SessionFormat;
import org.outpost.amt.redirection.message.SessionMessage.StartSessionReply;
import org.outpost.amt.redirection.message.StartStatus;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One session of a console through this server to a device. The console starts it and signs in with
 * whatever it has; the session with the device is signed in with the device's credentials
 * (redirection.md §1.2). Then bytes pass, both ways, until one side ends. All of the start happens
 * on the console's loop.
 */
public final class GatewaySession {
    /** Tells consoles that know it that the session is recorded (redirection.md §1). */
    private static final byte RECORDING_MARKER = (byte) 0xF0;

    private final Channel console;
    private final RedirectionKind kind;
    private final RedirectionClient client;
    private final RedirectionCredentials credentials;
    private final GatewaySettings settings;
    private final Recorded recorded;
    private final Optional<RedirectionLeases.Lease> lease;
    private final GatewayListener listener;
    private final GatewayTraffic traffic = new GatewayTraffic();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConsoleHandler handler;
    private final MessageDecoder decoder;
    private final SessionEncoder encoder = new SessionEncoder();
    private @Nullable RedirectionChannel device;
    private @Nullable Future<?> deadline;
    private volatile @Nullable Pipe pipe;

    private GatewaySession(
            Channel console,
            RedirectionKind kind,
            RedirectionClient client,
            RedirectionCredentials credentials,
            GatewaySettings settings,
            Recorded recorded,
            Optional<RedirectionLeases.Lease> lease,
            GatewayListener listener) {
        this.console = console;
        this.kind = kind;
        this.client = client;
        this.credentials = credentials;
        this.settings = settings;
        this.recorded = recorded;
        this.lease = lease;
        this.listener = listener;
        this.handler = new ConsoleHandler(kind, new Steps());
        this.decoder = new MessageDecoder(new SessionFormat(handler::accepts));
    }

    /**
     * Serves a console.
     *
     * @param console carries the bytes that the console would exchange with port 16994; its user
     *     may do what the kind means, which was checked before
     * @param client of the device
     * @param credentials of the device
     * @param recorded whether the text of a SOL session is
     * @param lease of the only session of this kind; empty tells the console "busy"
     */
    public static GatewaySession start(
            Channel console,
            RedirectionKind kind,
            RedirectionClient client,
            RedirectionCredentials credentials,
            GatewaySettings settings,
            Recorded recorded,
            Optional<RedirectionLeases.Lease> lease,
            GatewayListener listener) {
        GatewaySession session =
                new GatewaySession(
                        console, kind, client, credentials, settings, recorded, lease, listener);
        if (console.eventLoop().inEventLoop()) {
            session.begin();
        } else {
            console.eventLoop().execute(session::begin);
        }
        return session;
    }

    private void begin() {
        console.pipeline().addLast(decoder, encoder, handler);
        deadline =
                console.eventLoop()
                        .schedule(
                                () -> end(GatewayEnd.START_TIMED_OUT),
                                settings.start().toNanos(),
                                TimeUnit.NANOSECONDS);
        console.config().setAutoRead(true);
        if (!console.isActive()) {
            end(GatewayEnd.CONSOLE_CLOSED);
        }
    }

    /** Bytes so far. */
    public GatewayTraffic traffic() {
        return traffic;
    }

    /** Ends it; only the first reason counts. On any thread. */
    public void end(GatewayEnd reason) {
        end(reason, null);
    }

    private void end(GatewayEnd reason, @Nullable RedirectionFailure failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        console.eventLoop().execute(this::closeBoth);
        lease.ifPresent(RedirectionLeases.Lease::close);
        listener.ended(reason, failure, traffic);
    }

    private void closeBoth() {
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        Pipe open = pipe;
        if (open != null) {
            open.close();
            return;
        }
        console.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        RedirectionChannel opened = device;
        if (opened != null) {
            opened.channel().close();
        }
    }

    private final class Steps implements ConsoleHandler.Opener {
        @Override
        public void open() {
            if (lease.isEmpty()) {
                refuse(StartStatus.BUSY);
                GatewaySession.this.end(GatewayEnd.BUSY);
                return;
            }
            client.open(kind, credentials)
                    .whenComplete(
                            (opened, failure) ->
                                    console.eventLoop()
                                            .execute(() -> deviceOpened(opened, failure)));
        }

        @Override
        public void pass() {
            GatewaySession.this.pass();
        }

        @Override
        public void end(GatewayEnd reason) {
            GatewaySession.this.end(reason);
        }
    }

    private void deviceOpened(@Nullable RedirectionChannel opened, @Nullable Throwable failure) {
        if (opened != null && over.get()) {
            opened.channel().close(); // the console has gone in the meantime
        } else if (opened != null) {
            device = opened;
            opened.channel().closeFuture().addListener(closed -> deviceClosed());
            ChannelHandlerContext ctx = console.pipeline().context(handler);
            if (ctx != null) {
                if (recorded.marker()) {
                    ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {RECORDING_MARKER}));
                }
                handler.opened(ctx, opened.reply());
            }
        } else {
            RedirectionFailure reason = causeOf(failure);
            refuse(statusOf(reason));
            end(GatewayEnd.NOT_OPENED, reason);
        }
    }

    private void deviceClosed() {
        if (pipe == null) {
            end(GatewayEnd.DEVICE_CLOSED);
        }
    }

    /** Some words for causes that the byte of the reply cannot tell go to the listener only. */
    private static int statusOf(RedirectionFailure reason) {
        return switch (reason) {
            case BUSY -> StartStatus.BUSY;
            case UNSUPPORTED -> StartStatus.UNSUPPORTED;
            case NOT_ALLOWED, CONSENT_MISSING -> StartStatus.NOT_ALLOWED;
            default -> StartStatus.ERROR;
        };
    }

    private void refuse(int status) {
        ChannelHandlerContext ctx = console.pipeline().context(handler);
        if (ctx != null) {
            ctx.writeAndFlush(StartSessionReply.refusal(status));
        }
    }

    private void pass() {
        RedirectionChannel opened = device;
        if (opened == null || over.get()) {
            return;
        }
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        Pipe made =
                new Pipe(kind, settings, traffic, recorded.tap(), console.eventLoop(), this::end);
        pipe = made;
        console.pipeline().addLast(made.consoleEnd());
        console.pipeline().remove(handler);
        console.pipeline().remove(encoder);
        // what it holds unread is for the device already
        console.pipeline().remove(decoder);
        opened.handOver(
                () -> {
                    made.deviceEnd().start();
                    console.eventLoop().execute(made.consoleEnd()::start);
                },
                new NoticeHandler(recorded.notice()),
                made.deviceEnd());
        listener.opened();
        made.watch();
    }

    private static RedirectionFailure causeOf(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof RedirectionException known) {
                return known.failure();
            }
        }
        return RedirectionFailure.CONNECTION_LOST;
    }
}
