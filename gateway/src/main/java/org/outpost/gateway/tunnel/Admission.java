package org.outpost.gateway.tunnel;

/** The register's answer to a device that has shown good credentials. */
public sealed interface Admission {
    /**
     * The device may open its tunnel.
     *
     * @param key how we call it from now on
     * @param firstSight whether it was recorded, and bound to its credential, just now
     * @param sharedCredential whether other devices use the same credential: works, but deserves a
     *     warning
     */
    record Admitted(DeviceKey key, boolean firstSight, boolean sharedCredential)
            implements Admission {}

    /** The device may not open its tunnel. */
    record Refused(Cause cause) implements Admission {}

    /** Why a device is refused although its credentials are good. */
    enum Cause {
        /** The UUID is bound to another credential. */
        OTHER_BINDING("other_binding"),
        /** The credential has recorded as many devices as it may. */
        CREDENTIAL_FULL("credential_full"),
        /** The device is not known, and unknown devices are not admitted. */
        UNKNOWN_DEVICE("unknown_device"),
        /** Nobody can say now: the device may try again. */
        REGISTER_UNAVAILABLE("register_unavailable");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        /** The value of the cause's metric label and log key. */
        public String label() {
            return label;
        }
    }
}
