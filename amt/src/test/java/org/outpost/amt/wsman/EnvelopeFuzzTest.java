package org.outpost.amt.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.xml.Element;
import org.outpost.amt.xml.XmlLimits;

/** Coverage-guided fuzzing of what a device answers; the profile {@code fuzz} searches on. */
final class EnvelopeFuzzTest {
    private static final Envelopes ENVELOPES = new Envelopes(XmlLimits.DEFAULT);

    /** Any bytes: an envelope, whose body is a fault or an instance, or a protocol error. */
    @FuzzTest(maxDuration = "30s")
    void anyAnswer(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        try {
            ENVELOPES.read(bytes).content().ifPresent(EnvelopeFuzzTest::look);
        } catch (AmtException e) {
            assertThat(e.failure()).isInstanceOf(AmtFailure.ProtocolError.class);
        }
    }

    private static void look(Element content) {
        assertThat(Faults.read(content, "x").sentence()).isNotBlank();
        assertThat(PlainTree.of(content)).isNotNull();
        EndpointReference.read(content)
                .ifPresent(reference -> assertThat(reference.selectors()).isNotNull());
    }
}
