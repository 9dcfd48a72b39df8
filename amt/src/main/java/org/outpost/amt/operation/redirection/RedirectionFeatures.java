package org.outpost.amt.operation.redirection;

/**
 * Which redirection features are switched on (wsman.md section 7).
 *
 * @param listener whether the redirection ports are open
 * @param sol whether Serial over LAN is on
 * @param ider whether storage redirection is on
 * @param kvm whether KVM is on
 * @param kvmAvailable whether this AMT has KVM at all
 */
public record RedirectionFeatures(
        boolean listener, boolean sol, boolean ider, boolean kvm, boolean kvmAvailable) {}
