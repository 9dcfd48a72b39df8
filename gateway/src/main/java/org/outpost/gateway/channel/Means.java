package org.outpost.gateway.channel;

/** What a channel to a device is for, as far as this server knows. */
public enum Means {
    /** Requests of a console, passed on one after the other. */
    HTTP("http"),
    /** Bytes of a console that are not looked into. */
    OPAQUE("opaque"),
    /** WS-Management of this server itself. */
    WSMAN("wsman"),
    /** A text console. */
    SOL("sol"),
    /** Redirected drives. */
    IDER("ider"),
    /** A screen. */
    KVM("kvm");

    private final String label;

    Means(String label) {
        this.label = label;
    }

    /** How the API calls it. */
    public String label() {
        return label;
    }
}
