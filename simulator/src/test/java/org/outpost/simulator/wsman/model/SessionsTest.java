package org.outpost.simulator.wsman.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.support.WsmanClient.element;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.log.EventRecord;
import org.outpost.simulator.machine.Redirection.Admission;
import org.outpost.simulator.machine.RedirectionKind;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A redirection session as the rest of the firmware sees it. */
class SessionsTest {
    private final TestDevice device = new TestDevice(Generation.AMT_14_1, 1);
    private final WsmanClient client = new WsmanClient(device);

    @AfterEach
    void close() {
        device.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SOL, IPS_SolSessionUsingPort, AMT_RedirectionService, 1, 0, 1, 4, 5",
        "IDER, IPS_IderSessionUsingPort, AMT_RedirectionService, 0, 2, 3, 0, 1",
        "KVM, IPS_KvmSessionUsingPort, IPS_KVMRedirectionSettingData, 0, -1, -1, 8, 9"
    })
    void itIsShownEndedOnDemandLoggedAndAudited(
            RedirectionKind kind,
            String shown,
            String service,
            int type,
            int startCode,
            int stopCode,
            int startAudit,
            int stopAudit) {
        List<String> ended = new ArrayList<>();
        Admission.Open open =
                (Admission.Open)
                        device.firmware()
                                .redirection()
                                .open(
                                        kind,
                                        "kim",
                                        new InetSocketAddress("192.0.2.8", 40_000),
                                        () -> ended.add("told"));

        assertThat(client.enumerate(shown).value("AccessInfo")).isEqualTo("192.0.2.8");
        assertThat(audited()).containsExactly(0, 18, 0, startAudit);
        if (startCode >= 0) {
            assertThat(newest().data()).startsWith(0xAA, 0x30, startCode);
        } else {
            assertThat(client.get("CIM_KVMRedirectionSAP").value("EnabledState")).isEqualTo("2");
        }

        assertThat(
                        client.invoke(service, "TerminateSession", element("SessionType", type))
                                .value("ReturnValue"))
                .isEqualTo("0");
        assertThat(ended).containsExactly("told");
        open.session().close();

        assertThat(client.enumerate(shown).items()).isEmpty();
        assertThat(audited()).containsExactly(0, 18, 0, stopAudit);
        if (stopCode >= 0) {
            assertThat(newest().data()).startsWith(0xAA, 0x30, stopCode);
        }
        assertThat(
                        client.invoke(service, "TerminateSession", element("SessionType", type))
                                .value("ReturnValue"))
                .isEqualTo("2");
    }

    private EventRecord newest() {
        return device.firmware().eventLog().records().getFirst();
    }

    /** Application and event of the last audit record. */
    private byte[] audited() {
        byte[] record = device.firmware().auditLog().record(device.firmware().auditLog().count());
        assertThat(record).isNotNull();
        return Arrays.copyOf(record, 4);
    }
}
