package org.outpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;

import org.junit.jupiter.api.Test;

import javax.net.ssl.SSLHandshakeException;

/** What a peer sent does not get into a log by way of an exception's message. */
final class PeerFailureTest {
    @Test
    void aFirstPacketThatIsNotTlsIsNotRepeated() {
        DecoderException failure =
                new DecoderException(
                        new NotSslRecordException("not an SSL/TLS record: 474554202f2061736b"));

        assertThat(PeerFailure.reason(failure)).isEqualTo("what came is not TLS");
    }

    @Test
    void whyAHandshakeFailedIsTold() {
        DecoderException failure =
                new DecoderException(new SSLHandshakeException("no cipher suites in common"));

        assertThat(PeerFailure.reason(failure))
                .isEqualTo("SSLHandshakeException: no cipher suites in common");
    }
}
