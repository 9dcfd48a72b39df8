package org.outpost.server.why;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.gateway.attempt.Outcome;

import java.util.Arrays;
import java.util.List;

class RemediesTest {
    private static final Facts MODERN =
            new Facts(
                    "mps.example.com",
                    List.of("data/ca.crt (SHA-256 AB:CD)"),
                    List.of("port 4433 (tls: modern)"),
                    false);
    private static final Facts BOTH =
            new Facts(
                    "mps.example.com",
                    List.of("data/ca.crt (SHA-256 AB:CD)"),
                    List.of("port 4433 (tls: modern)", "port 4434 (tls: legacy)"),
                    true);

    @ParameterizedTest
    @EnumSource
    void everyOutcomeIsExplainedWithWhatToDoAndWhereThatIsWritten(Outcome outcome) {
        Advice advice = new Remedies(MODERN).of(outcome);

        assertThat(advice.explanation()).endsWith(".").doesNotContain("null");
        assertThat(advice.remedy()).matches("(?s).*[.?]").doesNotContain("null");
        assertThat(advice.reference()).isNotBlank();
    }

    @Test
    void noTwoOutcomesShareAnExplanationExceptTwoTimeouts() {
        assertThat(
                        Arrays.stream(Outcome.values())
                                .map(outcome -> new Remedies(MODERN).of(outcome).explanation())
                                .distinct())
                .hasSize(Outcome.values().length - 1);
    }

    @Test
    void theAdviceNamesThisServersRootAndName() {
        assertThat(new Remedies(MODERN).of(Outcome.CA_NOT_TRUSTED).remedy())
                .contains("data/ca.crt (SHA-256 AB:CD)")
                .contains("AddTrustedRootCertificate");
        assertThat(new Remedies(MODERN).of(Outcome.CERTIFICATE_REFUSED).remedy())
                .contains("\"mps.example.com\"");
    }

    @Test
    void oldFirmwareIsSentToALegacyListenerThereIsOrToBeMade() {
        assertThat(new Remedies(MODERN).of(Outcome.NO_COMMON_TLS_VERSION).remedy())
                .contains("add a tunnel listener with tls: legacy");
        assertThat(new Remedies(BOTH).of(Outcome.NO_COMMON_TLS_VERSION).remedy())
                .contains("call the port whose listener has tls: legacy")
                .contains("port 4434 (tls: legacy)");
    }
}
