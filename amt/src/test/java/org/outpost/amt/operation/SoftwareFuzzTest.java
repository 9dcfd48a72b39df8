package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.outpost.amt.operation.storage.SoftwareList;

import java.io.IOException;

/** Coverage-guided fuzzing of lists of software; the profile {@code fuzz} searches on. */
final class SoftwareFuzzTest {
    /** Any bytes: a list that can be written again and reads the same, or a refusal. */
    @FuzzTest(maxDuration = "30s")
    void lists(FuzzedDataProvider data) throws IOException {
        SoftwareList list;
        try {
            list = SoftwareList.decode(data.consumeRemainingAsBytes());
        } catch (IOException e) {
            return; // it was not written to the end
        }
        assertThat(SoftwareList.decode(list.encode())).isEqualTo(list);
    }
}
