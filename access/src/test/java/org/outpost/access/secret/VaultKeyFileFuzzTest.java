package org.outpost.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided fuzzing of the file with the vault's keys; the profile {@code fuzz} searches on.
 */
final class VaultKeyFileFuzzTest {
    /** Any text: it is a ring that is written and read the same, or one clear refusal. */
    @FuzzTest(maxDuration = "30s")
    void anyText(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        KeyRing ring;
        try {
            ring = KeyRing.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(KeyRing.parse(ring.text()).ids()).isEqualTo(ring.ids()).isNotEmpty();
        assertThat(ring).asString().doesNotContain(ring.newest().base64());
    }
}
