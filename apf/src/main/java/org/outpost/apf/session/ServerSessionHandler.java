package org.outpost.apf.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.codec.ApfDecoder;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.codec.ProtocolError;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.ChannelMessage;
import org.outpost.apf.message.Disconnect;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.GlobalRequest;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.RequestFailure;
import org.outpost.apf.message.RequestSuccess;
import org.outpost.apf.message.ServiceAccept;
import org.outpost.apf.message.ServiceRequest;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UnknownGlobalRequest;
import org.outpost.apf.message.UserauthFailure;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.message.UserauthSuccess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Leads a session from PROTOCOLVERSION to running and to its end, in the server's role. */
final class ServerSessionHandler extends ChannelInboundHandlerAdapter {
    private static final int MAX_FAILURES = 3;

    private final ApfDecoder decoder;
    private final ReadHolds reads;
    private final ServerSessionPolicy policy;
    private final ServerKeepAliveHandler keepAlive;
    private final TunnelCloser closer = new TunnelCloser();
    private SessionState state = new SessionState.New();
    private @Nullable ChannelHandlerContext context;

    ServerSessionHandler(
            ApfDecoder decoder,
            ReadHolds reads,
            ServerSessionPolicy policy,
            ServerKeepAliveHandler keepAlive) {
        this.decoder = decoder;
        this.reads = reads;
        this.policy = policy;
        this.keepAlive = keepAlive;
    }

    private void enter(SessionState next) {
        state = next;
        decoder.setGate(next);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        decoder.setGate(state);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (state instanceof SessionState.Ended) {
            ReferenceCountUtil.release(msg);
            return;
        }
        switch (msg) {
            case ChannelMessage message -> ctx.fireChannelRead(message);
            case ProtocolVersion version -> onVersion(version);
            case ServiceRequest request -> onServiceRequest(ctx, request);
            case UserauthRequest request -> onUserauthRequest(ctx, request);
            case GlobalRequest request -> onGlobalRequest(ctx, request);
            case Disconnect disconnect -> {
                policy.peerDisconnected(disconnect.reason());
                close(ctx);
            }
            default -> ctx.fireChannelRead(msg);
        }
    }

    private void onVersion(ProtocolVersion version) {
        if (version.major() < 1) {
            throw new ApfProtocolException(
                    ProtocolError.UNSUPPORTED_VERSION,
                    "APF version " + version.major() + "." + version.minor() + " (expected: 1.0)");
        }
        if (state instanceof SessionState.New fresh) {
            enter(fresh.versioned(version));
            policy.versioned(version);
        }
    }

    private void onServiceRequest(ChannelHandlerContext ctx, ServiceRequest request) {
        boolean auth = request.service().equals(ApfConstants.AUTH_SERVICE);
        boolean pfwd = request.service().equals(ApfConstants.PFWD_SERVICE);
        if (!auth && !pfwd) {
            throw new ApfProtocolException(
                    ProtocolError.UNKNOWN_SERVICE,
                    "service of " + request.service().length() + " characters is not known");
        }
        switch (state) {
            case SessionState.Versioned versioned -> {
                if (auth) {
                    ctx.write(new ServiceAccept(request.service()));
                    enter(versioned.authentication());
                } else {
                    check(
                            ctx,
                            versioned.withoutUser(),
                            new UserauthRequest(
                                    "", request.service(), ApfConstants.METHOD_NONE, null),
                            false);
                }
            }
            case SessionState.Authenticated authenticated -> {
                if (auth) {
                    throw new ApfProtocolException(
                            ProtocolError.OUT_OF_TURN, "the authentication service, twice");
                }
                ctx.write(new ServiceAccept(request.service()));
                run(authenticated.running());
            }
            default -> ctx.write(new ServiceAccept(request.service()));
        }
    }

    private void run(SessionState.Running running) {
        enter(running);
        keepAlive.start();
    }

    private void onUserauthRequest(ChannelHandlerContext ctx, UserauthRequest request) {
        if (state instanceof SessionState.Authentication authentication) {
            check(ctx, authentication.checking(), request, true);
        }
    }

    private void check(
            ChannelHandlerContext ctx,
            SessionState.Checking checking,
            UserauthRequest request,
            boolean asked) {
        enter(checking);
        decoder.pause();
        reads.hold(ReadHolds.Reason.AUTHENTICATION);
        login(checking.version(), request)
                .whenComplete(
                        (result, failure) ->
                                ctx.executor()
                                        .execute(
                                                () ->
                                                        checked(
                                                                ctx, checking, result, failure,
                                                                asked)));
    }

    private CompletionStage<LoginResult> login(ProtocolVersion version, UserauthRequest request) {
        try {
            return policy.login(version, request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void checked(
            ChannelHandlerContext ctx,
            SessionState.Checking checking,
            @Nullable LoginResult result,
            @Nullable Throwable failure,
            boolean asked) {
        if (state != checking || !ctx.channel().isActive()) {
            return;
        }
        if (failure != null) {
            policy.loginFailed(failure);
        }
        switch (result) {
            case null -> {
                end(DisconnectReason.SERVICE_NOT_AVAILABLE);
                return;
            }
            case LoginResult.Accepted _ -> {
                if (!policy.accepted()) {
                    end(DisconnectReason.BY_APPLICATION);
                    return;
                }
                if (asked) {
                    ctx.write(new UserauthSuccess());
                    enter(checking.authenticated());
                } else {
                    ctx.write(new ServiceAccept(ApfConstants.PFWD_SERVICE));
                    run(checking.running());
                }
            }
            case LoginResult.Refused _ -> {
                if (!asked) {
                    // Without a certificate the request was out of turn (apf.md section 10).
                    end(DisconnectReason.PROTOCOL_ERROR);
                    return;
                }
                UserauthFailure answer = new UserauthFailure(ApfConstants.METHOD_PASSWORD, false);
                SessionState.Authentication next = checking.failed();
                if (next.failures() >= MAX_FAILURES) {
                    policy.attemptsExhausted();
                    closeAfter(ctx, answer);
                    return;
                }
                ctx.write(answer);
                enter(next);
            }
            case LoginResult.Ended ended -> {
                end(ended.reason());
                return;
            }
        }
        ctx.flush();
        policy.loginAnswered();
        decoder.resume();
        reads.release(ReadHolds.Reason.AUTHENTICATION);
    }

    private void onGlobalRequest(ChannelHandlerContext ctx, GlobalRequest request) {
        switch (request) {
            case TcpipForward forward -> {
                if (policy.forward(forward.address(), forward.port())) {
                    ctx.write(new RequestSuccess(forward.port()));
                    keepAlive.negotiate();
                } else {
                    ctx.write(new RequestFailure());
                }
            }
            case CancelTcpipForward cancel ->
                    ctx.write(
                            policy.cancelForward(cancel.port())
                                    ? new RequestSuccess(RequestSuccess.NO_PORT)
                                    : new RequestFailure());
            case UdpSendTo datagram -> {
                try {
                    policy.udpSendTo(datagram);
                } finally {
                    datagram.release();
                }
            }
            case UnknownGlobalRequest unknown -> {
                if (unknown.wantReply()) {
                    ctx.write(new RequestFailure());
                }
                // Its length is unknown, so nothing behind it can be read (section 2.7).
                throw new ApfProtocolException(
                        ProtocolError.UNKNOWN_REQUEST,
                        "global request of " + unknown.name().length() + " characters");
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closer.closed();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof ApfProtocolException error)) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        if (state instanceof SessionState.Ended) {
            return;
        }
        policy.protocolError(error);
        switch (error.error()) {
            case UNSUPPORTED_VERSION -> end(DisconnectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
            case UNKNOWN_SERVICE -> end(DisconnectReason.SERVICE_NOT_AVAILABLE);
            case UNKNOWN_METHOD ->
                    // The request's length is unknown, so nothing behind it can be read (2.4).
                    closeAfter(ctx, new UserauthFailure(ApfConstants.METHOD_PASSWORD, false));
            default -> {
                if (state instanceof SessionState.New) {
                    // Not APF at all: there is nobody who would understand a word (section 1.1).
                    close(ctx);
                } else {
                    end(DisconnectReason.PROTOCOL_ERROR);
                }
            }
        }
    }

    /** Ends the session with DISCONNECT. Later calls do nothing. */
    void end(DisconnectReason reason) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !(state instanceof SessionState.Ended)) {
            closeAfter(ctx, new Disconnect(reason));
        }
    }

    private void closeAfter(ChannelHandlerContext ctx, ApfMessage last) {
        enter(new SessionState.Ended());
        closer.closeAfter(ctx, last);
    }

    private void close(ChannelHandlerContext ctx) {
        enter(new SessionState.Ended());
        closer.close(ctx);
    }
}
