package org.outpost.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Coverage-guided fuzzing of what is read before TLS; the profile {@code fuzz} searches on. */
final class ClientHelloFuzzTest {
    /** Any bytes: nothing is thrown, nothing is taken, and what is told is bounded. */
    @FuzzTest(maxDuration = "30s")
    void anyBytes(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);

        ClientHello.peek(buffer)
                .ifPresent(hello -> assertThat(hello.words().length()).isLessThan(400));
        TlsAlert.peek(buffer);

        assertThat(buffer.readableBytes()).isEqualTo(bytes.length);
    }
}
