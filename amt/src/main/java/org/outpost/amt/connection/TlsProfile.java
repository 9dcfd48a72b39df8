package org.outpost.amt.connection;

import java.util.List;

/** Which versions of TLS are spoken (wsman.md section 1.3). */
public enum TlsProfile {
    /** TLS 1.2 and 1.3: AMT 12 and later, and most of AMT 9 to 11. */
    MODERN,
    /**
     * TLS 1.0 to 1.3 with RSA and AES-CBC, for firmware up to AMT 8; only on request. Needs Netty's
     * OpenSSL provider: the JDK refuses these versions.
     */
    LEGACY;

    List<String> protocols() {
        return switch (this) {
            case MODERN -> List.of("TLSv1.3", "TLSv1.2");
            case LEGACY -> List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");
        };
    }
}
