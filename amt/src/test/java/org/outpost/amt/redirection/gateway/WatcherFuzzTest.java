package org.outpost.amt.redirection.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.outpost.amt.redirection.RedirectionKind;

/** Any bytes, cut or whole, tell the same, and the watcher never throws. */
class WatcherFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytes(FuzzedDataProvider data) {
        RedirectionKind kind = data.pickValue(RedirectionKind.values());
        int cut = data.consumeInt(1, 64);
        byte[] stream = data.consumeRemainingAsBytes();

        assertThat(watch(kind, stream, cut))
                .isEqualTo(watch(kind, stream, Math.max(1, stream.length)));
    }

    private static boolean watch(RedirectionKind kind, byte[] stream, int cut) {
        StreamWatcher watcher =
                new StreamWatcher(
                        switch (kind) {
                            case SOL -> new SolRule();
                            case IDER -> new IderRule();
                            case KVM -> new RfbClientRule();
                        },
                        ScreenTap.NONE);
        ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        boolean active = false;
        while (bytes.isReadable()) {
            active |= watcher.watch(bytes.readSlice(Math.min(cut, bytes.readableBytes())));
        }
        return active;
    }
}
