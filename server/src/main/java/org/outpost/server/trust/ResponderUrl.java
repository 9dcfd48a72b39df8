package org.outpost.server.trust;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.cert.X509Certificate;

/** The responder that a certificate names (RFC 5280 §4.2.2.1). */
public final class ResponderUrl {
    private ResponderUrl() {}

    /** Its URL; null when there is none that can be asked, which is plain HTTP to a host. */
    static @Nullable URI of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (extension == null) {
            return null;
        }
        try {
            AuthorityInformationAccess access =
                    AuthorityInformationAccess.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets());
            for (AccessDescription each : access.getAccessDescriptions()) {
                GeneralName place = each.getAccessLocation();
                if (each.getAccessMethod().equals(X509ObjectIdentifiers.id_ad_ocsp)
                        && place.getTagNo() == GeneralName.uniformResourceIdentifier) {
                    URI url = URI.create(place.getName().toString());
                    if (isAskable(url)) {
                        return url;
                    }
                }
            }
        } catch (IllegalArgumentException garbled) {
            return null;
        }
        return null;
    }

    /** Whether a responder can be asked at this URL: plain HTTP, since answers are signed. */
    public static boolean isAskable(String url) {
        try {
            return isAskable(URI.create(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isAskable(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
    }
}
