package org.outpost.amt.operation.consent;

/**
 * How far the user's consent is (wsman.md section 8).
 *
 * @param required for what it is needed
 * @param state OptInState: 0 not started, 1 requested, 2 displayed, 3 received, 4 in session
 * @param policyModifiable whether {@code required} can be changed
 * @param codeTimeout seconds for which a code counts
 */
public record ConsentState(
        Required required, int state, boolean policyModifiable, int codeTimeout) {
    /** For what consent is needed. */
    public enum Required {
        NONE(0, "none"),
        KVM(1, "kvm"),
        ALL(4294967295L, "all");

        private final long value;
        private final String text;

        Required(long value, String text) {
            this.value = value;
            this.text = text;
        }

        /** The number on the wire. */
        public long value() {
            return value;
        }

        /** Its name in the API. */
        public String text() {
            return text;
        }

        static Required of(long value) {
            // Whatever else a device says, asking the user does no harm.
            return value == 0 ? NONE : value == 1 ? KVM : ALL;
        }
    }

    /** Whether the user has agreed, and the agreement still counts. */
    public boolean given() {
        return state == 3 || state == 4;
    }

    /** Whether the device shows a code and waits for it. */
    public boolean waitsForCode() {
        return state == 1 || state == 2;
    }
}
