package org.outpost.amt.operation.certificate;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Certificates and keys in the device (wsman.md section 10.2). */
public final class CertificateService {
    /** Whose instances the certificates are. */
    public static final AmtClass CERTIFICATE = AmtClass.of("AMT_PublicKeyCertificate");

    /** Whose instances the key pairs are. */
    public static final AmtClass KEY_PAIR = AmtClass.of("AMT_PublicPrivateKeyPair");

    private static final AmtClass SERVICE = AmtClass.of("AMT_PublicKeyManagementService");
    private static final int RSA = 0;
    private static final int SHA256_RSA = 1;
    private static final String ID = "InstanceID";

    private final AmtCalls calls;

    /** Asks through these calls. */
    public CertificateService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The certificates. */
    public CompletionStage<List<DeviceCertificate>> certificates() {
        return calls.enumerate(CERTIFICATE.name())
                .thenApply(list -> list.stream().map(CertificateService::certificate).toList());
    }

    private static DeviceCertificate certificate(Element read) {
        return new DeviceCertificate(
                read.textOr(ID, ""),
                read.textOr("ElementName", ""),
                read.textOr("Subject", ""),
                read.textOr("Issuer", ""),
                // the missing i is the firmware's
                read.isTrue("TrustedRootCertficate"),
                read.isTrue("ReadOnlyCertificate"),
                read.textOr("X509Certificate", ""));
    }

    /** The key pairs. */
    public CompletionStage<List<DeviceKey>> keys() {
        return calls.enumerate(KEY_PAIR.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(
                                                read ->
                                                        new DeviceKey(
                                                                read.textOr(ID, ""),
                                                                read.textOr("ElementName", ""),
                                                                read.textOr("DERKey", "")))
                                        .toList());
    }

    /** The roots accepted for being set up. */
    public CompletionStage<List<RootHash>> rootHashes() {
        return calls.enumerate("AMT_ProvisioningCertificateHash")
                .thenApply(
                        list ->
                                list.stream()
                                        .map(
                                                read ->
                                                        new RootHash(
                                                                read.textOr(ID, ""),
                                                                read.textOr("Description", ""),
                                                                read.integer("HashType").orElse(-1),
                                                                read.textOr("HashData", ""),
                                                                read.isTrue("Enabled"),
                                                                read.isTrue("IsDefault")))
                                        .toList());
    }

    /**
     * Adds a root that the device trusts.
     *
     * @param der the certificate
     */
    public CompletionStage<EndpointReference> addTrustedRoot(byte[] der) {
        return named(
                blob("AddTrustedRootCertificate", "CertificateBlob", der), "CreatedCertificate");
    }

    /**
     * Adds a certificate of the device's own.
     *
     * @param der the certificate
     */
    public CompletionStage<EndpointReference> addCertificate(byte[] der) {
        return named(blob("AddCertificate", "CertificateBlob", der), "CreatedCertificate");
    }

    /**
     * Adds a private key.
     *
     * @param pkcs1 a PKCS #1 RSAPrivateKey
     */
    public CompletionStage<EndpointReference> addKey(byte[] pkcs1) {
        return named(blob("AddKey", "KeyBlob", pkcs1), "CreatedKey");
    }

    private static Invocation blob(String method, String argument, byte[] value) {
        return Invocation.of(SERVICE, method)
                .with(argument, Base64.getEncoder().encodeToString(value));
    }

    /**
     * Lets the device make a key pair. It may not be ready at once: give the call minutes.
     *
     * @param bits the length, 2048 or 3072
     */
    public CompletionStage<EndpointReference> generateKeyPair(int bits) {
        return named(
                Invocation.of(SERVICE, "GenerateKeyPair")
                        .with("KeyAlgorithm", RSA)
                        .with("KeyLength", bits),
                "KeyPair");
    }

    /**
     * Lets the device sign a certificate request with one of its keys, so that the private key
     * never leaves it.
     *
     * @param keyPair which key
     * @param unsigned the request without a signature, DER
     * @return the signed request, DER
     */
    public CompletionStage<byte[]> signRequest(EndpointReference keyPair, byte[] unsigned) {
        return calls.invoke(
                        Invocation.of(SERVICE, "GeneratePKCS10RequestEx")
                                .with("KeyPair", keyPair)
                                .with(
                                        "NullSignedCertificateRequest",
                                        Base64.getEncoder().encodeToString(unsigned))
                                .with("SigningAlgorithm", SHA256_RSA))
                .thenApply(
                        output ->
                                output.bytes("SignedCertificateRequest")
                                        .orElseThrow(CertificateService::nothing));
    }

    private CompletionStage<EndpointReference> named(Invocation call, String output) {
        return calls.invoke(call)
                .thenApply(
                        answer ->
                                answer.child(output)
                                        .flatMap(EndpointReference::read)
                                        .orElseThrow(CertificateService::nothing));
    }

    private static AmtException nothing() {
        return new AmtException(new AmtFailure.ProtocolError("it does not say what it has made"));
    }

    /**
     * Removes a certificate; fails while it is used.
     *
     * @param instanceId its key
     */
    public CompletionStage<Optional<Element>> removeCertificate(String instanceId) {
        return calls.delete(CERTIFICATE.name(), Selectors.of(ID, instanceId));
    }

    /**
     * Removes a key pair; fails while it is used.
     *
     * @param instanceId its key
     */
    public CompletionStage<Optional<Element>> removeKey(String instanceId) {
        return calls.delete(KEY_PAIR.name(), Selectors.of(ID, instanceId));
    }
}
