package org.outpost.amt.wsman.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.TlsContexts;
import org.outpost.amt.connection.TransportChoice;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakePins;
import org.outpost.amt.fake.VirtualLoop;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLException;

/** One exchange, with the device's bytes cut anywhere, ended anywhere, or said twice. */
final class AnyCutTest {
    private static final String CHALLENGE =
            "HTTP/1.1 401 Unauthorized\r\n"
                    + "WWW-Authenticate: Digest realm=\"Digest:F3EB\","
                    + " nonce=\"XHwL\",stale=\"false\",qop=\"auth\"\r\n"
                    + "Content-Length: 4\r\n\r\n"
                    + "no!!";
    private static final String FIXED =
            "HTTP/1.1 200 OK\r\nServer: Intel(R) Active Management Technology"
                    + " 12.0.67\r\nContent-Length: 11\r\n\r\n<envelope/>";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding:"
                    + " chunked\r\n\r\n4\r\n<env\r\n7\r\nelope/>\r\n0\r\n\r\n";
    private static final String TILL_CLOSE =
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<envelope/>";

    private static final ConnectionSettings PLAIN =
            ConnectionSettings.DEFAULT.with(TransportChoice.PLAIN);
    private static final SslContext UNUSED = tls();

    private final VirtualLoop loop = new VirtualLoop();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final HttpSession session;

    private static SslContext tls() {
        try {
            return TlsContexts.client(PLAIN);
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    AnyCutTest() {
        session =
                new HttpSession(
                        new DeviceConnector(
                                "device",
                                (port, handler) -> {
                                    EmbeddedChannel channel = new EmbeddedChannel(handler);
                                    channels.add(channel);
                                    return channel.newSucceededFuture();
                                },
                                PLAIN,
                                UNUSED,
                                new FakePins(),
                                (device, known, seen, accepted) -> {}),
                        new Credentials("admin", "P@ssw0rd"),
                        HttpSettings.of("device"),
                        loop,
                        new SecureRandom());
    }

    private EmbeddedChannel last() {
        return channels.get(channels.size() - 1);
    }

    private void run() {
        for (int i = 0; i < 4; i++) {
            loop.run();
            channels.forEach(EmbeddedChannel::runPendingTasks);
        }
    }

    private CompletableFuture<HttpAnswer> post(boolean repeatable) {
        CompletableFuture<HttpAnswer> answer =
                session.post("<get/>".getBytes(StandardCharsets.UTF_8), repeatable);
        run();
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void say(byte[] bytes) {
        last().writeInbound(Unpooled.copiedBuffer(bytes));
        run();
    }

    /** What the client has written, released. */
    private String heard(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (Object one = channel.readOutbound(); one != null; one = channel.readOutbound()) {
            text.append(((ByteBuf) one).toString(StandardCharsets.UTF_8));
            ReferenceCountUtil.release(one);
        }
        return text.toString();
    }

    private void finish() {
        channels.forEach(
                channel -> {
                    heard(channel);
                    channel.finishAndReleaseAll();
                });
    }

    @Property(tries = 300)
    void anyCutReadsTheSame(
            @ForAll @IntRange(min = 1, max = 60) int cut,
            @ForAll @IntRange(min = 0, max = 2) int form) {
        AnyCutTest one = new AnyCutTest();
        String answer = List.of(FIXED, CHUNKED, TILL_CLOSE).get(form);
        CompletableFuture<HttpAnswer> result = one.post(true);
        for (byte[] piece : cut(CHALLENGE, cut)) {
            one.say(piece);
        }
        assertThat(one.heard(one.last())).contains("authorization: Digest username=\"admin\"");
        for (byte[] piece : cut(answer, cut)) {
            one.say(piece);
        }
        if (form == 2) {
            one.last().close();
            one.run();
        }

        assertThat(result).isCompleted();
        assertThat(new String(result.join().body(), StandardCharsets.UTF_8))
                .isEqualTo("<envelope/>");
        one.finish();
    }

    private static List<byte[]> cut(String text, int size) {
        byte[] bytes = bytes(text);
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        return pieces;
    }

    @Property(tries = 200)
    void aReadIsSentOnceMoreWhereverTheConnectionEnds(
            @ForAll @IntRange(min = 0, max = 110) int end, @ForAll boolean repeatable) {
        AnyCutTest one = new AnyCutTest();
        CompletableFuture<HttpAnswer> result = one.post(repeatable);
        byte[] whole = bytes(FIXED);
        one.say(Arrays.copyOf(whole, Math.min(end, whole.length - 1)));
        one.last().close();
        one.run();

        if (repeatable) {
            assertThat(one.channels).hasSize(2);
            one.say(whole);
            assertThat(result).isCompleted();
        } else {
            assertThat(one.channels).hasSize(1);
            assertThat(AmtException.failureOf(result.exceptionNow()))
                    .contains(new AmtFailure.ConnectionLost(true));
        }
        one.finish();
    }

    @Test
    void aDeviceThatAnswersTwiceLosesTheConnectionAndNothingElse() {
        CompletableFuture<HttpAnswer> result = post(true);
        say(bytes(FIXED + FIXED));

        assertThat(result).isCompleted();
        assertThat(last().isActive()).isFalse();
        CompletableFuture<HttpAnswer> next = post(true);
        assertThat(channels).hasSize(2);
        say(bytes(CHUNKED));
        assertThat(next).isCompleted();
        finish();
    }

    @Test
    void aConnectionThatTheDeviceWillCloseIsNotUsedAgain() {
        post(true);
        last().pipeline()
                .addFirst(
                        new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                                // as TLS, which says goodbye first
                            }
                        });
        say(bytes(FIXED.replace("Server:", "Connection: close\r\nServer:")));

        post(false);

        assertThat(channels).hasSize(2);
        assertThat(heard(last())).contains("<get/>");
        channels.get(0).pipeline().removeFirst();
        finish();
    }

    @Test
    void whatIsNoHttpIsRefused() {
        CompletableFuture<HttpAnswer> result = post(true);
        say(bytes("SSH-2.0-whatever\r\n\r\n"));

        assertThat(AmtException.failureOf(result.exceptionNow()).orElseThrow())
                .isInstanceOf(AmtFailure.ProtocolError.class);
        assertThat(last().isActive()).isFalse();
        finish();
    }

    @Test
    void anAnswerWithoutEndIsRefusedAtTheLimit() {
        CompletableFuture<HttpAnswer> result = post(true);
        say(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"));

        assertThat(AmtException.failureOf(result.exceptionNow()).orElseThrow())
                .isInstanceOf(AmtFailure.ProtocolError.class);
        finish();
    }

    @Test
    void headersWithoutEndAreRefused() {
        CompletableFuture<HttpAnswer> result = post(true);
        say(bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(9000)));

        assertThat(AmtException.failureOf(result.exceptionNow()).orElseThrow())
                .isInstanceOf(AmtFailure.ProtocolError.class);
        finish();
    }
}
