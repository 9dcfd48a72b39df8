package org.outpost.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.support.LoopbackListener;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

class StreamHandlerTest {
    @Test
    void echoSendsEveryByteBack() {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamHandler());

        channel.writeInbound(text("EC"), text("HO\nfirst"), text(" second\n"));

        assertThat(output(channel)).isEqualTo("first second\n");
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    @Test
    void sourceSendsThePatternAndThenListensAgain() {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamHandler());

        channel.writeInbound(text("source 100000\r\n"));
        ByteBuf sent = drain(channel);
        channel.writeInbound(text("SOURCE 3\n"));
        ByteBuf again = drain(channel);

        assertThat(sent.readableBytes()).isEqualTo(100_000);
        assertThat(StreamPattern.mismatch(sent, 0)).isEqualTo(-1);
        assertThat(again.readableBytes()).isEqualTo(3);
        sent.release();
        again.release();
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    @Test
    void sinkSwallowsAndAnswersCountAndChecksum() {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamHandler());

        channel.writeInbound(text("SINK 9\n1234"), text("56789SINK 0\n"));

        assertThat(output(channel)).isEqualTo("DONE 9 cbf43926\nDONE 0 00000000\n");
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELLO\n",
                "\n",
                "ECHO 5\n",
                "SOURCE -1\n",
                "SOURCE x\n",
                "SINK 1 2\n",
                "SINK 99999999999999999999\n",
                "SOURCE\u0000\n",
                "\u0010",
                "ECHOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO"
            })
    void anythingElseIsAnErrorAndAClose(String line) {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamHandler());

        channel.writeInbound(text(line));
        channel.runPendingTasks();

        assertThat(output(channel)).isEqualTo("ERROR\n");
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    @Test
    void bytesDuringASourceAreAnError() {
        EmbeddedChannel channel = new EmbeddedChannel(new StreamHandler());

        channel.writeInbound(text("SOURCE\nSINK\n"));
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void aConsoleThatDoesNotReadStopsTheSource() throws IOException {
        CompletableFuture<Channel> serving = new CompletableFuture<>();
        try (LoopbackListener listener = new LoopbackListener(initializer(serving));
                Socket console = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            console.getOutputStream().write("SOURCE 8000000\n".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !serving.join().isWritable());
            assertThat(serving.join().bytesBeforeWritable()).isLessThan(512 * 1024);

            InputStream input = console.getInputStream();
            byte[] piece = new byte[64 * 1024];
            long position = 0;
            while (position < 8_000_000) {
                int length = input.read(piece);
                assertThat(length).isPositive();
                assertThat(
                                StreamPattern.mismatch(
                                        Unpooled.wrappedBuffer(piece, 0, length), position))
                        .isEqualTo(-1);
                position += length;
            }
            assertThat(position).isEqualTo(8_000_000);
        }
    }

    @Test
    void aConsoleThatDoesNotReadStopsTheEcho() throws IOException {
        CompletableFuture<Channel> serving = new CompletableFuture<>();
        try (LoopbackListener listener = new LoopbackListener(initializer(serving));
                Socket console = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            byte[] piece = new byte[64 * 1024];
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            console.getOutputStream()
                                                    .write(
                                                            "ECHO\n"
                                                                    .getBytes(
                                                                            StandardCharsets
                                                                                    .US_ASCII));
                                            for (int i = 0; i < 200; i++) {
                                                console.getOutputStream().write(piece);
                                            }
                                        } catch (IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            await().until(
                            () ->
                                    !serving.join().isWritable()
                                            && !serving.join().config().isAutoRead());

            console.getInputStream().skipNBytes(200L * piece.length);
            await().until(() -> !writer.isAlive());
            await().until(
                            () ->
                                    serving.join().isWritable()
                                            && serving.join().config().isAutoRead());
        }
    }

    private static ChannelInitializer<Channel> initializer(CompletableFuture<Channel> serving) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new StreamHandler());
                serving.complete(channel);
            }
        };
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String output(EmbeddedChannel channel) {
        ByteBuf all = drain(channel);
        String text = all.toString(StandardCharsets.US_ASCII);
        all.release();
        return text;
    }

    private static ByteBuf drain(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        channel.runPendingTasks();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return all;
    }
}
