package org.outpost.amt.operation.boot;

import org.outpost.amt.xml.Element;

import java.util.Set;
import java.util.TreeSet;

/**
 * AMT_BootCapabilities: what the BIOS lets us ask for.
 *
 * @param allowed the names of the properties that are true, in the device's spelling
 * @param platformErase the bits of what may be erased; 0 when nothing
 */
public record BootCapabilities(Set<String> allowed, long platformErase) {
    /** Copies the set. */
    public BootCapabilities {
        allowed = Set.copyOf(allowed);
    }

    static BootCapabilities of(Element read) {
        Set<String> allowed = new TreeSet<>();
        for (String property : read.properties()) {
            if (read.isTrue(property)) {
                allowed.add(property);
            }
        }
        return new BootCapabilities(allowed, read.number("PlatformErase").orElse(0));
    }

    /** Whether a property is true. */
    public boolean allows(String property) {
        return allowed.contains(property);
    }

    /** Whether HTTPS boot may be asked for. */
    public boolean httpsBoot() {
        return allows("ForceUEFIHTTPSBoot");
    }

    /** Whether the Windows recovery environment may be asked for. */
    public boolean windowsRecovery() {
        return allows("ForceWinREBoot");
    }

    /** Whether a pre-boot application may be asked for; firmware spells it in two ways. */
    public boolean localPba() {
        return allows("ForceUEFILocalPBABoot") || allows("ForceUEFIPBABoot");
    }
}
