package org.outpost.amt.redirection.ider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;

import org.outpost.amt.redirection.codec.MessageDecoder;
import org.outpost.amt.redirection.codec.MessageFormat;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any bytes of a hostile device: cut or whole they read the same, and no other error comes out. */
class IderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void decoder(FuzzedDataProvider data) {
        boolean open = data.consumeBoolean();
        int cut = data.consumeInt(1, 64);
        byte[] stream = data.consumeRemainingAsBytes();

        List<String> whole = decode(new IderFormat(() -> open), stream, Math.max(1, stream.length));

        assertThat(decode(new IderFormat(() -> open), stream, cut)).isEqualTo(whole);
    }

    private static List<String> decode(MessageFormat format, byte[] stream, int cut) {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder(format));
        List<String> read = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length; at += cut) {
                channel.writeInbound(
                        Unpooled.wrappedBuffer(
                                Arrays.copyOfRange(stream, at, Math.min(stream.length, at + cut))));
            }
        } catch (RedirectionProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        for (Object one = channel.readInbound(); one != null; one = channel.readInbound()) {
            read.add(one.toString());
            ReferenceCountUtil.release(one);
        }
        channel.finishAndReleaseAll();
        return read;
    }
}
