package org.outpost.simulator.machine;

/** From where the PC boots (wsman.md §6). */
public enum BootSource {
    /** The PC's own order: its disk. */
    DEFAULT,
    /** The disk, forced. */
    HARD_DISK,
    /** PXE. */
    NETWORK,
    /** The PC's own CD or DVD drive, which is empty. */
    CD_DVD,
    /** The diagnostic partition. */
    DIAGNOSTIC,
    /** A boot loader over HTTPS (One Click Recovery). */
    HTTPS,
    /** A UEFI boot option: a recovery environment or a local pre-boot application. */
    UEFI_OPTION,
    /** No boot: the firmware's set-up. */
    BIOS_SETUP,
    /** The floppy that a console serves (IDE-R, USB-R). */
    REDIRECTED_FLOPPY,
    /** The CD that a console serves (IDE-R, USB-R). */
    REDIRECTED_CD;

    /** Whether a console serves the medium. */
    public boolean isRedirected() {
        return this == REDIRECTED_FLOPPY || this == REDIRECTED_CD;
    }
}
