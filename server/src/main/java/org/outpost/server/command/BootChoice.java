package org.outpost.server.command;

/** What a device can boot once, and by which numbers of Open DMT's the server knows it. */
enum BootChoice implements WordConverter.Word {
    PXE("pxe", 400, 401),
    BIOS("bios", 101, 100),
    HTTPS("https", 105, 106),
    IDER_CD("ider-cd", 202, 203),
    IDER_FLOPPY("ider-floppy", 200, 201),
    PBA("pba", 107, 108),
    WINRE("winre", 109, 110),
    DIAGNOSTIC("diagnostic", 301, 300);

    private final String word;
    private final int reset;
    private final int powerOn;

    BootChoice(String word, int reset, int powerOn) {
        this.word = word;
        this.reset = reset;
        this.powerOn = powerOn;
    }

    static final class Choice extends WordConverter<BootChoice> {
        Choice() {
            super(BootChoice.values());
        }
    }

    @Override
    public String word() {
        return word;
    }

    /** The number of booting it by a restart, or by switching on. */
    int number(boolean isOn) {
        return isOn ? reset : powerOn;
    }
}
