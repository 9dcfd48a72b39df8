package org.outpost.gateway.terminator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.testkit.certificate.TestCa;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ProxyHeaderStageTest {
    private static final byte[] REST = "what follows".getBytes(StandardCharsets.US_ASCII);
    private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 51234 4433";

    private final Heard heard = new Heard();

    /** What the owner and the rest of the pipeline hear. */
    private static final class Heard extends ChannelInboundHandlerAdapter
            implements ProxyHeaderStage.Listener {
        private final List<String> events = new ArrayList<>();
        private final StringBuilder bytes = new StringBuilder();
        private ProxyHeader.@Nullable Client client;

        @Override
        public void arrived(ProxyHeader.Client arrived) {
            client = arrived;
            events.add("arrived");
        }

        @Override
        public void healthCheck() {
            events.add("health check");
        }

        @Override
        public void refused(boolean timedOut, String reason) {
            events.add(timedOut ? "timed out" : "refused");
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            events.add("active");
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf read = (ByteBuf) message;
            bytes.append(read.toString(StandardCharsets.US_ASCII));
            read.release();
        }
    }

    private record Rig(EmbeddedChannel channel, ProxyHeaderStage stage, Heard heard) {
        static Rig of(ProxyProtocol settings, Heard heard) {
            ProxyHeaderStage stage = new ProxyHeaderStage(settings, heard);
            EmbeddedChannel channel =
                    new EmbeddedChannel(stage, heard) {
                        @Override
                        protected SocketAddress remoteAddress0() {
                            return new InetSocketAddress("192.0.2.1", 50000);
                        }
                    };
            return new Rig(channel, stage, heard);
        }

        void receive(byte[]... parts) {
            for (byte[] part : parts) {
                channel.writeInbound(Unpooled.copiedBuffer(part));
            }
        }
    }

    private Rig rig() {
        return Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), heard);
    }

    private static TerminatedTls tlsOf(Heard heard) {
        ProxyHeader.Client client = heard.client;
        assertThat(client).isNotNull();
        TerminatedTls tls = client.tls();
        assertThat(tls).isNotNull();
        return tls;
    }

    @Test
    void theRestOfThePipelineBeginsWhenTheOwnerLetsIt() {
        Rig rig = rig();
        rig.receive(Headers.v1(V1), REST);

        assertThat(heard.events).containsExactly("arrived");
        assertThat(heard.bytes).isEmpty();
        assertThat(ProxyHeader.source(rig.channel()))
                .isEqualTo(new InetSocketAddress("203.0.113.7", 51234));

        rig.stage().release();

        assertThat(heard.events).containsExactly("arrived", "active");
        assertThat(heard.bytes).hasToString("what follows");
        rig.receive("!".getBytes(StandardCharsets.US_ASCII));
        assertThat(heard.bytes).hasToString("what follows!");
        assertThat(rig.channel().pipeline().names()).hasSize(2); // Heard and the tail
    }

    @Property(tries = 200)
    void howEverTheBytesAreCutTheHeaderAndTheRestAreTheSame(
            @ForAll boolean second, @ForAll @Size(max = 6) List<@IntRange(max = 80) Integer> cuts) {
        byte[] header = second ? Headers.v2(Headers.PROXY, "2001:db8::7", 51234) : Headers.v1(V1);
        byte[] all = Arrays.copyOf(header, header.length + REST.length);
        System.arraycopy(REST, 0, all, header.length, REST.length);
        Heard own = new Heard();
        Rig rig = Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), own);
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            int to = Math.min(Math.max(cut, from), all.length);
            rig.receive(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        rig.receive(Arrays.copyOfRange(all, from, all.length));
        rig.stage().release();

        assertThat(own.events).containsExactly("arrived", "active");
        assertThat(own.bytes).hasToString("what follows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "PROXY TCP4 203.0.113.7 192.0.2.1 51234",
                "PROXY TCP4 203.0.113.256 192.0.2.1 51234 4433",
                "PROXY TCP4 203.0.113.7 192.0.2.1 70000 4433",
                "PROXY TCP4 localhost localhost 1 2",
                "PROXY UDP4 203.0.113.7 192.0.2.1 51234 4433",
                "proxy TCP4 203.0.113.7 192.0.2.1 51234 4433"
            })
    void whatIsNoHeaderIsRefusedAndTheConnectionClosed(String line) {
        Rig rig = rig();
        rig.receive(Headers.v1(line));
        assertThat(heard.events).containsExactly("refused");
        assertThat(rig.channel().isOpen()).isFalse();
    }

    @Test
    void aHeaderThatIsLongerThanItMayIsRefusedBeforeItIsWhole() {
        Rig rig = rig();
        byte[] header = Headers.v2(Headers.PROXY, "203.0.113.7", 1);
        header[14] = (byte) 0xFF;
        header[15] = (byte) 0xFF;
        rig.receive(header, new byte[ProxyHeaderStage.LONGEST_TLVS]);
        assertThat(heard.events).isEmpty();
        rig.receive(new byte[512]);
        assertThat(heard.events).containsExactly("refused");
    }

    @Test
    void aLineWithoutEndIsRefusedAtItsLongest() {
        Rig rig = rig();
        rig.receive("PROXY TCP4 ".concat("1".repeat(200)).getBytes(StandardCharsets.US_ASCII));
        assertThat(heard.events).containsExactly("refused");
    }

    @Test
    void aPartialHeaderIsGoneAtItsDeadline() {
        Rig rig =
                Rig.of(
                        new ProxyProtocol(Networks.of("192.0.2.0/24"), Duration.ofSeconds(2), 0),
                        heard);
        rig.receive("PROXY TCP4 203.".getBytes(StandardCharsets.US_ASCII));
        rig.channel().advanceTimeBy(1999, TimeUnit.MILLISECONDS);
        rig.channel().runScheduledPendingTasks();
        assertThat(heard.events).isEmpty();
        rig.channel().advanceTimeBy(2, TimeUnit.MILLISECONDS);
        rig.channel().runScheduledPendingTasks();
        assertThat(heard.events).containsExactly("timed out");
        assertThat(rig.channel().isOpen()).isFalse();
    }

    @Test
    void thoseWhoOnlyLookAreToldApartFromThoseWhoBreakOff() {
        Rig silent = rig();
        silent.channel().close();
        assertThat(heard.events).containsExactly("health check");

        Heard other = new Heard();
        Rig broken = Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), other);
        broken.receive("PROXY T".getBytes(StandardCharsets.US_ASCII));
        broken.channel().close();
        assertThat(other.events).containsExactly("refused");
    }

    @Test
    void localAndUnknownWithNothingBehindAreHealthChecks() {
        for (byte[] header :
                List.of(Headers.v1("PROXY UNKNOWN"), Headers.v2(Headers.LOCAL, "203.0.113.7", 1))) {
            Heard own = new Heard();
            Rig rig = Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), own);
            rig.receive(header);
            assertThat(own.events).isEmpty();
            assertThat(rig.channel().isOpen()).as("the peer may want more").isTrue();
            rig.channel().close();
            assertThat(own.events).containsExactly("health check");
        }
    }

    /** As haproxy ends its checks. */
    @Test
    void localThatEndsWithAResetIsAHealthCheckToo() {
        Rig rig = rig();
        rig.receive(Headers.v2(Headers.LOCAL, "203.0.113.7", 1));
        rig.channel().pipeline().fireExceptionCaught(new IOException("Connection reset"));
        rig.channel().close();
        assertThat(heard.events).containsExactly("health check");
    }

    /** As a balancer's check does that goes as far as TLS. */
    @Test
    void localAndUnknownWithMoreBehindAreThePeersOwnConnection() {
        for (byte[] header :
                List.of(Headers.v1("PROXY UNKNOWN"), Headers.v2(Headers.LOCAL, "203.0.113.7", 1))) {
            Heard own = new Heard();
            Rig rig = Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), own);
            rig.receive(header);
            rig.receive(REST);
            rig.stage().release();
            assertThat(own.events).containsExactly("arrived", "active");
            assertThat(own.bytes).hasToString(new String(REST, StandardCharsets.US_ASCII));
            rig.channel().finishAndReleaseAll();
        }
    }

    @Test
    void bytesThatWaitAreDroppedWhenTheConnectionEnds() {
        Rig rig = rig();
        rig.receive(Headers.v1(V1), REST);
        rig.channel().close();
        rig.stage().release();
        assertThat(heard.bytes).isEmpty();
    }

    @Test
    void theNameCountsOnlyWhenTheTerminatorVerifiedTheCertificate() {
        int shown = Headers.CLIENT_SSL | Headers.CLIENT_CERT_CONN;
        assertThat(nameIn(shown, Headers.VERIFIED)).isEqualTo("pc-1");
        assertThat(nameIn(shown, 18)).as("not verified").isNull();
        assertThat(nameIn(Headers.CLIENT_SSL, Headers.VERIFIED)).as("none shown").isNull();
    }

    private @Nullable String nameIn(int client, int verify) {
        Heard own = new Heard();
        Rig.of(ProxyProtocol.trusting("192.0.2.0/24"), own)
                .receive(
                        Headers.v2(
                                Headers.PROXY,
                                "203.0.113.7",
                                1,
                                Headers.ssl(
                                        client,
                                        verify,
                                        Headers.tlv(
                                                0x21, "TLSv1.2".getBytes(StandardCharsets.UTF_8)),
                                        Headers.name("pc-1"))));
        assertThat(tlsOf(own).protocol()).isEqualTo("TLSv1.2");
        return tlsOf(own).verifiedName();
    }

    @Test
    void withoutTlsThereIsNothingTerminated() {
        rig().receive(
                        Headers.v2(
                                Headers.PROXY,
                                "203.0.113.7",
                                1,
                                Headers.ssl(0, 0, Headers.name("pc-1"))));
        ProxyHeader.Client client = heard.client;
        assertThat(client).isNotNull();
        assertThat(client.tls()).isNull();
    }

    @Test
    void aWholeCertificateIsTakenAsDerOrBase64(@TempDir Path folder) throws Exception {
        X509Certificate certificate = TestCa.in(folder).client("pc-1").certificate();
        for (byte[] form :
                List.of(
                        certificate.getEncoded(),
                        Base64.getEncoder().encode(certificate.getEncoded()))) {
            assertThat(certificateIn(form, 0xE1)).isEqualTo(certificate);
            assertThat(certificateIn(form, 0)).as("not asked for").isNull();
        }
        assertThat(heard.events).isEmpty();
    }

    private static @Nullable X509Certificate certificateIn(byte[] form, int type) {
        Heard own = new Heard();
        Rig.of(new ProxyProtocol(Networks.of("192.0.2.1"), Duration.ofSeconds(1), type), own)
                .receive(
                        Headers.v2(
                                Headers.PROXY,
                                "203.0.113.7",
                                1,
                                Headers.ssl(
                                        Headers.CLIENT_SSL | Headers.CLIENT_CERT_CONN,
                                        Headers.VERIFIED),
                                Headers.tlv(0xE1, form)));
        return tlsOf(own).certificate();
    }

    @Test
    void aBrokenCertificateIsNotTakenForNone() {
        Rig.of(new ProxyProtocol(Networks.of("192.0.2.1"), Duration.ofSeconds(1), 0xE1), heard)
                .receive(
                        Headers.v2(
                                Headers.PROXY,
                                "203.0.113.7",
                                1,
                                Headers.ssl(
                                        Headers.CLIENT_SSL | Headers.CLIENT_CERT_CONN,
                                        Headers.VERIFIED),
                                Headers.tlv(0xE1, new byte[] {0x30, 1, 2})));
        assertThat(heard.events).containsExactly("refused");
    }
}
