package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.certificate.CertificateService;
import org.outpost.amt.operation.certificate.DeviceCertificate;
import org.outpost.amt.operation.certificate.DeviceKey;
import org.outpost.amt.operation.certificate.TlsService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Certificates and keys in the device. */
@RestController
@RequestMapping("/api/v1/amt/certificates")
final class CertificateController {
    private final AmtRequests devices;

    CertificateController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final int LONGEST = 16_384;

    /** What there is, as Open DMT's MPS shows it. */
    record Certificates(Listed certificates, Keys publicKeys, List<Profile> profileAssociation) {}

    /** The certificates. */
    record Listed(List<Object> keyManagementItems, List<Certificate> publicKeyCertificateItems) {}

    /** The keys, of which only the public half is shown. */
    record Keys(List<Key> publicPrivateKeyPairItems) {}

    /** A certificate. */
    record Certificate(
            String elementName,
            String instanceID,
            String x509Certificate,
            boolean trustedRootCertificate,
            String issuer,
            String subject,
            boolean readOnlyCertificate,
            String publicKeyHandle,
            List<String> associatedProfiles,
            String displayName) {
        static Certificate of(DeviceCertificate read, List<String> tls) {
            return new Certificate(
                    read.elementName(),
                    read.instanceId(),
                    read.x509(),
                    read.trustedRoot(),
                    read.issuer(),
                    read.subject(),
                    read.readOnly(),
                    "",
                    tls.contains(read.instanceId()) ? List.of("TLS") : List.of(),
                    commonName(read));
        }

        private static String commonName(DeviceCertificate read) {
            for (String part : read.subject().split(",", -1)) {
                String trimmed = part.strip();
                if (trimmed.startsWith("CN=")) {
                    return trimmed.substring(3);
                }
            }
            return read.instanceId();
        }
    }

    /** A key pair. */
    record Key(String elementName, String instanceID, String derKey, String certificateHandle) {
        static Key of(DeviceKey key) {
            return new Key(key.elementName(), key.instanceId(), key.derKey(), "");
        }
    }

    /** What a certificate is used for. */
    record Profile(String type, String profileID, Certificate clientCertificate) {}

    /** A certificate to be stored: DER or PEM, in base64. */
    record Wanted(@Nullable String cert, @Nullable Boolean isTrusted) {}

    /** The key of what was stored. */
    record Handle(String handle) {}

    /** What was removed. */
    record Removed(String message, String handle) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Certificates deviceCertificates(@PathVariable String guid) {
        return devices.ask(guid, CertificateController::read);
    }

    private static CompletionStage<Certificates> read(AmtCalls calls) {
        CertificateService service = new CertificateService(calls);
        return listed(calls)
                .thenCombine(
                        service.keys(),
                        (all, keys) ->
                                new Certificates(
                                        new Listed(List.of(), all),
                                        new Keys(keys.stream().map(Key::of).toList()),
                                        all.stream()
                                                .filter(one -> !one.associatedProfiles().isEmpty())
                                                .map(one -> new Profile("TLS", "TLS", one))
                                                .toList()));
    }

    private static CompletionStage<List<Certificate>> listed(AmtCalls calls) {
        return new CertificateService(calls)
                .certificates()
                .thenCombine(
                        Missing.orElse(new TlsService(calls).certificatesInUse(), List.of()),
                        (all, tls) -> all.stream().map(one -> Certificate.of(one, tls)).toList());
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Handle addCertificate(@PathVariable String guid, @RequestBody Wanted wanted) {
        new Checks()
                .that(
                        wanted.cert() != null
                                && !wanted.cert().isBlank()
                                && wanted.cert().length() <= LONGEST,
                        "cert",
                        "Certificate is required")
                .that(wanted.isTrusted() != null, "isTrusted", "isTrusted must be a boolean value")
                .done();
        byte[] der = der(checked(wanted.cert()));
        boolean root = checked(wanted.isTrusted());
        EndpointReference added =
                devices.ask(
                        guid,
                        calls -> {
                            CertificateService service = new CertificateService(calls);
                            return root ? service.addTrustedRoot(der) : service.addCertificate(der);
                        });
        return new Handle(added.selectors().text("InstanceID").orElse(""));
    }

    private static byte[] der(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(bytes));
            certificate.checkValidity();
            return certificate.getEncoded();
        } catch (CertificateExpiredException e) {
            throw Answers.invalid(Invalid.inBody("cert", "Certificate has expired"));
        } catch (CertificateNotYetValidException e) {
            throw Answers.invalid(Invalid.inBody("cert", "Certificate is not valid yet"));
        } catch (CertificateException | IllegalArgumentException e) {
            throw Answers.invalid(
                    Invalid.inBody("cert", "Invalid certificate format (not valid DER or PEM)"));
        }
    }

    @DeleteMapping("/{guid}/{instanceId}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Removed removeCertificate(@PathVariable String guid, @PathVariable String instanceId) {
        devices.ask(
                guid,
                calls ->
                        listed(calls)
                                .thenApply(all -> removable(all, instanceId))
                                .thenCompose(
                                        one ->
                                                new CertificateService(calls)
                                                        .removeCertificate(one.instanceID())));
        return new Removed("Certificate deleted successfully", instanceId);
    }

    private static Certificate removable(List<Certificate> all, String instanceId) {
        Certificate found =
                all.stream()
                        .filter(one -> one.instanceID().equals(instanceId))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Answers.problem(
                                                HttpStatus.NOT_FOUND,
                                                "Certificate with handle '"
                                                        + instanceId
                                                        + "' not found"));
        if (found.readOnlyCertificate()) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST,
                    "Cannot delete certificate '"
                            + instanceId
                            + "': Certificate is read-only and cannot be removed");
        }
        if (!found.associatedProfiles().isEmpty()) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Cannot delete certificate '"
                            + instanceId
                            + "': Certificate is currently referenced by the following AMT"
                            + " profiles/configurations: "
                            + String.join(", ", found.associatedProfiles())
                            + ". Remove these references before deleting the certificate.");
        }
        return found;
    }
}
