package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** What a listener with TLS demands of the certificates of those who call. */
public interface ClientCertificateRules {
    /** Whether they show one. */
    ClientCertificate clientCertificate();

    /** The file of the authorities for client certificates. */
    @Nullable Path clientCa();

    /** The files of the authorities' revocation lists. */
    List<Path> crl();

    /** What counts without a valid list. */
    CrlPolicy crlPolicy();

    /** Whether the issuer is asked. */
    OcspMode ocsp();

    /** The responder, when it is not the one that the certificate names. */
    @Nullable String ocspUrl();
}
