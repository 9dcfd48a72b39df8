package org.outpost.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

final class ClientHelloTest {
    /** TLS 1.0 as old firmware speaks it: no extensions, two suites of static RSA. */
    private static final byte[] OLD =
            HexFormat.of()
                    .parseHex("160301002f0100002b0301" + "00".repeat(32) + "000004002f00350100");

    @Test
    void tellsWhatOldFirmwareOffers() {
        ClientHello hello = ClientHello.peek(Unpooled.wrappedBuffer(OLD)).orElseThrow();

        assertThat(hello.versionName()).isEqualTo("TLSv1");
        assertThat(hello.words()).isEqualTo("offers up to TLSv1 and the suites 002f 0035");
    }

    @Test
    void findsTheNewestVersionOfAClientWithExtensions() throws Exception {
        assertThat(peek(hello("TLSv1.3", "TLSv1.2")).versionName()).isEqualTo("TLSv1.3");
        assertThat(peek(hello("TLSv1.2")).versionName()).isEqualTo("TLSv1.2");
    }

    @Test
    void whatIsNoTlsOrTooShortSaysNothing() {
        assertThat(
                        ClientHello.peek(
                                Unpooled.copiedBuffer(
                                        "GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(ClientHello.peek(Unpooled.wrappedBuffer(OLD, 0, 30))).isEmpty();
        assertThat(ClientHello.peek(Unpooled.EMPTY_BUFFER)).isEmpty();
    }

    @Property
    void aHelloThatIsCutAnywhereIsReadAsFarAsItGoes(@ForAll @IntRange(max = 600) int length)
            throws Exception {
        byte[] whole = hello("TLSv1.3", "TLSv1.2");
        ByteBuf part = Unpooled.wrappedBuffer(whole, 0, Math.min(length, whole.length));
        int readable = part.readableBytes();

        ClientHello.peek(part)
                .ifPresent(hello -> assertThat(peek(whole).suites()).containsAll(hello.suites()));

        assertThat(part.readableBytes()).isEqualTo(readable);
    }

    private static ClientHello peek(byte[] bytes) {
        return ClientHello.peek(Unpooled.wrappedBuffer(bytes)).orElseThrow();
    }

    private static byte[] hello(String... protocols) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(protocols);
        engine.beginHandshake();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }
}
