package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Certificates, keys, trusted roots (wsman.md §10.2). */
final class CertificateClasses {
    static final String CERTIFICATE = "AMT_PublicKeyCertificate";
    static final String KEY = "AMT_PublicPrivateKeyPair";
    static final String CERTIFICATE_ID = "Intel(r) AMT Certificate: Handle: ";
    private static final String KEY_ID = "Intel(r) AMT Key: Handle: ";
    private static final String SERVICE = "Intel(r) AMT Public Key Management Service";
    private static final int LARGEST_CERTIFICATE = 4100;
    private static final int LARGEST_REQUEST = 4100;
    private static final int MOST_CERTIFICATES = 32;
    private static final int MOST_KEYS = 8;
    private static final EnumSet<Realm> ADMINS = EnumSet.of(Realm.ADMINISTRATION);

    private CertificateClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named(CERTIFICATE)
                        .deletable(CertificateClasses::deleteCertificate)
                        .build(),
                CimClass.named(KEY)
                        .deletable((call, key) -> KeyStore.of(call).remove(key.text("InstanceID")))
                        .build(),
                CimClass.named("AMT_PublicKeyManagementService")
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine("AMT_PublicKeyManagementService", SERVICE)
                                                .named(SERVICE)
                                                .set("EnabledState", 5)
                                                .set("RequestedState", 12)
                                                .build())
                        .method("AddTrustedRootCertificate", (call, in) -> add(call, in, true))
                        .method("AddCertificate", (call, in) -> add(call, in, false))
                        .method("AddKey", CertificateClasses::addKey)
                        .slowMethod("GenerateKeyPair", ADMINS, CertificateClasses::generate)
                        .slowMethod("GeneratePKCS10RequestEx", ADMINS, CertificateClasses::sign)
                        .build(),
                CimClass.named("AMT_ProvisioningCertificateHash")
                        .many(firmware -> hashes())
                        .writable(Property.flag("Enabled"))
                        .build(),
                CimClass.named("AMT_CryptographicCapabilities")
                        .single(
                                firmware ->
                                        Instance.of("AMT_CryptographicCapabilities")
                                                .set(
                                                        "InstanceID",
                                                        "Intel(r) AMT: Cryptographic Capabilities"
                                                                + " 0")
                                                .named("Intel(r) AMT: Cryptographic Capabilities")
                                                .set("HardwareAcceleration", 0)
                                                .build())
                        .build());
    }

    private static Output add(Call call, Arguments in, boolean root) throws FaultException {
        byte[] der = in.bytes("CertificateBlob", LARGEST_CERTIFICATE);
        Optional<CertificateFacts> facts = CertificateFacts.read(der);
        if (facts.isEmpty()) {
            return Output.of(Status.INVALID_CERT);
        }
        String base64 = Base64.getEncoder().encodeToString(der);
        InstanceTable table = call.table(CERTIFICATE);
        if (table.find("X509Certificate", base64).isPresent()) {
            return Output.of(Status.DUPLICATE);
        }
        if (table.size() >= MOST_CERTIFICATES) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        if (!root && !KeyStore.of(call).holds(facts.get().publicKey())) {
            return Output.of(Status.CERT_KEY_NOT_MATCH);
        }
        Instance certificate =
                Instance.of(CERTIFICATE)
                        .set("InstanceID", CERTIFICATE_ID + table.nextNumber())
                        .named("Intel(r) AMT Certificate")
                        .set("Issuer", facts.get().issuer())
                        .set("ReadOnlyCertificate", false)
                        .set("Subject", facts.get().subject())
                        .set("TrustedRootCertficate", root)
                        .set("X509Certificate", base64)
                        .build();
        call.store(certificate);
        if (root) {
            call.audit(AuditEvent.TRUSTED_ROOT_ADDED);
        }
        return Output.done()
                .with("CreatedCertificate", certificate.reference(List.of("InstanceID")));
    }

    private static void deleteCertificate(Call call, Instance certificate) throws FaultException {
        String id = certificate.text("InstanceID");
        boolean inUse =
                call.instances("AMT_TLSCredentialContext").stream()
                        .flatMap(context -> context.link("ElementInContext").stream())
                        .anyMatch(reference -> reference.key("InstanceID").equals(id));
        if (inUse) {
            throw FaultException.internal(Status.ENTRY_IN_USE);
        }
        if (certificate.flag("TrustedRootCertficate")) {
            call.audit(AuditEvent.TRUSTED_ROOT_REMOVED);
        }
    }

    private static Output addKey(Call call, Arguments in) throws FaultException {
        byte[] pkcs1 = in.bytes("KeyBlob", 4096);
        Optional<RsaKey> key = RsaKey.read(pkcs1);
        if (key.isEmpty()) {
            return Output.of(Status.INVALID_KEY);
        }
        if (KeyStore.of(call).holds(key.get().publicKey())) {
            return Output.of(Status.DUPLICATE);
        }
        return stored(call, key.get(), "CreatedKey");
    }

    private static CompletionStage<Output> generate(Call call, Arguments in) throws FaultException {
        long algorithm = in.number("KeyAlgorithm", 0, 65_535);
        int bits = (int) in.number("KeyLength", 0, 65_535);
        if (algorithm != 0 || (bits != 1024 && bits != 1536 && bits != 2048)) {
            return CompletableFuture.completedFuture(Output.of(Status.INVALID_PARAMETER));
        }
        return CompletableFuture.supplyAsync(
                        () -> RsaKey.generate(bits), call.firmware().background())
                .thenApplyAsync(key -> stored(call, key, "KeyPair"), call.firmware().loop());
    }

    private static Output stored(Call call, RsaKey key, String output) {
        InstanceTable table = call.table(KEY);
        if (table.size() >= MOST_KEYS) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        Instance pair =
                Instance.of(KEY)
                        .set("InstanceID", KEY_ID + table.nextNumber())
                        .named("Intel(r) AMT Key")
                        .set("DERKey", Base64.getEncoder().encodeToString(key.pkcs1PublicKey()))
                        .build();
        table.put(pair);
        KeyStore.of(call).put(pair.text("InstanceID"), key);
        return Output.done().with(output, pair.reference(List.of("InstanceID")));
    }

    private static CompletionStage<Output> sign(Call call, Arguments in) throws FaultException {
        Reference pair = in.reference("KeyPair");
        byte[] request = in.bytes("NullSignedCertificateRequest", LARGEST_REQUEST);
        long algorithm = in.number("SigningAlgorithm", 0, 65_535);
        RsaKey key = KeyStore.of(call).get(pair.key("InstanceID"));
        if (key == null) {
            return CompletableFuture.completedFuture(Output.of(Status.INVALID_HANDLE));
        }
        if (algorithm > 1) {
            return CompletableFuture.completedFuture(Output.of(Status.INVALID_PARAMETER));
        }
        return CompletableFuture.supplyAsync(
                () ->
                        key.sign(request, algorithm == 0 ? "SHA1withRSA" : "SHA256withRSA")
                                .map(
                                        signed ->
                                                Output.done()
                                                        .with(
                                                                "SignedCertificateRequest",
                                                                Base64.getEncoder()
                                                                        .encodeToString(signed)))
                                .orElseGet(() -> Output.of(Status.INVALID_PARAMETER)),
                call.firmware().background());
    }

    private static List<Instance> hashes() {
        return List.of(
                hash(0, "VeriSign Class 3 Primary CA-G1", "dDgZYPVSFRNS5Nb2YGTq6tBhe6U="),
                hash(1, "Go Daddy Class 2 CA", "wxaWT3v4z6svFMWXdSb4GmvchEU="));
    }

    private static Instance hash(int number, String description, String data) {
        return Instance.of("AMT_ProvisioningCertificateHash")
                .set("InstanceID", "Intel(r) AMT Provisioning Certificate Hash: Handle: " + number)
                .named("Intel(r) AMT Provisioning Certificate Hash")
                .set("Description", description)
                .set("Enabled", true)
                .set("HashData", data)
                .set("HashType", 1)
                .set("IsDefault", true)
                .build();
    }
}
