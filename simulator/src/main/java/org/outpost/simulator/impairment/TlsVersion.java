package org.outpost.simulator.impairment;

import java.util.List;

/** Which TLS versions a device's tunnel offers. */
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
public enum TlsVersion {
    /** 1.2 and 1.3, the server chooses. */
    CURRENT("TLSv1.2", "TLSv1.3"),
    /** 1.2 only, as most firmware in use. */
    TLS_1_2("TLSv1.2"),
    /** 1.3 only. */
    TLS_1_3("TLSv1.3"),
    /** 1.0 only, as firmware before 12.0 (remote-access.md §10); needs BoringSSL. */
    TLS_1_0("TLSv1");

    private final List<String> protocols;

    TlsVersion(String... protocols) {
        this.protocols = List.of(protocols);
    }

    /** Names of the versions, as Java's TLS calls them. */
    public List<String> protocols() {
        return protocols;
    }
}
