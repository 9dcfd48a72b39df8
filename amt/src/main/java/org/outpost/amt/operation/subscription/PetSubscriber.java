package org.outpost.amt.operation.subscription;

import org.outpost.amt.wsman.Selectors;

/**
 * Who gets PET traps (AMT_SNMPEventSubscriber).
 *
 * @param name its key in the device
 * @param address the receiver's IPv4 address
 * @param policyId the filters of this number apply
 * @param community the trap's community; empty for the device's own
 * @param keys by which it is removed
 */
public record PetSubscriber(
        String name, String address, int policyId, String community, Selectors keys) {}
