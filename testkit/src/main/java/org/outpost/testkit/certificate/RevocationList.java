package org.outpost.testkit.certificate;

import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Certificate revocation lists (RFC 5280 §5). */
final class RevocationList {
    private RevocationList() {}

    static String pem(
            X509Certificate issuer,
            PrivateKey key,
            Instant thisUpdate,
            Instant nextUpdate,
            TestIdentity... revoked) {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer, Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
            for (TestIdentity each : revoked) {
                builder.addCRLEntry(
                        each.certificate().getSerialNumber(),
                        Date.from(thisUpdate),
                        CRLReason.keyCompromise);
            }
            String algorithm =
                    key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA384withECDSA";
            byte[] list =
                    builder.build(new JcaContentSignerBuilder(algorithm).build(key)).getEncoded();
            return "-----BEGIN X509 CRL-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list)
                    + "\n-----END X509 CRL-----\n";
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no revocation list", e);
        }
    }
}
