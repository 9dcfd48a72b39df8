package org.outpost.amt.redirection.signin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;
import org.outpost.amt.redirection.codec.ShortStrings;
import org.outpost.amt.redirection.message.AuthenticationMethod;
import org.outpost.amt.redirection.message.AuthenticationStatus;
import org.outpost.amt.redirection.message.MessageCode;
import org.outpost.amt.redirection.message.Octets;
import org.outpost.amt.redirection.message.SessionMessage;
import org.outpost.amt.redirection.message.StartStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

/** Starts a session and signs in: from 0x10 to the last 0x14 (redirection.md §1). */
public final class SignInHandler extends SimpleChannelInboundHandler<SessionMessage> {
    /** Best first; the password in clear is the last resort. */
    private static final List<Integer> PREFERENCE =
            List.of(
                    AuthenticationMethod.DIGEST,
                    AuthenticationMethod.OLD_DIGEST,
                    AuthenticationMethod.CLEAR_TEXT);

    private final RedirectionKind kind;
    private final RedirectionCredentials credentials;
    private final boolean clearTextAllowed;
    private final Supplier<String> cnonces;
    private final CompletableFuture<SessionMessage.StartSessionReply> signedIn =
            new CompletableFuture<>();
    private final List<Integer> untried = new ArrayList<>();
    private @Nullable ChannelHandlerContext context;
    private SignInState state = new SignInState.Connecting();
    private SessionMessage.@Nullable StartSessionReply started;

    /**
     * For one channel.
     *
     * @param kind of session
     * @param credentials of the device
     * @param clearTextAllowed whether method 1 may be used on this channel
     * @param cnonces makes 32 hexadecimal digits that cannot be guessed
     */
    public SignInHandler(
            RedirectionKind kind,
            RedirectionCredentials credentials,
            boolean clearTextAllowed,
            Supplier<String> cnonces) {
        this.kind = kind;
        this.credentials = credentials;
        this.clearTextAllowed = clearTextAllowed;
        this.cnonces = cnonces;
    }

    /** Done with the device's start reply, or failed with a {@link RedirectionException}. */
    public CompletableFuture<SessionMessage.StartSessionReply> signedIn() {
        return signedIn;
    }

    /** Whether a message of this type may come now; asked by the decoder. */
    public boolean expects(int type) {
        return state.expects() == type;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Begins, on the channel's loop; the channel is connected and, where needed, in TLS. */
    public void start() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        if (!ctx.channel().isActive()) {
            fail(ctx.channel(), failure(RedirectionFailure.CONNECTION_LOST, null));
        } else if (state instanceof SignInState.Connecting) {
            state = new SignInState.Starting();
            ctx.writeAndFlush(new SessionMessage.StartSession(kind));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, SessionMessage message)
            throws RedirectionException {
        switch (message) {
            case SessionMessage.StartSessionReply reply -> started(ctx, reply);
            case SessionMessage.AuthenticateReply reply -> answered(ctx, reply);
            default -> throw new IllegalStateException("not a message of the device: " + message);
        }
    }

    private void started(ChannelHandlerContext ctx, SessionMessage.StartSessionReply reply)
            throws RedirectionException {
        switch (reply.status()) {
            case StartStatus.SUCCESS -> {
                started = reply;
                state = new SignInState.Querying();
                send(ctx, AuthenticationMethod.QUERY, Octets.NONE);
            }
            case StartStatus.NOT_ALLOWED -> throw failure(RedirectionFailure.NOT_ALLOWED, null);
            case StartStatus.BUSY -> throw failure(RedirectionFailure.BUSY, null);
            case StartStatus.UNSUPPORTED -> throw failure(RedirectionFailure.UNSUPPORTED, null);
            default ->
                    throw failure(
                            RedirectionFailure.DEVICE_ERROR, "start status " + reply.status());
        }
    }

    private void answered(ChannelHandlerContext ctx, SessionMessage.AuthenticateReply reply)
            throws RedirectionException {
        switch (state) {
            case SignInState.Querying() -> methods(ctx, reply);
            case SignInState.Challenged waiting -> {
                if (reply.status() == AuthenticationStatus.FAILURE && reply.data().length() > 0) {
                    answer(ctx, waiting.digest(), waiting.method(), reply, true);
                } else {
                    // A success without a challenge would be a device that does not check.
                    refused(ctx, waiting.method(), reply);
                }
            }
            case SignInState.Answered waiting -> judged(ctx, waiting, reply);
            default -> throw new IllegalStateException("no reply is awaited in " + state);
        }
    }

    private void methods(ChannelHandlerContext ctx, SessionMessage.AuthenticateReply reply)
            throws RedirectionException {
        if (reply.status() != AuthenticationStatus.SUCCESS
                || reply.method() != AuthenticationMethod.QUERY) {
            throw failure(
                    RedirectionFailure.PROTOCOL_ERROR,
                    "status %d to the query of methods".formatted(reply.status()));
        }
        for (int method : PREFERENCE) {
            boolean allowed = method != AuthenticationMethod.CLEAR_TEXT || clearTextAllowed;
            if (allowed && reply.data().contains(method)) {
                untried.add(method);
            }
        }
        tryNext(ctx);
    }

    private void tryNext(ChannelHandlerContext ctx) throws RedirectionException {
        if (untried.isEmpty()) {
            throw failure(RedirectionFailure.NO_COMMON_METHOD, null);
        }
        int method = untried.removeFirst();
        DigestSignIn digest = new DigestSignIn(credentials, method);
        if (method == AuthenticationMethod.CLEAR_TEXT) {
            state = new SignInState.Answered(digest, method, "", false);
            send(ctx, method, ShortStrings.join(credentials.user(), credentials.password()));
        } else {
            state = new SignInState.Challenged(digest, method);
            send(ctx, method, digest.request());
        }
    }

    private void answer(
            ChannelHandlerContext ctx,
            DigestSignIn digest,
            int method,
            SessionMessage.AuthenticateReply reply,
            boolean again) {
        DigestSignIn.Challenge challenge = digest.challenge(reply.data());
        state = new SignInState.Answered(digest, method, challenge.nonce(), again);
        send(ctx, method, digest.answer(challenge, cnonces.get()));
    }

    private void judged(
            ChannelHandlerContext ctx,
            SignInState.Answered waiting,
            SessionMessage.AuthenticateReply reply)
            throws RedirectionException {
        if (reply.status() == AuthenticationStatus.SUCCESS && reply.method() == waiting.method()) {
            succeed(ctx);
        } else if (waiting.again() && isNewChallenge(waiting, reply)) {
            // The nonce may have grown old on the way; a second "no" is one.
            answer(ctx, waiting.digest(), waiting.method(), reply, false);
        } else {
            refused(ctx, waiting.method(), reply);
        }
    }

    private static boolean isNewChallenge(
            SignInState.Answered waiting, SessionMessage.AuthenticateReply reply) {
        return reply.status() == AuthenticationStatus.FAILURE
                && reply.data().length() > 0
                && !waiting.digest().challenge(reply.data()).nonce().equals(waiting.nonce());
    }

    private void refused(
            ChannelHandlerContext ctx, int method, SessionMessage.AuthenticateReply reply)
            throws RedirectionException {
        if (reply.status() == AuthenticationStatus.UNSUPPORTED) {
            tryNext(ctx);
        } else if (reply.status() == AuthenticationStatus.FAILURE) {
            throw failure(RedirectionFailure.WRONG_CREDENTIALS, null);
        } else {
            throw failure(
                    RedirectionFailure.PROTOCOL_ERROR,
                    "status %d, method %d in answer to method %d"
                            .formatted(reply.status(), reply.method(), method));
        }
    }

    private void succeed(ChannelHandlerContext ctx) {
        SessionMessage.StartSessionReply reply = started;
        if (reply == null) {
            throw new IllegalStateException("signed in before the session was started");
        }
        state = new SignInState.Finished();
        // Nothing is read before there is somebody who understands it.
        ctx.channel().config().setAutoRead(false);
        signedIn.complete(reply);
    }

    private static void send(ChannelHandlerContext ctx, int method, Octets data) {
        ctx.writeAndFlush(new SessionMessage.Authenticate(method, data));
    }

    private static RedirectionException failure(
            RedirectionFailure failure, @Nullable String detail) {
        return new RedirectionException(failure, detail, null);
    }

    private void fail(Channel channel, RedirectionException cause) {
        if (signedIn.completeExceptionally(cause)) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx.channel(), failure(RedirectionFailure.CONNECTION_LOST, stage()));
        ctx.fireChannelInactive();
    }

    private @Nullable String stage() {
        return state.expects() == MessageCode.AUTHENTICATE_REPLY ? "while signing in" : null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        RedirectionException failure =
                switch (cause) {
                    case RedirectionException known -> known;
                    case RedirectionProtocolException broken ->
                            new RedirectionException(
                                    RedirectionFailure.PROTOCOL_ERROR, broken.getMessage(), broken);
                    case SSLException tls ->
                            new RedirectionException(RedirectionFailure.TLS_FAILED, null, tls);
                    case DecoderException tls when tls.getCause() instanceof SSLException ->
                            new RedirectionException(RedirectionFailure.TLS_FAILED, null, tls);
                    default ->
                            new RedirectionException(
                                    RedirectionFailure.CONNECTION_LOST, null, cause);
                };
        if (signedIn.isDone()) {
            ctx.close();
        } else {
            fail(ctx.channel(), failure);
        }
    }
}
