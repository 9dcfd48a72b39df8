package org.outpost.gateway.certificate;

/** What came of a {@link CertificateCheck}. */
public sealed interface CertificateVerdict {
    /** The peer may go on. */
    record Accepted() implements CertificateVerdict {}

    /**
     * The certificate is not good, or there is none where one is needed.
     *
     * @param reason for the log
     */
    record Refused(String reason) implements CertificateVerdict {}

    /**
     * Nobody could say; the peer is turned away and may try again.
     *
     * @param reason for the log
     */
    record Unavailable(String reason) implements CertificateVerdict {}
}
