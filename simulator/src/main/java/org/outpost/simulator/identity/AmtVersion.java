package org.outpost.simulator.identity;

/**
 * A firmware version.
 *
 * @param text major, minor and hot fix, such as {@code 12.0.67}; what consoles read from the {@code
 *     Server} header (wsman.md §1)
 * @param build build number, such as {@code 1579}
 */
public record AmtVersion(String text, int build) {
    static AmtVersion of(String fourNumbers) {
        int dot = fourNumbers.lastIndexOf('.');
        return new AmtVersion(
                fourNumbers.substring(0, dot), Integer.parseInt(fourNumbers.substring(dot + 1)));
    }
}
