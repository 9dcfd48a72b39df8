package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class OutboundChunkTest {
    private static final String END = "0\r\n\r\n";

    /** An outbound buffer in which these messages were flushed. */
    private static final class Queue implements AutoCloseable {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final ChannelOutboundBuffer buffer =
                Objects.requireNonNull(channel.unsafe().outboundBuffer());
        private final RemoteWindow window;

        Queue(long initialWindow, String... messages) {
            window = new RemoteWindow(initialWindow);
            for (String message : messages) {
                add(message);
            }
        }

        void add(String message) {
            ByteBuf bytes = Unpooled.copiedBuffer(message, StandardCharsets.US_ASCII);
            buffer.addMessage(bytes, bytes.readableBytes(), channel.newPromise());
            buffer.addFlush();
        }

        /** All that goes now. */
        List<String> send(int limit) {
            List<String> sent = new ArrayList<>();
            while (true) {
                int length = OutboundChunk.sendable(buffer, window, limit);
                if (length == 0) {
                    return sent;
                }
                ByteBuf chunk = OutboundChunk.cut(buffer, length, ByteBufAllocator.DEFAULT);
                assertThat(chunk.readableBytes()).isBetween(1, length);
                sent.add(chunk.toString(StandardCharsets.US_ASCII));
                window.use(chunk.readableBytes());
                buffer.removeBytes(chunk.readableBytes());
                chunk.release();
            }
        }

        @Override
        public void close() {
            channel.finishAndReleaseAll();
        }
    }

    /** A scheduler's turn can end within the last five bytes; the window cannot be blamed then. */
    @Test
    void theEndOfAChunkedBodyStaysWholeAlsoWhereATurnEnds() {
        for (int turn = 1; turn < END.length(); turn++) {
            try (Queue queue = new Queue(1000, END)) {
                assertThat(queue.send(turn)).containsExactly(END);
            }
        }
    }

    @Test
    void smallWritesGoTogether() {
        try (Queue queue = new Queue(100, "a", "bc", "def")) {
            assertThat(queue.send(1000)).containsExactly("abcdef");
        }
    }

    @Test
    void largeWritesAreNotCopied() {
        String large = "x".repeat(5000);
        try (Queue queue = new Queue(100_000, large, "y".repeat(100))) {
            assertThat(queue.send(32 * 1024)).containsExactly(large, "y".repeat(100));
        }
    }

    @Test
    void creditIsUsedToTheByte() {
        try (Queue queue = new Queue(10, "0123456789abcdef")) {
            assertThat(queue.send(1000)).containsExactly("0123456789");
            queue.window.adjust(1);
            assertThat(queue.send(1000)).containsExactly("a");
            queue.window.adjust(4);
            assertThat(queue.send(1000)).containsExactly("bcde");
        }
    }

    @Test
    void lastChunkIsNotDividedByTheWindow() {
        try (Queue queue = new Queue(12, "5\r\nhello\r\n" + END)) {
            assertThat(queue.send(1000)).containsExactly("5\r\nhello\r\n");
            assertThat(queue.window.available()).isEqualTo(2);
            queue.window.adjust(2);
            assertThat(queue.send(1000)).isEmpty();
            queue.window.adjust(1);
            assertThat(queue.send(1000)).containsExactly(END);
        }
    }

    @Test
    void lastChunkThatWasWrittenInPiecesIsPutTogether() {
        try (Queue queue = new Queue(100_000, "x".repeat(5000) + "0", "\r\n", "\r\n")) {
            assertThat(queue.send(32 * 1024)).containsExactly("x".repeat(5000) + END);
        }
    }

    @Test
    void lastChunkIsDividedWhenNoCreditIsOwed() {
        try (Queue queue = new Queue(3, END)) {
            assertThat(queue.send(1000)).containsExactly("0\r\n");
        }
    }

    @Test
    void fiveOtherBytesAreDividedAsTheWindowHasIt() {
        try (Queue queue = new Queue(12, "helloworld12345")) {
            assertThat(queue.send(1000)).containsExactly("helloworld12");
        }
    }

    @Property(tries = 500)
    void everythingGoesInOrderAndALastChunkWhole(
            @ForAll @Size(min = 1, max = 8) List<@From("texts") String> texts,
            @ForAll @IntRange(min = 5, max = 9000) int limit,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 700) Integer> credits) {
        try (Queue queue = new Queue(20, texts.toArray(String[]::new))) {
            String whole = String.join("", texts);
            List<String> sent = new ArrayList<>(queue.send(limit));
            for (int i = 0; String.join("", sent).length() < whole.length(); i++) {
                assertThat(i).as("no progress: %s", sent).isLessThan(100_000);
                queue.window.adjust(credits.get(i % credits.size()));
                sent.addAll(queue.send(limit));
            }
            assertThat(String.join("", sent)).isEqualTo(whole);
            if (whole.endsWith(END)) {
                assertThat(sent.getLast()).endsWith(END);
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "\r\n", "0", END, "x\r\n" + END),
                Arbitraries.integers().between(0, 6000).map("z"::repeat),
                Arbitraries.integers().between(0, 6000).map(n -> "z".repeat(n) + END));
    }
}
