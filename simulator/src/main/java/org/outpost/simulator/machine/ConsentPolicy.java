package org.outpost.simulator.machine;

import java.util.Arrays;
import java.util.Optional;

/** For what the user must consent: {@code IPS_OptInService.OptInRequired} (wsman.md §8). */
public enum ConsentPolicy {
    /** For nothing. */
    NONE(0L),
    /** For KVM only. */
    KVM(1L),
    /** For KVM, redirected drives and boot options. */
    ALL(0xFFFF_FFFFL);

    private final long cimValue;

    ConsentPolicy(long cimValue) {
        this.cimValue = cimValue;
    }

    /** The policy with that number; empty when there is none. */
    public static Optional<ConsentPolicy> of(long cimValue) {
        return Arrays.stream(values()).filter(policy -> policy.cimValue == cimValue).findFirst();
    }

    /** Number in {@code OptInRequired}. */
    public long cimValue() {
        return cimValue;
    }
}
