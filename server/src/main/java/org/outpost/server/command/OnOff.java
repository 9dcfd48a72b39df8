package org.outpost.server.command;

/** A switch, as it is typed. */
enum OnOff implements WordConverter.Word {
    ON("on"),
    OFF("off");

    private final String word;

    OnOff(String word) {
        this.word = word;
    }

    static final class Choice extends WordConverter<OnOff> {
        Choice() {
            super(OnOff.values());
        }
    }

    @Override
    public String word() {
        return word;
    }

    /** As it is shown. */
    static String of(boolean on) {
        return on ? "on" : "off";
    }
}
