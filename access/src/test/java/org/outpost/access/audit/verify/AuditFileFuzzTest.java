package org.outpost.access.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.outpost.access.audit.AuditJson;
import org.outpost.access.audit.verify.Verification.Broken;
import org.outpost.access.audit.verify.Verification.Sound;

import java.nio.charset.StandardCharsets;

/** Coverage-guided fuzzing of what reads exports; the profile {@code fuzz} searches on. */
final class AuditFileFuzzTest {
    /** Any bytes: a verdict with a reason comes out, and never "sealed", for the key is ours. */
    @FuzzTest(maxDuration = "30s")
    void anyBytes(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();

        switch (ExportedFile.verify(bytes)) {
            case Broken broken -> assertThat(broken.reason()).isNotBlank();
            case Sound sound -> assertThat(sound.sealed()).isFalse();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(AuditJson.write(AuditJson.read(text))).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
