package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.auditlog.AuditLogService;
import org.outpost.amt.operation.auditlog.AuditPage;
import org.outpost.amt.operation.auditlog.AuditRecord;
import org.outpost.amt.operation.eventlog.EventLogService;
import org.outpost.amt.operation.eventlog.EventRecord;
import org.outpost.amt.traffic.LastKnown;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The event log and the audit log, with the documents' captured samples (wsman.md section 9). */
final class LogsTest extends OnDevice {
    private static final String PCI = "IgYBZf8PbwJoAf8iAEAHAAAAAAAA";
    private static final String ATTACK = "Y8iYZf8GbwVoEP8mYaoKAAAAAAAA";
    private static final String FIRMWARE = "ABMAAAI/9M1uAgAQAAwAAAAoBZkADAAAACQFlA==";

    private static EventRecord event(String base64) {
        return EventRecord.decode(Base64.getDecoder().decode(base64)).orElseThrow();
    }

    @Test
    void thePciSample() {
        EventRecord record = event(PCI);

        assertThat(record.time()).isEqualTo(Instant.parse("2023-09-13T00:45:22Z"));
        assertThat(record.deviceAddress()).isEqualTo(0xFF);
        assertThat(record.sensorType()).isEqualTo(0x0F);
        assertThat(record.eventType()).isEqualTo(0x6F);
        assertThat(record.offset()).isEqualTo(2);
        assertThat(record.sourceType()).isEqualTo(0x68);
        assertThat(record.severity()).isEqualTo(1);
        assertThat(record.entityName()).isEqualTo("BIOS");
        assertThat(record.data()).containsExactly(0x40, 7, 0, 0, 0, 0, 0, 0);
        assertThat(record.description()).isEqualTo("PCI resource configuration");
    }

    @Test
    void theAttackSample() {
        EventRecord record = event(ATTACK);

        assertThat(record.description())
                .isEqualTo("Authentication failed 10 times. The system may be under attack.");
        assertThat(record.severityName()).isEqualTo("Critical");
        assertThat(record.entityName()).isEqualTo("Intel(r) ME");
    }

    /** Address, sensor, type, offset, source, severity, number, entity, instance, data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FF 05 6F 00 68 10 FF 17 00 0000000000000000 | Case intrusion",
                "FF 05 6F 80 68 04 FF 17 00 0000000000000000 | Case intrusion (over)",
                "FF 07 01 03 68 10 FF 03 61 0000000000000000 | Processor dead on arrival",
                "FF 12 0A 00 58 01 FF 26 00 AA00010203040508 |"
                        + " Agent watchdog 03020100-0504-... changed to expired",
                "FF 1E 6F 00 68 10 FF 22 00 4000000000000000 | No bootable media",
                "FF 20 6F 01 68 10 FF 22 00 0000000000000000 |"
                        + " Operating system lockup or power interrupt",
                "FF 23 6F 00 68 10 FF 22 00 4001000000000000 |"
                        + " BIOS POST (power-on self-test) watchdog timeout",
                "FF 23 6F 00 68 10 FF 23 00 4003000000000000 | System boot failure",
                "FF 24 6F 00 58 10 FF 26 00 00FFFFFFFD000000 |"
                        + " System Defense on interface 0: all received packets",
                "FF 25 6F 00 68 01 FF 22 00 4000000000000000 |"
                        + " System firmware started (at least one CPU is properly executing)",
                "FF C0 70 00 58 02 FF 26 61 AA30020000000000 |"
                        + " A remote IDE-Redirection session was established",
                "FF C1 70 00 58 02 FF 26 61 AA30000000000000 |"
                        + " User request for remote connection",
                "FF C1 70 00 58 02 FF 26 61 AA20040000000000 |"
                        + " Hardware asset data could not be read",
                "FF 0F 6F 00 68 10 FF 22 00 4008000000000000 | Removable boot media not found",
                "FF 0F 6F 02 68 01 FF 22 00 4063000000000000 | Firmware progress 99",
                "FF 99 6F 00 68 01 FF 22 00 0000000000000000 | Unknown sensor type #153"
            })
    void eventsHaveTheirTexts(String bytes, String text) {
        byte[] record = HexFormat.of().parseHex("00000000" + bytes.replace(" ", "").strip());

        assertThat(EventRecord.decode(record).orElseThrow().description()).isEqualTo(text);
    }

    @Test
    void aCallForHelpIsRecognized() {
        byte[] record = HexFormat.of().parseHex("00000000FFC170005802FF2661AA30000000000000");

        assertThat(EventRecord.decode(record).orElseThrow().callForHelp()).isTrue();
        assertThat(event(PCI).callForHelp()).isFalse();
    }

    @Test
    void aCutRecordIsNone() {
        assertThat(EventRecord.decode(new byte[20])).isEmpty();
    }

    @Test
    void theLogIsReadToItsEnd() {
        returns(
                "AMT_MessageLog.PositionToFirstRecord",
                "<g:IterationIdentifier>1</g:IterationIdentifier>");
        model.method(
                "AMT_MessageLog.GetRecords",
                input -> {
                    boolean first = FakeModel.text(input, "IterationIdentifier").equals("1");
                    return "<g:IterationIdentifier>2</g:IterationIdentifier><g:NoMoreRecords>"
                            + !first
                            + "</g:NoMoreRecords><g:RecordArray>"
                            + (first ? PCI : ATTACK)
                            + "</g:RecordArray>"
                            + (first ? "<g:RecordArray>broken</g:RecordArray>" : "")
                            + "<g:ReturnValue>0</g:ReturnValue>";
                });

        List<EventRecord> records = get(new EventLogService(calls).read());

        assertThat(records).containsExactly(event(PCI), event(ATTACK));
        Optional<LastKnown<List<EventRecord>>> known =
                get(device.officer.lastKnown(kept -> new EventLogService(kept).read()));
        assertThat(known.orElseThrow().value()).isEqualTo(records);
    }

    @Test
    void theLogIsClearedAndFrozen() {
        model.instance(
                "AMT_MessageLog",
                "CurrentNumberOfRecords",
                "390",
                "IsFrozen",
                "false",
                "MaxNumberOfRecords",
                "390");
        model.succeeds("AMT_MessageLog.ClearLog", "AMT_MessageLog.FreezeLog");
        EventLogService log = new EventLogService(calls);

        assertThat(get(log.info()).records()).isEqualTo(390);
        get(log.clear());
        get(log.freeze(true));
        assertThat(model.calls).contains("AMT_MessageLog ClearLog", "AMT_MessageLog FreezeLog");
    }

    @Test
    void theAuditSample() {
        AuditRecord record = AuditRecord.decode(Base64.getDecoder().decode(FIRMWARE)).orElseThrow();

        assertThat(record.appId()).isEqualTo(19);
        assertThat(record.app()).isEqualTo("Firmware Update Manager");
        assertThat(record.event()).isEqualTo("Firmware Updated");
        assertThat(record.initiatorType()).isEqualTo(2);
        assertThat(record.initiator()).isEqualTo("Local");
        assertThat(record.locationType()).isEqualTo(2);
        assertThat(record.address()).isEmpty();
        assertThat(record.extended()).hasSize(16);
        assertThat(record.details()).contains("From 12.0.40.1433 to 12.0.36.1428");
    }

    private static byte[] audit(int app, int event, byte[] who, byte[] extended) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(4).putShort((short) app).putShort((short) event).array());
        out.writeBytes(who);
        out.writeBytes(ByteBuffer.allocate(4).putInt(1_700_000_000).array());
        byte[] address = "192.168.1.5".getBytes(StandardCharsets.US_ASCII);
        out.write(0);
        out.write(address.length);
        out.writeBytes(address);
        out.write(extended.length);
        out.writeBytes(extended);
        return out.toByteArray();
    }

    private static byte[] digestUser(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] who = new byte[2 + bytes.length];
        who[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, who, 2, bytes.length);
        return who;
    }

    @Test
    void aDigestUserAndWhatHeDid() {
        AuditRecord record =
                AuditRecord.decode(audit(17, 3, digestUser("admin"), new byte[0])).orElseThrow();

        assertThat(record.initiator()).isEqualTo("admin");
        assertThat(record.address()).isEqualTo("192.168.1.5");
        assertThat(record.event()).isEqualTo("Performed Reset");
        assertThat(record.time()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(record.details()).isEmpty();
    }

    @Test
    void aKerberosUserIsShownBySid() {
        byte[] who = HexFormat.of().parseHex("01" + "00000000" + "0c" + "010100000000000512000000");

        AuditRecord record = AuditRecord.decode(audit(16, 7, who, new byte[] {2, 1})).orElseThrow();

        assertThat(record.initiator()).isEqualTo("S-1-5-18");
        assertThat(record.details()).contains("Remote MutualAuth, Local ServerAuth");
    }

    @Test
    void textOfTheDeviceIsEscaped() {
        AuditRecord record =
                AuditRecord.decode(audit(17, 3, digestUser("a\u001b[2J"), new byte[0]))
                        .orElseThrow();

        assertThat(record.initiator()).isEqualTo("a\\u001b[2J");
    }

    @Test
    void aRecordCutAnywhereIsNone() {
        byte[] whole = audit(30, 1, digestUser("admin"), new byte[] {1});
        for (int length = 0; length < whole.length; length++) {
            assertThat(AuditRecord.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(AuditRecord.decode(whole).orElseThrow().details()).contains("Failed 3 times");
    }

    /** A log of 23 records, ten a call, the oldest first. */
    private void fill() {
        model.method(
                "AMT_AuditLog.ReadRecords",
                input -> {
                    int start = Integer.parseInt(FakeModel.text(input, "StartIndex"));
                    StringBuilder out =
                            new StringBuilder("<g:TotalRecordCount>23</g:TotalRecordCount>");
                    for (int i = start; i <= Math.min(23, start + 9); i++) {
                        byte[] record = audit(i, 0, digestUser("admin"), new byte[0]);
                        out.append("<g:EventRecords>")
                                .append(Base64.getEncoder().encodeToString(record))
                                .append("</g:EventRecords>");
                    }
                    return out.append("<g:ReturnValue>0</g:ReturnValue>").toString();
                });
    }

    @Test
    void thePageBeginsWithTheNewest() {
        fill();
        AuditLogService log = new AuditLogService(calls);

        AuditPage first = get(log.page(0));
        AuditPage last = get(log.page(20));

        assertThat(first.total()).isEqualTo(23);
        assertThat(first.records())
                .extracting(AuditRecord::appId)
                .containsExactly(23, 22, 21, 20, 19, 18, 17, 16, 15, 14);
        assertThat(last.records()).extracting(AuditRecord::appId).containsExactly(3, 2, 1);
        assertThat(get(log.page(23)).records()).isEmpty();
        assertThat(get(log.all())).hasSize(23);
    }
}
