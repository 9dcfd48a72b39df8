package org.outpost.amt.operation.version;

import java.util.List;
import java.util.Optional;

/**
 * The firmware and its parts.
 *
 * @param parts all of them, in the device's order
 */
public record Firmware(List<SoftwareIdentity> parts) {
    /** Copies the list. */
    public Firmware {
        parts = List.copyOf(parts);
    }

    /** The value of a part; empty when there is none. */
    public Optional<String> part(String instanceId) {
        return parts.stream()
                .filter(part -> part.instanceId().equals(instanceId))
                .map(SoftwareIdentity::versionString)
                .findFirst();
    }

    /** The version of AMT. */
    public Optional<AmtVersion> version() {
        return part("AMT").flatMap(AmtVersion::parse);
    }

    /** The SKU's bits: 8 Intel AMT, 16 Standard Manageability. */
    public Optional<Integer> sku() {
        try {
            return part("Sku").map(Integer::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it is full AMT, and not only Standard Manageability. */
    public boolean fullAmt() {
        return sku().map(bits -> (bits & 8) != 0).orElse(false);
    }
}
