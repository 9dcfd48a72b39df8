package org.outpost.amt.redirection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;

import org.outpost.amt.redirection.codec.MessageDecoder;
import org.outpost.amt.redirection.codec.SessionEncoder;
import org.outpost.amt.redirection.codec.SessionFormat;
import org.outpost.amt.redirection.signin.SignInHandler;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens redirection sessions with one device: connects, starts, signs in (redirection.md §1). */
public final class RedirectionClient {
    private final PortConnector connector;
    private final RedirectionTransport transport;
    private final RedirectionSettings settings;
    private final ConsentCheck consent;
    private final SecureRandom random = new SecureRandom();

    /**
     * A client of one device.
     *
     * @param connector the way to the device
     * @param transport plain or TLS
     * @param settings deadlines and what is allowed
     * @param consent asked when the device does not allow a session
     */
    public RedirectionClient(
            PortConnector connector,
            RedirectionTransport transport,
            RedirectionSettings settings,
            ConsentCheck consent) {
        this.connector = connector;
        this.transport = transport;
        this.settings = settings;
        this.consent = consent;
    }

    /**
     * Opens a session.
     *
     * @return the signed-in channel, completed on its event loop; or failed with a {@link
     *     RedirectionException}, the channel being closed then
     */
    public CompletableFuture<RedirectionChannel> open(
            RedirectionKind kind, RedirectionCredentials credentials) {
        boolean tls = transport instanceof RedirectionTransport.Tls;
        SignInHandler signIn =
                new SignInHandler(
                        kind, credentials, tls && settings.clearTextPassword(), this::cnonce);
        ChannelFuture connecting = connector.connect(transport.port(), initializer(signIn));
        Channel channel = connecting.channel();
        connecting.addListener(
                connected -> {
                    if (!connected.isSuccess()) {
                        signIn.fail(
                                channel,
                                new RedirectionException(
                                        RedirectionFailure.REFUSED, null, connected.cause()));
                    }
                });
        expire(channel, signIn);
        return signIn.signedIn()
                .thenApply(reply -> new RedirectionChannel(kind, channel, reply))
                .exceptionallyCompose(failure -> explain(kind, failure));
    }

    private ChannelHandler initializer(SignInHandler signIn) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                if (transport instanceof RedirectionTransport.Tls tls) {
                    pipeline.addLast(tls.handlers().apply(channel.alloc()));
                }
                pipeline.addLast(
                                RedirectionChannel.DECODER,
                                new MessageDecoder(new SessionFormat(signIn::expects)))
                        .addLast(RedirectionChannel.ENCODER, new SessionEncoder())
                        .addLast(RedirectionChannel.SIGN_IN, signIn);
            }
        };
    }

    private void expire(Channel channel, SignInHandler signIn) {
        // The timer goes when the copy is done; the channel may have no loop yet to hold one.
        signIn.signedIn()
                .copy()
                .orTimeout(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete(
                        (reply, failure) -> {
                            if (failure instanceof TimeoutException) {
                                giveUp(channel, signIn);
                            }
                        });
    }

    private static void giveUp(Channel channel, SignInHandler signIn) {
        RedirectionException timedOut = new RedirectionException(RedirectionFailure.TIMED_OUT);
        if (channel.isRegistered()) {
            channel.eventLoop().execute(() -> signIn.fail(channel, timedOut));
        } else {
            signIn.fail(channel, timedOut);
        }
    }

    private CompletionStage<RedirectionChannel> explain(RedirectionKind kind, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (!(failure instanceof RedirectionException known)
                || known.failure() != RedirectionFailure.NOT_ALLOWED) {
            return CompletableFuture.failedFuture(failure);
        }
        // The device has one status for "switched off" and "nobody consented" (wsman.md §8).
        return consent.isMissing(kind)
                .exceptionally(unknown -> false)
                .thenCompose(
                        missing ->
                                CompletableFuture.failedFuture(
                                        missing
                                                ? new RedirectionException(
                                                        RedirectionFailure.CONSENT_MISSING)
                                                : known));
    }

    private String cnonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
