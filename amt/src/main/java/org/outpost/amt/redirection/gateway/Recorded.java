package org.outpost.amt.redirection.gateway;

/**
 * That a SOL session is recorded, and how its user hears of it before anything else.
 *
 * @param tap sees the text that the host prints
 * @param notice shown as the first text of the console, and recorded like all of it; US-ASCII, at
 *     most {@value #LONGEST} characters; empty for none
 * @param marker whether the console knows the byte F0, which stands for "this is recorded" before
 *     the reply that starts the session (redirection.md §1). To others it is an unknown message
 */
public record Recorded(ScreenTap tap, String notice, boolean marker) {
    /** Not recorded. */
    public static final Recorded NOT = new Recorded(ScreenTap.NONE, "", false);

    static final int LONGEST = 500;

    /** Checks the notice. */
    public Recorded {
        if (notice.length() > LONGEST || !notice.chars().allMatch(c -> c < 0x80)) {
            throw new IllegalArgumentException("a notice is a short text in US-ASCII");
        }
    }

    /** Recorded without a word; for whoever told the user already. */
    public static Recorded silently(ScreenTap tap) {
        return new Recorded(tap, "", false);
    }
}
