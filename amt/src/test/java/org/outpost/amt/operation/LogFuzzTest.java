package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.outpost.amt.operation.auditlog.AuditRecord;
import org.outpost.amt.operation.eventlog.EventRecord;

/** Coverage-guided fuzzing of log records; the profile {@code fuzz} searches on. */
final class LogFuzzTest {
    /** Any bytes: a record with a text, or none. */
    @FuzzTest(maxDuration = "30s")
    void records(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        EventRecord.decode(bytes)
                .ifPresent(
                        record -> {
                            assertThat(record.description()).isNotBlank();
                            assertThat(record.entityName()).isNotBlank();
                            assertThat(record.severityName()).isNotBlank();
                        });
        AuditRecord.decode(bytes)
                .ifPresent(
                        record -> {
                            assertThat(record.app()).isNotBlank();
                            assertThat(record.event()).isNotBlank();
                            assertThat(record.initiator())
                                    .matches(
                                            text ->
                                                    text.chars()
                                                            .allMatch(c -> c >= ' ' && c < 127));
                            record.details().ifPresent(text -> assertThat(text).isNotNull());
                        });
    }
}
