package org.outpost.amt.operation.boot;

/** What shall be booted, once. */
public sealed interface BootTarget {
    BootTarget BIOS_SETUP = new Simple(Kind.BIOS_SETUP);
    BootTarget SECURE_ERASE = new Simple(Kind.SECURE_ERASE);
    BootTarget IDER_FLOPPY = new Simple(Kind.IDER_FLOPPY);
    BootTarget IDER_CD = new Simple(Kind.IDER_CD);

    /** Needs {@link OcrParameters}. */
    BootTarget HTTPS_BOOT = new Simple(Kind.HTTPS_BOOT);

    /** The first source of the device that starts a local pre-boot application. */
    BootTarget LOCAL_PBA = new Simple(Kind.LOCAL_PBA);

    /** The first source of the device that starts the Windows recovery environment. */
    BootTarget WINDOWS_RECOVERY = new Simple(Kind.WINDOWS_RECOVERY);

    /** The kinds that need no name. */
    enum Kind {
        BIOS_SETUP,
        SECURE_ERASE,
        IDER_FLOPPY,
        IDER_CD,
        HTTPS_BOOT,
        LOCAL_PBA,
        WINDOWS_RECOVERY
    }

    /** One of the kinds. */
    record Simple(Kind kind) implements BootTarget {}

    /** A boot source by its name. */
    record Named(BootSource source) implements BootTarget {}

    /**
     * A boot source by its name.
     *
     * @param source one of the device's
     */
    static BootTarget of(BootSource source) {
        return new Named(source);
    }
}
