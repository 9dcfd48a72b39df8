package org.outpost.simulator.wsman;

import org.outpost.simulator.wsman.Responses.Mode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The enumerations that clients have begun on one device: a few at a time, each for a short while,
 * and each context good for one Pull (simulator.md §3).
 */
final class EnumerationContexts {
    /** Most at a time. */
    static final int MOST = 16;

    /** How long one is kept. */
    static final Duration LIFE = Duration.ofSeconds(30);

    /** What is left of an enumeration. */
    record Rest(List<EnumeratedItem> items, Mode mode, String className, Instant end) {}

    private final Map<String, Rest> open = new HashMap<>();
    private int counter;

    /** Keeps an enumeration and names it. */
    String open(List<EnumeratedItem> items, Mode mode, String className, Instant now)
            throws FaultException {
        open.values().removeIf(rest -> rest.end().isBefore(now));
        if (open.size() >= MOST) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        counter++;
        String name =
                String.format(
                        Locale.ROOT,
                        "%08X-0000-0000-0000-000000000000",
                        Integer.reverseBytes(counter));
        open.put(name, new Rest(items, mode, className, now.plus(LIFE)));
        return name;
    }

    /** Takes an enumeration out, if it is there and not too old. */
    Optional<Rest> take(String name, Instant now) {
        return Optional.ofNullable(open.remove(name)).filter(rest -> !rest.end().isBefore(now));
    }
}
