package org.outpost.apf.session;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.codec.ApfDecoder;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelMessage;
import org.outpost.apf.message.Disconnect;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.GlobalRequest;
import org.outpost.apf.message.KeepaliveOptionsReply;
import org.outpost.apf.message.KeepaliveOptionsRequest;
import org.outpost.apf.message.KeepaliveReply;
import org.outpost.apf.message.KeepaliveRequest;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.RequestFailure;
import org.outpost.apf.message.RequestSuccess;
import org.outpost.apf.message.ServiceAccept;
import org.outpost.apf.message.ServiceRequest;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UserauthFailure;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.message.UserauthSuccess;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Leads a session in the device's role: signs in, forwards its ports, keeps alive (section 11). */
final class DeviceSessionHandler extends ChannelInboundHandlerAdapter {
    /** Before the login is accepted the server has little to say. */
    private static final MessageGate SIGNING_IN =
            type ->
                    switch (type) {
                        case MessageType.PROTOCOLVERSION,
                                MessageType.SERVICE_ACCEPT,
                                MessageType.USERAUTH_SUCCESS,
                                MessageType.USERAUTH_FAILURE,
                                MessageType.DISCONNECT ->
                                true;
                        default -> false;
                    };

    private static final MessageGate RUNNING =
            type ->
                    switch (type) {
                        case MessageType.SERVICE_REQUEST,
                                MessageType.USERAUTH_REQUEST,
                                MessageType.USERAUTH_SUCCESS,
                                MessageType.USERAUTH_FAILURE,
                                MessageType.PROTOCOLVERSION,
                                MessageType.GLOBAL_REQUEST,
                                MessageType.KEEPALIVE_OPTIONS_REPLY ->
                                false;
                        default -> MessageType.isKnown(type);
                    };

    private final DeviceSessionSettings settings;
    private final ApfDecoder decoder;
    private final Promise<Void> running;
    private final ArrayDeque<Integer> unannounced;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> keepAlive;
    private int cookie;
    private long intervalSeconds;
    private boolean greeted;
    private boolean ended;

    DeviceSessionHandler(
            DeviceSessionSettings settings, ApfDecoder decoder, Promise<Void> running) {
        this.settings = settings;
        this.decoder = decoder;
        this.running = running;
        this.unannounced = new ArrayDeque<>(settings.ports());
        this.intervalSeconds = settings.keepAliveInterval().toSeconds();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        decoder.setGate(SIGNING_IN);
        if (ctx.channel().isActive()) {
            greet(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        greet(ctx);
        ctx.fireChannelActive();
    }

    private void greet(ChannelHandlerContext ctx) {
        if (greeted) {
            return;
        }
        greeted = true;
        ctx.write(settings.version());
        ctx.writeAndFlush(new ServiceRequest(ApfConstants.AUTH_SERVICE));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended) {
            ReferenceCountUtil.release(msg);
            return;
        }
        switch (msg) {
            case ChannelMessage message -> ctx.fireChannelRead(message);
            case ServiceAccept accept -> onServiceAccept(ctx, accept);
            case UserauthSuccess _ -> {
                decoder.setGate(RUNNING);
                ctx.write(new ServiceRequest(ApfConstants.PFWD_SERVICE));
            }
            case UserauthFailure _ -> {
                // Some servers send a byte too many, so the rest is not read (apf.md section 2.5).
                ended = true;
                fail("the server refused user name or password", SessionEndedException.NO_REASON);
                ctx.close();
            }
            case RequestSuccess _, RequestFailure _ -> announceNext(ctx);
            case KeepaliveRequest request -> ctx.write(new KeepaliveReply(request.cookie()));
            case KeepaliveOptionsRequest request -> adopt(ctx, request);
            case Disconnect disconnect -> {
                fail(
                        "the server sent DISCONNECT, reason " + disconnect.reason(),
                        disconnect.reason());
                ended = true;
                ctx.close();
            }
            // Some servers echo the version; replies to our keep-alives need no action.
            case ProtocolVersion _, KeepaliveReply _ -> {}
            default -> ReferenceCountUtil.release(msg);
        }
    }

    private void onServiceAccept(ChannelHandlerContext ctx, ServiceAccept accept) {
        if (accept.service().equals(ApfConstants.AUTH_SERVICE)) {
            ctx.write(
                    new UserauthRequest(
                            settings.username(),
                            ApfConstants.PFWD_SERVICE,
                            ApfConstants.METHOD_PASSWORD,
                            settings.password()));
        } else {
            scheduleKeepAlive(ctx);
            announceNext(ctx);
        }
    }

    private void announceNext(ChannelHandlerContext ctx) {
        Integer port = unannounced.poll();
        if (port != null) {
            ctx.write(new TcpipForward(true, settings.address(), port));
        } else {
            running.trySuccess(null);
        }
    }

    private void adopt(ChannelHandlerContext ctx, KeepaliveOptionsRequest request) {
        long asked = Integer.toUnsignedLong(request.intervalSeconds());
        if (asked > 0) {
            intervalSeconds = asked;
            scheduleKeepAlive(ctx);
        }
        ctx.write(new KeepaliveOptionsReply((int) intervalSeconds, request.timeoutSeconds()));
    }

    private void scheduleKeepAlive(ChannelHandlerContext ctx) {
        cancelKeepAlive();
        keepAlive =
                ctx.executor()
                        .scheduleAtFixedRate(
                                () -> ctx.writeAndFlush(new KeepaliveRequest(cookie++)),
                                intervalSeconds,
                                intervalSeconds,
                                TimeUnit.SECONDS);
    }

    private void cancelKeepAlive() {
        Future<?> planned = keepAlive;
        keepAlive = null;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelKeepAlive();
        fail("the connection ended", SessionEndedException.NO_REASON);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelKeepAlive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ApfProtocolException error) {
            if (ended) {
                return;
            }
            running.tryFailure(error);
            end(DisconnectReason.PROTOCOL_ERROR);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void fail(String message, int reason) {
        cancelKeepAlive();
        running.tryFailure(new SessionEndedException(message, reason));
    }

    void send(GlobalRequest request) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.writeAndFlush(request);
        }
    }

    void end(DisconnectReason reason) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !ended) {
            ended = true;
            ctx.writeAndFlush(new Disconnect(reason)).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
