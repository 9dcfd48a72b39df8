package org.outpost.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.outpost.simulator.log.AuditRecord.Initiator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** The samples of wsman.md §9, byte for byte. */
class LogRecordTest {
    @Test
    void anEventOfThePcsFirmware() {
        EventRecord pci =
                new EventRecord(0x65010622L, 0x0F, 0x6F, 2, 0x68, 1, 0x22, 0, List.of(0x40, 7));

        assertThat(base64(pci.bytes())).isEqualTo("IgYBZf8PbwJoAf8iAEAHAAAAAAAA");
    }

    @Test
    void tenFailedSignIns() {
        EventRecord failures =
                new EventRecord(
                        0x6598C863L, 6, 0x6F, 5, 0x68, 0x10, 0x26, 0x61, List.of(0xAA, 10, 0));

        assertThat(base64(failures.bytes())).isEqualTo("Y8iYZf8GbwVoEP8mYaoKAAAAAAAA");
    }

    @Test
    void aFirmwareUpdateInTheAuditLog() {
        byte[] versions = Base64.getDecoder().decode("AAwAAAAoBZkADAAAACQFlA==");
        List<Integer> data = new ArrayList<>();
        for (byte octet : versions) {
            data.add((int) octet);
        }
        AuditRecord update =
                new AuditRecord(
                        AuditEvent.FIRMWARE_UPDATED, new Initiator.Local(), 0x3FF4CD6EL, "", data);

        assertThat(base64(update.bytes())).isEqualTo("ABMAAAI/9M1uAgAQAAwAAAAoBZkADAAAACQFlA==");
    }

    @Test
    void anAuditRecordNamesUserTimeAndAddress() {
        byte[] record =
                new AuditRecord(
                                AuditEvent.POWERED_UP,
                                new Initiator.User("admin"),
                                0x01020304L,
                                "192.0.2.7",
                                List.of(9))
                        .bytes();

        assertThat(record)
                .startsWith(0, 17, 0, 0, 0, 5, 'a', 'd', 'm', 'i', 'n', 1, 2, 3, 4, 0, 9)
                .endsWith('2', '.', '7', 1, 9)
                .hasSize(4 + 7 + 4 + 2 + 9 + 2);
    }

    @Test
    void nineBytesOfDataAreTooMany() {
        assertThatThrownBy(() -> new EventRecord(0, 0, 0, 0, 0, 0, 0, 0, Collections.nCopies(9, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEventLogKeepsTheNewestAndNothingWhileItIsFrozen() {
        EventLog log = new EventLog();
        for (int i = 0; i < 400; i++) {
            log.add(event(i));
        }
        assertThat(log.records()).hasSize(390).startsWith(event(399)).endsWith(event(10));

        log.freeze(true);
        log.add(event(400));
        assertThat(log.records()).startsWith(event(399));
    }

    @Test
    void theAuditLogForgetsTheOldestWhenItsBytesAreFull() {
        AuditLog log = new AuditLog();
        AuditRecord record =
                new AuditRecord(AuditEvent.RESET, new Initiator.User("admin"), 7, "", List.of());
        int fits = AuditLog.CAPACITY / record.bytes().length;
        for (int i = 0; i < fits + 5; i++) {
            log.add(record);
        }

        assertThat(log.count()).isEqualTo(fits);
        assertThat(log.percentageFree()).isLessThanOrEqualTo(1);
        assertThat(log.record(0)).isNull();
        assertThat(log.record(fits + 1)).isNull();
        assertThat(ByteBuffer.wrap(log.record(1)).getShort()).isEqualTo((short) 17);
    }

    private static EventRecord event(long seconds) {
        return new EventRecord(seconds, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
