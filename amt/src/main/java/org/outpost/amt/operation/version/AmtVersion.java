package org.outpost.amt.operation.version;

import java.util.List;
import java.util.Optional;

/**
 * A version of AMT, such as 12.0.67 (wsman.md section 3).
 *
 * @param major the generation
 * @param minor the minor number
 * @param patch the third number
 * @param text as the device spells it
 */
public record AmtVersion(int major, int minor, int patch, String text) {
    private static final String SERVER = "Intel(R) Active Management Technology ";

    /**
     * Reads three or four numbers with points.
     *
     * @param text such as {@code 12.0.67} or {@code 12.0.67.1579}
     */
    public static Optional<AmtVersion> parse(String text) {
        List<String> parts = List.of(text.strip().split("\\.", -1));
        if (parts.size() < 3 || parts.size() > 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new AmtVersion(
                            Integer.parseUnsignedInt(parts.get(0)),
                            Integer.parseUnsignedInt(parts.get(1)),
                            Integer.parseUnsignedInt(parts.get(2)),
                            text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the HTTP {@code Server} header.
     *
     * @param server the header's value
     */
    public static Optional<AmtVersion> ofServer(String server) {
        return server.startsWith(SERVER)
                ? parse(server.substring(SERVER.length()))
                : Optional.empty();
    }

    /** Whether it is at least this one. */
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
