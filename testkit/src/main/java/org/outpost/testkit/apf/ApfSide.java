package org.outpost.testkit.apf;

/** The two ends of an APF session (apf.md, Terms). */
public enum ApfSide {
    /** The firmware, a relay or a simulated device: it opens the connection and announces ports. */
    DEVICE('D'),
    /** The Management Presence Server, or LMS on the host. */
    SERVER('S');

    private final char letter;

    ApfSide(char letter) {
        this.letter = letter;
    }

    /** {@code D} or {@code S}, as in apf.md and in transcripts. */
    public char letter() {
        return letter;
    }

    /** The other end. */
    public ApfSide other() {
        return this == DEVICE ? SERVER : DEVICE;
    }
}
