package org.outpost.amt.wsman.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of digest challenges; the profile {@code fuzz} searches on. */
final class DigestFuzzTest {
    /** Any header: no exception, and what is accepted has a realm and a nonce. */
    @FuzzTest(maxDuration = "30s")
    void anyHeader(FuzzedDataProvider data) {
        String header = data.consumeRemainingAsString();
        DigestChallenge.parse(header)
                .ifPresent(
                        read -> {
                            assertThat(read.nonce()).isNotEmpty();
                            DigestState state =
                                    new DigestState(new Credentials("a", "b"), () -> "c");
                            state.accept(read);
                            assertThat(state.authorization("POST", "/wsman", new byte[0]))
                                    .isPresent();
                        });
    }
}
