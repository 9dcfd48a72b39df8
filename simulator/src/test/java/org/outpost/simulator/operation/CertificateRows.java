package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.operation.certificate.CertificateService;
import org.outpost.amt.operation.certificate.DeviceKey;
import org.outpost.amt.operation.certificate.TlsService;
import org.outpost.amt.operation.certificate.TlsSettings;
import org.outpost.amt.wsman.EndpointReference;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;

/** Certificates, keys, and TLS of the device's own ports. */
final class CertificateRows {
    private CertificateRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("trusted roots", CertificateRows::roots),
                new Row("keys made in the device", CertificateRows::keys),
                new Row("certificates and TLS settings", CertificateRows::tls));
    }

    private static String id(EndpointReference reference) {
        return reference.selectors().text("InstanceID").orElseThrow();
    }

    private static X509Bundle selfSigned(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .rsa2048()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static void roots(DeviceClient device) throws Exception {
        CertificateService service = new CertificateService(device.calls());
        byte[] root = selfSigned("Matrix Root").getCertificate().getEncoded();

        String id = id(get(service.addTrustedRoot(root)));

        assertThat(get(service.certificates()))
                .filteredOn(one -> one.instanceId().equals(id))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.trustedRoot()).isTrue();
                            assertThat(one.subject()).contains("Matrix Root");
                            assertThat(Base64.getDecoder().decode(one.x509())).isEqualTo(root);
                        });
        get(service.removeCertificate(id));
        assertThat(get(service.certificates())).noneMatch(one -> one.instanceId().equals(id));
        assertThat(get(service.rootHashes())).isNotEmpty();
    }

    private static void keys(DeviceClient device) throws Exception {
        CertificateService service = new CertificateService(device.calls());

        EndpointReference made = get(service.generateKeyPair(2048));

        DeviceKey key =
                get(service.keys()).stream()
                        .filter(one -> one.instanceId().equals(id(made)))
                        .findFirst()
                        .orElseThrow();
        SubjectPublicKeyInfo publicKey =
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        Base64.getDecoder().decode(key.derKey()));
        byte[] signed = get(service.signRequest(made, unsigned(publicKey)));
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(signed);
        assertThat(request.getSubject()).hasToString("CN=pc");
        assertThat(
                        request.isSignatureValid(
                                new JcaContentVerifierProviderBuilder().build(publicKey)))
                .as("signed with the key in the device")
                .isTrue();

        get(service.removeKey(id(made)));
        assertThat(get(service.keys())).noneMatch(one -> one.instanceId().equals(id(made)));
    }

    /** A request for that key, signed by another, as a console makes it to have it signed. */
    private static byte[] unsigned(SubjectPublicKeyInfo key) throws Exception {
        KeyPairGenerator other = KeyPairGenerator.getInstance("RSA");
        other.initialize(2048);
        return new PKCS10CertificationRequestBuilder(new X500Name("CN=pc"), key)
                .build(
                        new JcaContentSignerBuilder("SHA256withRSA")
                                .build(other.generateKeyPair().getPrivate()))
                .getEncoded();
    }

    private static void tls(DeviceClient device) throws Exception {
        CertificateService certificates = new CertificateService(device.calls());
        TlsService service = new TlsService(device.calls());
        X509Bundle own = selfSigned(device.name() + ".example.test");
        byte[] pkcs1 =
                PrivateKeyInfo.getInstance(own.getKeyPair().getPrivate().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded();
        String key = id(get(certificates.addKey(pkcs1)));
        assertThat(get(certificates.keys())).anyMatch(one -> one.instanceId().equals(key));
        EndpointReference certificate =
                get(certificates.addCertificate(own.getCertificate().getEncoded()));

        get(service.useCertificate(certificate));
        assertThat(get(service.certificatesInUse())).containsExactly(id(certificate));
        assertThat(failure(certificates.removeCertificate(id(certificate))).sentence())
                .as("it is used")
                .isNotEmpty();

        List<TlsSettings> before = get(service.settings());
        assertThat(before)
                .extracting(TlsSettings::instanceId)
                .containsExactly(TlsSettings.NETWORK, TlsSettings.LOCAL);
        TlsSettings network = before.getFirst();
        TlsSettings wanted =
                new TlsSettings(
                        network.instanceId(),
                        network.enabled(),
                        false,
                        network.acceptPlain(),
                        List.of("console.example.test"));
        get(service.change(wanted));
        assertThat(get(service.settings()).getFirst()).isEqualTo(wanted);
        assertThat(get(service.commit())).isIn(Confirmation.CONFIRMED, Confirmation.UNCONFIRMED);
        assertThat(get(service.settings()).getFirst()).isEqualTo(wanted);
        get(service.change(network));
        assertThat(get(service.settings())).isEqualTo(before);
    }
}
