package org.outpost.amt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.TestDevice;
import org.outpost.amt.wsman.http.Credentials;

/** TLS inside the channel, and whose certificate it is. */
final class DeviceConnectorTest {
    private static final Credentials ADMIN = new Credentials("admin", "P@ssw0rd");

    private TestDevice device = new TestDevice(ConnectionSettings.DEFAULT, ADMIN);

    @AfterEach
    void close() {
        device.close();
    }

    private void with(ConnectionSettings settings) {
        device.close();
        device = new TestDevice(settings, ADMIN);
    }

    private static SslContext server(String name) throws Exception {
        X509Bundle bundle =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        return SslContextBuilder.forServer(bundle.toKeyManagerFactory()).build();
    }

    private void ask() {
        if (device.amt.model.instances("AMT_X").isEmpty()) {
            device.amt.model.instance("AMT_X", "A", "1");
        }
        TestDevice.get(device.calls().get("AMT_X"));
    }

    private AmtFailure askInVain() {
        return TestDevice.failure(device.calls().get("AMT_X"));
    }

    @Test
    void theFirstCertificateIsPutOnRecord() throws Exception {
        device.amt.tls(server("pc-1.example"));

        ask();
        device.amt.dropConnections();
        ask();

        assertThat(device.pins.pin("device").orElseThrow().subject()).isEqualTo("CN=pc-1.example");
        assertThat(device.changes).isEmpty();
    }

    @Test
    void anotherCertificateIsRefused() throws Exception {
        device.amt.tls(server("pc-1.example"));
        ask();
        device.amt.close(16993);
        device.amt.dropConnections();
        device.amt.tls(server("pc-1.example"));

        assertThat(askInVain()).isInstanceOf(AmtFailure.CertificateChanged.class);
        assertThat(device.changes).containsExactly(false);
        assertThat(device.amt.envelopes).hasSize(1);
    }

    @Test
    void anotherCertificateIsToldAndAcceptedWherePolicySaysSo() throws Exception {
        with(ConnectionSettings.DEFAULT.with(PinPolicy.WARN));
        device.amt.tls(server("pc-1.example"));
        ask();
        device.amt.close(16993);
        device.amt.dropConnections();
        device.amt.tls(server("new.example"));

        ask();

        assertThat(device.changes).containsExactly(true);
        assertThat(device.pins.pin("device").orElseThrow().subject()).isEqualTo("CN=new.example");
    }

    @Test
    void withoutARecordOfCertificatesNothingIsSaid() throws Exception {
        device.amt.tls(server("pc-1.example"));
        device.pins.broken = true;

        assertThat(askInVain()).isInstanceOf(AmtFailure.TlsFailed.class);
        assertThat(device.amt.digest.challenges).isZero();
    }

    @Test
    void aDeviceWithoutTlsIsSpokenToInClearText() {
        device.amt.plain();

        ask();

        assertThat(device.pins.pin("device")).isEmpty();
    }

    @Test
    void aDeviceThatOnceSpokeTlsIsNeverSpokenToInClearText() throws Exception {
        device.amt.plain().tls(server("pc-1.example"));
        ask();
        device.amt.close(16993);
        device.amt.dropConnections();

        assertThat(askInVain())
                .isEqualTo(new AmtFailure.Unreachable(16993, AmtFailure.Reach.REFUSED));
    }

    @Test
    void aDeviceThatNowHasTlsOnlyIsFoundAgain() throws Exception {
        device.amt.plain();
        ask();
        device.amt.close(16992);
        device.amt.dropConnections();
        device.amt.tls(server("pc-1.example"));

        ask();

        assertThat(device.pins.pin("device")).isPresent();
    }

    @Test
    void aPortThatSpeaksNoTlsIsATlsFailure() {
        with(ConnectionSettings.DEFAULT.with(TransportChoice.TLS));
        // The plain port's server behind the TLS port's number.
        device.amt.plainOn(16993);

        assertThat(askInVain()).isInstanceOf(AmtFailure.TlsFailed.class);
    }
}
