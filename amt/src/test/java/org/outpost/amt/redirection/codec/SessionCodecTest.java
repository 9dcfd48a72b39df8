package org.outpost.amt.redirection.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.message.Octets;
import org.outpost.amt.redirection.message.SessionMessage;
import org.outpost.amt.redirection.message.SessionMessage.Authenticate;
import org.outpost.amt.redirection.message.SessionMessage.AuthenticateReply;
import org.outpost.amt.redirection.message.SessionMessage.EndSession;
import org.outpost.amt.redirection.message.SessionMessage.StartSession;
import org.outpost.amt.redirection.message.SessionMessage.StartSessionReply;

import java.util.ArrayList;
import java.util.List;

class SessionCodecTest {
    private static final List<SessionMessage> ONE_OF_EACH =
            List.of(
                    new StartSession(RedirectionKind.KVM),
                    new StartSessionReply(0, 1, 0x157, Octets.of((byte) 7, (byte) 8)),
                    StartSessionReply.refusal(2),
                    new Authenticate(0, Octets.NONE),
                    new AuthenticateReply(0, 0, Octets.of((byte) 1, (byte) 3, (byte) 4)),
                    new Authenticate(4, ShortStrings.join("admin")),
                    new AuthenticateReply(1, 4, Octets.of(new byte[200])),
                    new EndSession());

    @ParameterizedTest
    @CsvSource({
        "SOL, 10000000534f4c20",
        "IDER, 1000000049444552",
        "KVM, 100100004b564d52",
    })
    void startOfEachKind(RedirectionKind kind, String bytes) {
        assertThat(encode(new StartSession(kind))).isEqualTo(bytes);
        assertThat(decode(bytes)).containsExactly(new StartSession(kind));
    }

    @Test
    void startReplyAsAmttermReadsIt() {
        StartSessionReply reply = new StartSessionReply(0, 1, 0x157, Octets.NONE);

        assertThat(encode(reply)).isEqualTo("11000000010000005701000000");
        assertThat(decode("11000000010000005701000000")).containsExactly(reply);
    }

    @ParameterizedTest
    @CsvSource({"1, 11010000", "2, 11020000", "3, 11030000", "255, 11ff0000"})
    void aRefusalHasFourBytes(int status, String bytes) {
        assertThat(encode(StartSessionReply.refusal(status))).isEqualTo(bytes);
        assertThat(decode(bytes)).containsExactly(StartSessionReply.refusal(status));
    }

    @Test
    void queryAndItsReply() {
        assertThat(encode(new Authenticate(0, Octets.NONE))).isEqualTo("130000000000000000");
        assertThat(decode("140000000003000000010304"))
                .containsExactly(
                        new AuthenticateReply(0, 0, Octets.of((byte) 1, (byte) 3, (byte) 4)));
    }

    @Test
    void end() {
        assertThat(encode(new EndSession())).isEqualTo("12000000");
        assertThat(decode("12000000")).containsExactly(new EndSession());
    }

    @Test
    void aLengthAboveTheLimitIsRefusedBeforeItsBytes() {
        assertThatThrownBy(() -> decode("1400000004ffffffff"))
                .isInstanceOf(RedirectionProtocolException.class)
                .hasMessage("4294967295 bytes of authentication data (at most 2048)");
    }

    @Test
    void anUnknownTagIsRefused() {
        assertThatThrownBy(() -> decode("1000000041424344"))
                .isInstanceOf(RedirectionProtocolException.class)
                .hasMessage("unknown session tag 41424344");
    }

    @Test
    void aTypeOutOfTurnIsRefusedWithoutWaitingForItsBody() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new MessageDecoder(new SessionFormat(type -> type == 0x11)));

        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x14})))
                .isInstanceOf(RedirectionProtocolException.class)
                .hasMessage("message type 14 out of turn");
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void whatTheDecoderHasNotReadGoesOnWhenItIsRemoved() {
        MessageDecoder decoder = new MessageDecoder(new SessionFormat(type -> true));
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x13, 0, 0}));

        channel.pipeline().remove(decoder);

        ByteBuf rest = channel.readInbound();
        assertThat(ByteBufUtil.hexDump(rest)).isEqualTo("130000");
        rest.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void noTextOfAMessageShowsAPassword() {
        Authenticate clear = new Authenticate(1, ShortStrings.join("admin", "P@ssw0rd"));

        assertThat(clear.toString()).doesNotContain("P@ss").doesNotContain("50 40");
    }

    @ParameterizedTest
    @EnumSource(RedirectionKind.class)
    void kindsAreFoundByTheirLabel(RedirectionKind kind) {
        assertThat(RedirectionKind.ofLabel(kind.label())).contains(kind);
        assertThat(RedirectionKind.ofLabel("vnc")).isEmpty();
    }

    @Property(tries = 200)
    void anyCutOfTheStreamReadsTheSame(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 7) Integer> which,
            @ForAll @IntRange(min = 1, max = 40) int cut) {
        List<SessionMessage> sent = which.stream().map(ONE_OF_EACH::get).toList();
        StringBuilder stream = new StringBuilder();
        sent.forEach(message -> stream.append(encode(message)));

        assertThat(decode(stream.toString(), cut)).isEqualTo(sent);
    }

    @Property(tries = 300)
    void stringsComeApartAsTheyWerePutTogether(
            @ForAll @Size(max = 8)
                    List<@net.jqwik.api.constraints.StringLength(max = 60) String> strings) {
        List<String> clean =
                strings.stream().filter(text -> text.chars().noneMatch(c -> c > 0xD7FF)).toList();

        assertThat(ShortStrings.split(ShortStrings.join(clean.toArray(String[]::new))))
                .isEqualTo(clean);
    }

    @Test
    void aStringLongerThanItsMessageIsRefused() {
        assertThatThrownBy(() -> ShortStrings.split(Octets.of((byte) 5, (byte) 'a')))
                .isInstanceOf(RedirectionProtocolException.class);
        assertThatThrownBy(() -> ShortStrings.join("a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String encode(SessionMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(new SessionEncoder());
        channel.writeOutbound(message);
        ByteBuf bytes = channel.readOutbound();
        String hex = ByteBufUtil.hexDump(bytes);
        bytes.release();
        channel.finish();
        return hex;
    }

    private static List<SessionMessage> decode(String hex) {
        return decode(hex, hex.length());
    }

    private static List<SessionMessage> decode(String hex, int cut) {
        EmbeddedChannel channel =
                new EmbeddedChannel(new MessageDecoder(new SessionFormat(type -> true)));
        byte[] bytes = ByteBufUtil.decodeHexDump(hex);
        List<SessionMessage> read = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; at += cut) {
                channel.writeInbound(
                        Unpooled.copiedBuffer(bytes, at, Math.min(cut, bytes.length - at)));
            }
            for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
                read.add((SessionMessage) next);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        return read;
    }
}
