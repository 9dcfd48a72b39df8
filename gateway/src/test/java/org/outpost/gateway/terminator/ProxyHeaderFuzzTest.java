package org.outpost.gateway.terminator;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Coverage-guided fuzzing of what a load balancer, or somebody in its place, can send. */
class ProxyHeaderFuzzTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** Any bytes, cut or whole: the same one answer, and no error comes out. */
    @FuzzTest(maxDuration = "60s")
    void header(FuzzedDataProvider data) {
        byte[] begin =
                switch (data.consumeInt(0, 2)) {
                    case 0 -> HexFormat.of().parseHex(SIGNATURE);
                    case 1 -> "PROXY ".getBytes(StandardCharsets.US_ASCII);
                    default -> new byte[0];
                };
        int cut = data.consumeInt(1, 64);
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, all, begin.length, rest.length);

        List<String> whole = read(all, Math.max(1, all.length));

        assertThat(whole).hasSizeLessThanOrEqualTo(1);
        assertThat(read(all, cut)).isEqualTo(whole);
    }

    private static List<String> read(byte[] bytes, int cut) {
        List<String> heard = new ArrayList<>();
        ProxyHeaderStage stage =
                new ProxyHeaderStage(
                        new ProxyProtocol(Networks.of("192.0.2.1"), Duration.ofSeconds(5), 0xE1),
                        new ProxyHeaderStage.Listener() {
                            @Override
                            public void arrived(ProxyHeader.Client client) {
                                heard.add("arrived " + client.source());
                            }

                            @Override
                            public void healthCheck() {
                                heard.add("health check");
                            }

                            @Override
                            public void refused(boolean timedOut, String reason) {
                                heard.add("refused");
                            }
                        });
        EmbeddedChannel channel = new EmbeddedChannel(stage);
        for (int at = 0; at < bytes.length && channel.isActive(); at += cut) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + cut));
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
        }
        List<String> answer = List.copyOf(heard);
        channel.finishAndReleaseAll();
        return answer;
    }
}
