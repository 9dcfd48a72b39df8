package org.outpost.simulator.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;

import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;

/** Whatever is sent is answered with an envelope, and with 200 or 400. */
class WsmanFuzzTest {
    @FuzzTest
    void anyBytes(byte[] body) {
        try (TestDevice device = new TestDevice(Generation.AMT_16_1, 2)) {
            assertThat(new WsmanClient(device).send(Unpooled.wrappedBuffer(body)).status())
                    .isIn(200, 400);
        }
    }
}
