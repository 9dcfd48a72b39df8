package org.outpost.amt.operation.boot;

/**
 * The InstanceID of a CIM_BootSourceSetting (wsman.md section 6).
 *
 * @param instanceId as the device names it
 */
public record BootSource(String instanceId) {
    public static final BootSource HARD_DRIVE =
            new BootSource("Intel(r) AMT: Force Hard-drive Boot");
    public static final BootSource PXE = new BootSource("Intel(r) AMT: Force PXE Boot");
    public static final BootSource CD_DVD = new BootSource("Intel(r) AMT: Force CD/DVD Boot");
    public static final BootSource DIAGNOSTIC =
            new BootSource("Intel(r) AMT: Force Diagnostic Boot");
    public static final BootSource HTTPS =
            new BootSource("Intel(r) AMT: Force OCR UEFI HTTPS Boot");

    /** What the sources of one-click recovery from the disk begin with; a number follows. */
    public static final String UEFI_OPTION = "Intel(r) AMT: Force OCR UEFI Boot Option";
}
