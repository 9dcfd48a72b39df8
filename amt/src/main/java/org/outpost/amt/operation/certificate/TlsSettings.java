package org.outpost.amt.operation.certificate;

import org.outpost.amt.xml.Element;

import java.util.List;

/**
 * TLS at one of AMT's two interfaces (AMT_TLSSettingData).
 *
 * @param instanceId which interface
 * @param enabled whether TLS is spoken
 * @param mutual whether clients must show a certificate
 * @param acceptPlain whether connections without TLS are accepted too
 * @param trustedNames the common names that clients may have; empty for any
 */
public record TlsSettings(
        String instanceId,
        boolean enabled,
        boolean mutual,
        boolean acceptPlain,
        List<String> trustedNames) {
    /** The network's interface. */
    public static final String NETWORK = "Intel(r) AMT 802.3 TLS Settings";

    /** The local interface, through LMS. */
    public static final String LOCAL = "Intel(r) AMT LMS TLS Settings";

    /** Copies the list. */
    public TlsSettings {
        trustedNames = List.copyOf(trustedNames);
    }

    static TlsSettings of(Element read) {
        return new TlsSettings(
                read.textOr("InstanceID", ""),
                read.isTrue("Enabled"),
                read.isTrue("MutualAuthentication"),
                read.isTrue("AcceptNonSecureConnections"),
                read.texts("TrustedCN"));
    }

    Element edit(Element read) {
        return read.with("Enabled", enabled)
                .with("MutualAuthentication", mutual)
                .with("AcceptNonSecureConnections", acceptPlain)
                .with("TrustedCN", trustedNames);
    }
}
