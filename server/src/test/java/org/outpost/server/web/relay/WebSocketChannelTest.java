package org.outpost.server.web.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalIoHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class WebSocketChannelTest {
    private static final InetSocketAddress SOMEWHERE =
            InetSocketAddress.createUnresolved("192.0.2.1", 1);

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final Browser browser = new Browser();
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private WebSocketChannel channel;

    /** The other end: takes messages when the test says so. */
    private static final class Browser implements WebSocketLink {
        private final AtomicInteger demands = new AtomicInteger();
        private final AtomicInteger pings = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();
        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        private final List<Done> waiting = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void demand() {
            demands.incrementAndGet();
        }

        @Override
        public void send(ByteBuffer bytes, Done done) {
            sent.add(StandardCharsets.UTF_8.decode(bytes).toString());
            waiting.add(done);
        }

        @Override
        public void ping() {
            pings.incrementAndGet();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }

        void take() {
            waiting.removeFirst().done(null);
        }
    }

    @BeforeEach
    void open() throws Exception {
        channel = new WebSocketChannel(browser, SOMEWHERE, SOMEWHERE);
        channel.config().setAutoRead(false);
        EventLoop loop = group.next();
        loop.register(channel).sync();
        channel.pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                ByteBuf bytes = (ByteBuf) message;
                                read.add(bytes.toString(StandardCharsets.UTF_8));
                                bytes.release();
                            }
                        });
    }

    @AfterEach
    void close() throws Exception {
        channel.close().sync();
        group.shutdownGracefully().sync();
    }

    private ChannelFuture write(String text) {
        return channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private void settle() throws Exception {
        channel.eventLoop().submit(() -> {}).sync();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsAskedOfTheBrowserBeforeSomebodyReads() throws Exception {
        settle();
        assertThat(browser.demands).hasValue(0);
        channel.read();
        settle();
        assertThat(browser.demands).hasValue(1);
        channel.receive(bytes("keys"));
        settle();
        assertThat(read).containsExactly("keys");
        assertThat(browser.demands).hasValue(1);
    }

    @Test
    void withAutoReadEachPieceAsksForTheNext() throws Exception {
        channel.config().setAutoRead(true);
        settle();
        assertThat(browser.demands).hasValue(1);
        channel.receive(bytes("a"));
        channel.receive(bytes("b"));
        settle();
        assertThat(read).containsExactly("a", "b");
        assertThat(browser.demands).hasValue(3);
    }

    @Test
    void oneMessageIsUnderWayAtATime() throws Exception {
        ChannelFuture first = write("one");
        ChannelFuture second = write("two");
        write("three");
        settle();
        assertThat(browser.sent).containsExactly("one");
        assertThat(first.isDone()).isFalse();

        browser.take();
        await().until(() -> browser.sent.size() == 2);
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).isFalse();
        browser.take();
        await().until(() -> browser.sent.size() == 3);
        browser.take();
        settle();
        assertThat(browser.sent).containsExactly("one", "two", "three");
    }

    @Test
    void aStalledBrowserMakesTheChannelUnwritable() throws Exception {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
        for (int i = 0; i < 20; i++) {
            write("x".repeat(100));
        }
        settle();
        assertThat(channel.isWritable()).isFalse();
        assertThat(browser.sent).hasSize(1);
        for (int i = 1; i <= 20; i++) {
            int count = i;
            await().until(() -> browser.sent.size() == count);
            browser.take();
        }
        settle();
        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void whenTheBrowserIsGoneTheChannelCloses() throws Exception {
        ChannelFuture waiting = write("never taken");
        settle();
        channel.ended();
        channel.closeFuture().sync();
        await().until(waiting::isDone);
        assertThat(waiting.isSuccess()).isFalse();
        assertThat(browser.closes).hasValue(1);
        // What still comes is thrown away.
        channel.receive(bytes("late"));
        browser.take();
        settle();
        assertThat(read).isEmpty();
    }

    @Test
    void aMessageThatCannotBeSentClosesTheChannel() throws Exception {
        write("lost");
        settle();
        browser.waiting.removeFirst().done(new IOException("reset"));
        channel.closeFuture().sync();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void onlyBytesCanBeWritten() {
        assertThatThrownBy(() -> channel.writeAndFlush("text").sync())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
