package org.outpost.amt.redirection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;
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
    private final RedirectionConnector connector;
    private final RedirectionSettings settings;
    private final ConsentCheck consent;
    private final SecureRandom random = new SecureRandom();

    /**
     * A client of one device.
     *
     * @param connector the way to the device
     * @param settings deadlines and what is allowed
     * @param consent asked when the device does not allow a session
     */
    public RedirectionClient(
            RedirectionConnector connector, RedirectionSettings settings, ConsentCheck consent) {
        this.connector = connector;
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
        CompletableFuture<RedirectionChannel> opened = new CompletableFuture<>();
        CompletableFuture<Channel> connecting =
                connector.connect(pipeline -> stack(pipeline, kind, credentials));
        connecting.whenComplete(
                (channel, failure) -> {
                    if (failure == null) {
                        signIn(kind, channel, opened);
                    } else {
                        opened.completeExceptionally(ConnectFailures.explain(failure));
                    }
                });
        // The timer goes when the copy is done.
        opened.copy()
                .orTimeout(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((channel, failure) -> giveUp(opened, connecting, failure));
        return opened.exceptionallyCompose(failure -> explain(kind, failure));
    }

    private void stack(
            ChannelPipeline pipeline, RedirectionKind kind, RedirectionCredentials credentials) {
        boolean tls = pipeline.get(SslHandler.class) != null;
        SignInHandler signIn =
                new SignInHandler(
                        kind, credentials, tls && settings.clearTextPassword(), this::cnonce);
        pipeline.addLast(
                        RedirectionChannel.DECODER,
                        new MessageDecoder(new SessionFormat(signIn::expects)))
                .addLast(RedirectionChannel.ENCODER, new SessionEncoder())
                .addLast(RedirectionChannel.SIGN_IN, signIn);
    }

    private static void signIn(
            RedirectionKind kind, Channel channel, CompletableFuture<RedirectionChannel> opened) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> signIn(kind, channel, opened));
            return;
        }
        SignInHandler handler = channel.pipeline().get(SignInHandler.class);
        if (handler == null) {
            opened.completeExceptionally(
                    new RedirectionException(RedirectionFailure.CONNECTION_LOST));
            return;
        }
        handler.signedIn()
                .whenComplete(
                        (reply, failure) -> {
                            if (failure != null) {
                                opened.completeExceptionally(failure);
                            } else if (!opened.complete(
                                    new RedirectionChannel(kind, channel, reply))) {
                                channel.close();
                            }
                        });
        handler.start();
    }

    private static void giveUp(
            CompletableFuture<RedirectionChannel> opened,
            CompletableFuture<Channel> connecting,
            @Nullable Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return;
        }
        opened.completeExceptionally(new RedirectionException(RedirectionFailure.TIMED_OUT));
        connecting.thenAccept(Channel::close);
        connecting.cancel(false);
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
