package org.outpost.gateway.certificate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Stands right behind the TLS of a connection and lets nothing through, neither the news that the
 * handshake is over nor what the peer sends after it, until its {@link CertificateCheck} has
 * accepted the peer's certificate. Then it leaves the pipeline. Nothing is read meanwhile, so what
 * it holds is at most what had been read with the end of the handshake.
 */
public final class CertificateGate extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(CertificateGate.class);

    /** More than one read of a socket gives; who sends that much has gone round the stop. */
    private static final int MOST_HELD = 1 << 20;

    private final CertificateCheck check;
    private final Watcher watcher;
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private int heldBytes;
    private boolean holding;
    private boolean readComplete;
    private boolean readWanted;
    private boolean autoRead;

    /** Hears how it goes, on the connection's event loop. */
    public interface Watcher {
        /** It is our turn: the peer waits for the check. */
        void checking();

        /** The check has answered. */
        void checked();

        /**
         * The peer may not go on; the connection is closed next.
         *
         * @param verdict refused or unavailable
         */
        void turnedAway(CertificateVerdict verdict);
    }

    /** Makes the gate of one connection. */
    public CertificateGate(CertificateCheck check, Watcher watcher) {
        this.check = check;
        this.watcher = watcher;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent completion)) {
            ctx.fireUserEventTriggered(event);
        } else if (!completion.isSuccess()) {
            ctx.pipeline().remove(this);
            ctx.fireUserEventTriggered(event);
        } else {
            ask(ctx, completion);
        }
    }

    private void ask(ChannelHandlerContext ctx, SslHandshakeCompletionEvent completion) {
        List<X509Certificate> chain = shown(ctx);
        CompletableFuture<CertificateVerdict> answer = answer(chain);
        if (answer.isDone()) {
            answered(ctx, completion, chain, answer.join());
            return;
        }
        holding = true;
        autoRead = ctx.channel().config().isAutoRead();
        ctx.channel().config().setAutoRead(false);
        watcher.checking();
        answer.thenAcceptAsync(
                verdict -> {
                    if (holding && ctx.channel().isActive()) {
                        watcher.checked();
                        answered(ctx, completion, chain, verdict);
                    }
                },
                ctx.executor());
    }

    /** An answer in any case. */
    private CompletableFuture<CertificateVerdict> answer(List<X509Certificate> chain) {
        CompletableFuture<CertificateVerdict> asked;
        try {
            asked = check.check(chain).toCompletableFuture();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        return asked.exceptionally(
                failure -> {
                    Throwable cause =
                            failure instanceof CompletionException && failure.getCause() != null
                                    ? failure.getCause()
                                    : failure;
                    log.atError().setCause(cause).log("the check of a certificate failed");
                    return new CertificateVerdict.Unavailable("the check failed: " + cause);
                });
    }

    private void answered(
            ChannelHandlerContext ctx,
            SslHandshakeCompletionEvent completion,
            List<X509Certificate> chain,
            CertificateVerdict verdict) {
        switch (verdict) {
            case CertificateVerdict.Accepted() -> letThrough(ctx, completion);
            case CertificateVerdict.Refused(String reason) ->
                    turnAway(ctx, chain, verdict, "refused", reason);
            case CertificateVerdict.Unavailable(String reason) ->
                    turnAway(ctx, chain, verdict, "unavailable", reason);
        }
    }

    private void letThrough(ChannelHandlerContext ctx, SslHandshakeCompletionEvent completion) {
        boolean waited = holding;
        holding = false;
        if (waited && autoRead) {
            // Before the others hear anything: they may switch it off, and that is to last.
            ctx.channel().config().setAutoRead(true);
        }
        ctx.fireUserEventTriggered(completion);
        for (Object each = held.poll(); each != null; each = held.poll()) {
            ctx.fireChannelRead(each);
        }
        if (readComplete) {
            ctx.fireChannelReadComplete();
        }
        if (readWanted) {
            ctx.read();
        }
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private void turnAway(
            ChannelHandlerContext ctx,
            List<X509Certificate> chain,
            CertificateVerdict verdict,
            String word,
            String reason) {
        // Whatever comes now is thrown away until the connection is closed.
        holding = true;
        log.atInfo()
                .addKeyValue("address", ctx.channel().remoteAddress())
                .addKeyValue("verdict", word)
                .addKeyValue(
                        "subject",
                        chain.isEmpty() ? "none" : chain.getFirst().getSubjectX500Principal())
                .addKeyValue(
                        "serial",
                        chain.isEmpty() ? "none" : chain.getFirst().getSerialNumber().toString(16))
                .addKeyValue("reason", reason)
                .log("client certificate turned away");
        watcher.turnedAway(verdict);
        releaseHeld();
        ctx.close();
    }

    private static List<X509Certificate> shown(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        SSLSession session = tls.engine().getSession();
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : session.getPeerCertificates()) {
                if (each instanceof X509Certificate certificate) {
                    chain.add(certificate);
                }
            }
            return chain;
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!holding) {
            ctx.fireChannelRead(message);
            return;
        }
        heldBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 1;
        if (heldBytes > MOST_HELD || !ctx.channel().isActive()) {
            ReferenceCountUtil.release(message);
            ctx.close();
        } else {
            held.add(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (holding) {
            readComplete = true;
        } else {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (holding) {
            readWanted = true;
        } else {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releaseHeld();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releaseHeld();
    }

    private void releaseHeld() {
        for (Object each = held.poll(); each != null; each = held.poll()) {
            ReferenceCountUtil.release(each);
        }
        heldBytes = 0;
    }
}
