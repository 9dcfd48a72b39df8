package org.outpost.amt.operation.boot;

/**
 * A boot source that the device offers (CIM_BootSourceSetting).
 *
 * @param source its name
 * @param structuredBootString such as {@code CIM:Network:1}
 * @param biosBootString the BIOS's own name, for one-click recovery; else empty
 * @param bootString the device path, for one-click recovery; else empty
 * @param elementName its name for people
 */
public record BootSourceSetting(
        BootSource source,
        String structuredBootString,
        String biosBootString,
        String bootString,
        String elementName) {
    /** Whether it starts the Windows recovery environment. */
    public boolean windowsRecovery() {
        return recovery("WinRe");
    }

    /** Whether it starts a local pre-boot application. */
    public boolean localPba() {
        return recovery("PBA");
    }

    private boolean recovery(String name) {
        return source.instanceId().startsWith(BootSource.UEFI_OPTION)
                && biosBootString.contains(name);
    }
}
