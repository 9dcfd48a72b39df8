package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.operation.auditlog.AuditLogInfo;
import org.outpost.amt.operation.auditlog.AuditLogService;
import org.outpost.amt.operation.auditlog.AuditRecord;
import org.outpost.amt.operation.eventlog.EventLogService;
import org.outpost.amt.operation.eventlog.EventRecord;

import java.time.Instant;
import java.util.List;

/** The event log and the audit log. The rows about power have written into both. */
final class LogRows {
    private LogRows() {}

    static List<Row> rows() {
        return List.of(new Row("event log", LogRows::events), new Row("audit log", LogRows::audit));
    }

    private static void events(DeviceClient device) {
        EventLogService service = new EventLogService(device.calls());
        assertThat(get(service.info()).records()).isPositive();
        assertThat(get(service.read()))
                .hasSize((int) get(service.info()).records())
                .allSatisfy(
                        record -> assertThat(record.time()).isBefore(Instant.now().plusSeconds(5)))
                .anyMatch(record -> record.description().contains("Starting"));

        get(service.freeze(true));
        assertThat(get(service.info()).frozen()).isTrue();
        get(service.freeze(false));
        assertThat(get(service.info()).frozen()).isFalse();

        // the PC may be starting, and go on to tell of it
        List<EventRecord> before = get(service.read());
        get(service.clear());
        assertThat(get(service.read())).hasSizeLessThan(before.size());
        assertThat(get(service.info()).records()).isLessThan(before.size());
    }

    private static void audit(DeviceClient device) {
        AuditLogService service = new AuditLogService(device.calls());
        AuditLogInfo info = get(service.info());
        List<AuditRecord> records = get(service.all());

        assertThat(records).isNotEmpty().hasSize((int) info.records());
        assertThat(records)
                .anyMatch(
                        record ->
                                record.app().equals("Remote Control")
                                        && record.initiator().equals("admin"));
        assertThat(get(service.page(0)).total()).isEqualTo(info.records());
        assertThat(get(service.page(0)).records().getFirst()).isEqualTo(records.getFirst());
    }
}
