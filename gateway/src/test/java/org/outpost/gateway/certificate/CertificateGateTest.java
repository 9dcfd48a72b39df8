package org.outpost.gateway.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The gate on a channel whose TLS is only looked at for the peer's certificate. */
final class CertificateGateTest {
    private final List<String> heard = new ArrayList<>();
    private final List<String> arrived = new ArrayList<>();
    private final CompletableFuture<CertificateVerdict> answer = new CompletableFuture<>();
    private int asked;
    private final EmbeddedChannel channel =
            channel(
                    chain -> {
                        asked++;
                        assertThat(chain).isEmpty();
                        return answer;
                    });

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whoIsAcceptedAtOncePassesWithoutAStop() {
        answer.complete(new CertificateVerdict.Accepted());

        handshakeEnds();

        assertThat(arrived).containsExactly("secured");
        assertThat(heard).isEmpty();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.pipeline().get(CertificateGate.class)).isNull();
    }

    @Test
    void whatThePeerSendsMeanwhileComesAfterTheNewsOfTls() {
        handshakeEnds();
        send("one");
        send("two");
        assertThat(arrived).isEmpty();
        assertThat(heard).containsExactly("checking");
        assertThat(channel.config().isAutoRead()).isFalse();

        answer.complete(new CertificateVerdict.Accepted());
        channel.runPendingTasks();

        assertThat(arrived).containsExactly("secured", "one", "two", "read complete");
        assertThat(heard).containsExactly("checking", "checked");
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(channel.pipeline().get(CertificateGate.class)).isNull();
        send("three");
        assertThat(arrived).endsWith("three", "read complete");
        assertThat(asked).isEqualTo(1);
    }

    /** As sessions do that hold their peer back: a gate that left must not let it go on. */
    @Test
    void whoStopsReadingWhenItHearsTheFirstMessageStaysStopped() {
        channel.pipeline()
                .addAfter(
                        channel.pipeline().context(CertificateGate.class).name(),
                        null,
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ctx.channel().config().setAutoRead(false);
                                ctx.fireChannelRead(message);
                            }
                        });
        handshakeEnds();
        send("one");

        answer.complete(new CertificateVerdict.Accepted());
        channel.runPendingTasks();

        assertThat(arrived).startsWith("secured", "one");
        assertThat(channel.config().isAutoRead()).isFalse();
    }

    @Test
    void whoIsRefusedIsClosedAndNothingOfItArrives() {
        handshakeEnds();
        ByteBuf held = send("one");

        answer.complete(new CertificateVerdict.Refused("revoked"));
        channel.runPendingTasks();

        assertThat(arrived).isEmpty();
        assertThat(heard).containsExactly("checking", "checked", "Refused[reason=revoked]");
        assertThat(channel.isActive()).isFalse();
        assertThat(held.refCnt()).isZero();
    }

    @Test
    void whoIsRefusedAtOnceIsClosed() {
        answer.complete(new CertificateVerdict.Refused("revoked"));

        ChannelHandlerContext tls = channel.pipeline().context("tls");
        tls.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        ByteBuf late = Unpooled.copiedBuffer("late", StandardCharsets.US_ASCII);
        tls.fireChannelRead(late);

        assertThat(arrived).isEmpty();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aCheckThatFailsIsUnavailable() {
        handshakeEnds();

        answer.completeExceptionally(new IllegalStateException("broken"));
        channel.runPendingTasks();

        assertThat(arrived).isEmpty();
        assertThat(heard).last().asString().startsWith("Unavailable");
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whoLeavesMeanwhileLeavesNothingBehind() {
        handshakeEnds();
        ByteBuf held = send("one");

        channel.close();
        assertThat(held.refCnt()).isZero();

        answer.complete(new CertificateVerdict.Accepted());
        channel.runPendingTasks();
        assertThat(arrived).isEmpty();
        assertThat(heard).containsExactly("checking");
    }

    @Test
    void aFailedHandshakeIsNotAskedAbout() {
        channel.pipeline()
                .context("tls")
                .fireUserEventTriggered(
                        new SslHandshakeCompletionEvent(new SSLException("no suites in common")));

        assertThat(asked).isZero();
        assertThat(arrived).containsExactly("failed");
    }

    @Test
    void whoSendsWithoutEndIsClosed() {
        handshakeEnds();
        byte[] much = new byte[64 * 1024];
        for (int i = 0; i < 20 && channel.isActive(); i++) {
            channel.pipeline().context("tls").fireChannelRead(Unpooled.wrappedBuffer(much));
        }

        assertThat(channel.isActive()).isFalse();
    }

    private void handshakeEnds() {
        channel.pipeline()
                .context("tls")
                .fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
    }

    private ByteBuf send(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        ChannelHandlerContext tls = channel.pipeline().context("tls");
        tls.fireChannelRead(bytes);
        tls.fireChannelReadComplete();
        return bytes;
    }

    private EmbeddedChannel channel(CertificateCheck check) {
        EmbeddedChannel made = new EmbeddedChannel();
        made.pipeline().addLast("tls", new Idle(engine()));
        made.pipeline().addLast(new CertificateGate(check, new Recorder()));
        made.pipeline().addLast(new End());
        return made;
    }

    private static SSLEngine engine() {
        try {
            var engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS that does nothing: the test says what comes out of it. */
    private static final class Idle extends SslHandler {
        Idle(SSLEngine engine) {
            super(engine);
            setHandshakeTimeoutMillis(0);
        }

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            ctx.close(promise);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ctx.fireChannelInactive();
        }
    }

    private final class Recorder implements CertificateGate.Watcher {
        @Override
        public void checking() {
            heard.add("checking");
        }

        @Override
        public void checked() {
            heard.add("checked");
        }

        @Override
        public void turnedAway(CertificateVerdict verdict) {
            heard.add(verdict.toString());
        }
    }

    private final class End extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                arrived.add(completion.isSuccess() ? "secured" : "failed");
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            arrived.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            arrived.add("read complete");
        }
    }
}
