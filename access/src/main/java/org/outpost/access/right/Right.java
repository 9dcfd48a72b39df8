package org.outpost.access.right;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Something that a role may allow. Written as {@code view}, {@code power}, {@code redirect}, {@code
 * configure}, {@code erase}, {@code admin}, {@code tunnel:PORT} or {@code tunnel:*}.
 */
public sealed interface Right permits Verb, TunnelRight {
    /** As it is written. */
    String text();

    /** Whether who has this right has the other as well. */
    boolean covers(Right asked);

    /**
     * Reads a right.
     *
     * @throws IllegalArgumentException with a text that says what there is
     */
    static Right parse(String text) {
        if (text.startsWith(TunnelRight.PREFIX)) {
            return TunnelRight.parse(text);
        }
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no right '"
                                                + text
                                                + "'; there are "
                                                + Arrays.stream(Verb.values())
                                                        .map(Verb::text)
                                                        .collect(Collectors.joining(", "))
                                                + ", tunnel:PORT and tunnel:*."));
    }
}
