package org.outpost.amt.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.DeviceText;

import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Behind TLS: judges the device's certificate before anything is said to it. The first one that is
 * seen is put on record; another one later is refused, or told and accepted.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
    private final String device;
    private final PinPolicy policy;
    private final PinStore pins;
    private final PinListener listener;
    private final CompletableFuture<Channel> ready;

    TlsGate(
            String device,
            PinPolicy policy,
            PinStore pins,
            PinListener listener,
            CompletableFuture<Channel> ready) {
        this.device = device;
        this.policy = policy;
        this.pins = pins;
        this.listener = listener;
        this.ready = ready;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                look(ctx);
            } else {
                fail(ctx, tlsFailed(handshake.cause()));
            }
        }
        super.userEventTriggered(ctx, event);
    }

    private static AmtFailure tlsFailed(@Nullable Throwable cause) {
        String reason = cause == null ? null : cause.getMessage();
        return new AmtFailure.TlsFailed(
                reason == null ? "the device ended the handshake" : DeviceText.escape(reason));
    }

    private void look(ChannelHandlerContext ctx) {
        CertificatePin seen;
        try {
            Certificate[] chain =
                    ctx.pipeline()
                            .get(SslHandler.class)
                            .engine()
                            .getSession()
                            .getPeerCertificates();
            seen = CertificatePin.of((X509Certificate) chain[0]);
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            fail(ctx, new AmtFailure.TlsFailed("the device showed no certificate"));
            return;
        }
        pins.find(device)
                .whenComplete(
                        (known, error) ->
                                ctx.executor()
                                        .execute(
                                                () -> {
                                                    if (known == null) {
                                                        fail(ctx, noRecord());
                                                    } else {
                                                        judge(ctx, known, seen);
                                                    }
                                                }));
    }

    private static AmtFailure noRecord() {
        return new AmtFailure.TlsFailed("the record of known certificates cannot be read");
    }

    private void judge(
            ChannelHandlerContext ctx, Optional<CertificatePin> known, CertificatePin seen) {
        if (known.isPresent() && known.get().sha256().equals(seen.sha256())) {
            pass(ctx);
            return;
        }
        if (known.isPresent()) {
            boolean accepted = policy == PinPolicy.WARN;
            listener.certificateChanged(device, known.get(), seen, accepted);
            if (!accepted) {
                fail(ctx, new AmtFailure.CertificateChanged(known.get().sha256(), seen.sha256()));
                return;
            }
        }
        pins.remember(device, seen)
                .whenComplete(
                        (done, error) ->
                                ctx.executor()
                                        .execute(
                                                () -> {
                                                    if (error == null) {
                                                        pass(ctx);
                                                    } else {
                                                        fail(ctx, noRecord());
                                                    }
                                                }));
    }

    private void pass(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive() && ready.complete(ctx.channel())) {
            ctx.pipeline().remove(this);
        } else {
            fail(ctx, new AmtFailure.ConnectionLost(false));
        }
    }

    private void fail(ChannelHandlerContext ctx, AmtFailure failure) {
        ready.completeExceptionally(new AmtException(failure));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ready.completeExceptionally(
                new AmtException(
                        new AmtFailure.TlsFailed("the device ended the connection before it")));
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable inner = cause.getCause() == null ? cause : cause.getCause();
        fail(ctx, tlsFailed(inner));
    }
}
