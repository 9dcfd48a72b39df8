package org.outpost.testkit.apf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ApfVectorsTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-0048-3310-8039-c8c04f335231");
    private static final UUID NOBODY = new UUID(0, 0);

    static List<ApfVectors.Vector> vectors() {
        return ApfVectors.ALL;
    }

    static List<ApfVectors.Negative> negatives() {
        return ApfVectors.NEGATIVE;
    }

    @Test
    void thereAre31() {
        assertThat(ApfVectors.ALL).hasSize(31);
        assertThat(ApfVectors.ALL).extracting(ApfVectors.Vector::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void buildersMakeTheVector(ApfVectors.Vector vector) {
        byte[] built = built().get(vector.id());

        assertThat(built).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void parserReadsTheVectorAndWritesItAgain(ApfVectors.Vector vector) {
        ApfWire wire = expecting(vector);

        List<WireMessage> messages = wire.feed(vector.direction().sender(), vector.bytes());

        assertThat(messages).singleElement().isNotInstanceOf(WireMessage.Undecodable.class);
        assertThat(messages.getFirst().bytes()).isEqualTo(vector.bytes());
        assertThat(wire.pending(vector.direction().sender())).isZero();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void parserWaitsForTheLastByte(ApfVectors.Vector vector) {
        ApfWire wire = expecting(vector);
        ApfSide sender = vector.direction().sender();
        byte[] bytes = vector.bytes();
        List<WireMessage> early = new ArrayList<>();

        for (int i = 0; i < bytes.length - 1; i++) {
            early.addAll(wire.feed(sender, new byte[] {bytes[i]}));
        }
        List<WireMessage> last = wire.feed(sender, new byte[] {bytes[bytes.length - 1]});

        assertThat(early).isEmpty();
        assertThat(last).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void parserJudgesTheNegativeVector(ApfVectors.Negative vector) {
        List<WireMessage> messages = ApfWire.decode(vector.from(), vector.bytes());

        switch (vector.expected()) {
            case WAIT -> assertThat(messages).isEmpty();
            case PROTOCOL_ERROR ->
                    assertThat(messages)
                            .singleElement()
                            .isInstanceOf(WireMessage.Undecodable.class);
        }
    }

    @Test
    void fieldsAreThoseOfTheTable() {
        assertThat(read(ApfVectors.V01))
                .isEqualTo(new WireMessage.ProtocolVersion(1, 0, 4, DEVICE));
        assertThat(read(ApfVectors.V05))
                .isEqualTo(
                        new WireMessage.UserauthRequest(
                                "admin", "pfwd@amt.intel.com", "password", "P@ssw0rd"));
        assertThat(read(ApfVectors.V17))
                .isEqualTo(
                        new WireMessage.UdpSendTo(
                                false,
                                "192.0.2.10",
                                162,
                                "192.168.1.5",
                                16992,
                                Octets.ofHex("30030201")));
        assertThat(read(ApfVectors.V18))
                .isEqualTo(
                        new WireMessage.ChannelOpen(
                                "forwarded-tcpip", 4, 32768, "", 16992, "1.2.3.4", 1024));
    }

    @Test
    void passwordIsNotPrinted() {
        assertThat(read(ApfVectors.V05).toString()).contains("admin").doesNotContain("P@ss");
    }

    private static WireMessage read(ApfVectors.Vector vector) {
        return ApfWire.decode(vector.direction().sender(), vector.bytes()).getFirst();
    }

    private static ApfWire expecting(ApfVectors.Vector vector) {
        ApfWire wire = new ApfWire();
        if (vector.equals(ApfVectors.V13)) {
            wire.feed(ApfSide.DEVICE, ApfVectors.V11.bytes());
        } else if (vector.equals(ApfVectors.V15)) {
            wire.feed(ApfSide.DEVICE, ApfVectors.V14.bytes());
        }
        return wire;
    }

    private static Map<String, byte[]> built() {
        byte[] get = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return Map.ofEntries(
                Map.entry("V01", ApfBytes.protocolVersion(4, DEVICE)),
                Map.entry("V02", ApfBytes.protocolVersion(254, NOBODY)),
                Map.entry("V03", ApfBytes.serviceRequest(ApfBytes.AUTH)),
                Map.entry("V04", ApfBytes.serviceAccept(ApfBytes.AUTH)),
                Map.entry("V05", ApfBytes.userauthPassword("admin", "P@ssw0rd")),
                Map.entry("V06", ApfBytes.userauthNone("")),
                Map.entry("V07", ApfBytes.userauthSuccess()),
                Map.entry("V08", ApfBytes.userauthFailure("password")),
                Map.entry("V09", ApfBytes.serviceRequest(ApfBytes.PFWD)),
                Map.entry("V10", ApfBytes.serviceAccept(ApfBytes.PFWD)),
                Map.entry("V11", ApfBytes.tcpipForward(true, "", 16993)),
                Map.entry("V12", ApfBytes.tcpipForward(true, "amt-pc", 5900)),
                Map.entry("V13", ApfBytes.requestSuccess(16993)),
                Map.entry("V14", ApfBytes.cancelTcpipForward(true, "", 16992)),
                Map.entry("V15", ApfBytes.requestSuccess()),
                Map.entry("V16", ApfBytes.requestFailure()),
                Map.entry(
                        "V17",
                        ApfBytes.udpSendTo(
                                false,
                                "192.0.2.10",
                                162,
                                "192.168.1.5",
                                16992,
                                Octets.ofHex("30030201").bytes())),
                Map.entry(
                        "V18",
                        ApfBytes.channelOpen(
                                "forwarded-tcpip", 4, 32768, "", 16992, "1.2.3.4", 1024)),
                Map.entry(
                        "V19",
                        ApfBytes.channelOpen("forwarded-tcpip", 2, 4096, "::1", 16992, "::1", 123)),
                Map.entry(
                        "V20",
                        ApfBytes.channelOpen(
                                "direct-tcpip", 1, 4096, "192.0.2.20", 8443, "192.168.1.5", 49152)),
                Map.entry("V21", ApfBytes.channelOpenConfirmation(4, 0, 4095)),
                Map.entry("V22", ApfBytes.channelOpenFailure(4, 4)),
                Map.entry("V23", ApfBytes.channelData(0, get)),
                Map.entry("V24", ApfBytes.channelData(4, new byte[0])),
                Map.entry("V25", ApfBytes.channelWindowAdjust(4, 499)),
                Map.entry("V26", ApfBytes.channelClose(4)),
                Map.entry("V27", ApfBytes.keepAliveRequest(255)),
                Map.entry("V28", ApfBytes.keepAliveReply(255)),
                Map.entry("V29", ApfBytes.keepAliveOptionsRequest(30, 0)),
                Map.entry("V30", ApfBytes.keepAliveOptionsReply(30, 0)),
                Map.entry("V31", ApfBytes.disconnect(11)));
    }
}
