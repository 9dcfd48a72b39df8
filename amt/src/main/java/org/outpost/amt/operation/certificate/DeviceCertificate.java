package org.outpost.amt.operation.certificate;

/**
 * A certificate in the device (AMT_PublicKeyCertificate).
 *
 * @param instanceId its key, such as {@code Intel(r) AMT Certificate: Handle: 0}
 * @param elementName its name for people
 * @param subject whose it is
 * @param issuer who signed it
 * @param trustedRoot whether it is a trusted root
 * @param readOnly whether it cannot be removed
 * @param x509 the certificate itself, base64 of DER
 */
public record DeviceCertificate(
        String instanceId,
        String elementName,
        String subject,
        String issuer,
        boolean trustedRoot,
        boolean readOnly,
        String x509) {}
