package org.outpost.server.soap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Enumerations that were begun and not ended (mps-soap.md 4). Each is a snapshot, so that pulling
 * it is stable; belongs to the console that began it; has a number that cannot be guessed; and ends
 * after {@link #LIFE} unused. Thread-safe.
 */
final class Enumerations {
    /** After so long without a pull an enumeration ends. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /** How many one console may have open. */
    static final int EACH = 16;

    /** How many elements one pull returns at most; the original never had more tunnels. */
    static final int MOST_ELEMENTS = 1000;

    private static final int ALL = 1000;

    private final Cache<Long, Enumeration> open;
    private final SecureRandom random = new SecureRandom();

    Enumerations(Ticker ticker) {
        open = Caffeine.newBuilder().expireAfterAccess(LIFE).ticker(ticker).build();
    }

    private record Enumeration(String console, Queue<String> names) {}

    /**
     * A part of the names.
     *
     * @param last whether none is left; the enumeration has ended then
     */
    record Part(List<String> names, boolean last) {
        Part {
            names = List.copyOf(names);
        }
    }

    /**
     * Begins one.
     *
     * @return its number, 1 to 4294967295
     * @throws SoapFaultException when too many are open
     */
    synchronized long begin(String console, List<String> names) throws SoapFaultException {
        open.cleanUp();
        long mine =
                open.asMap().values().stream().filter(one -> one.console().equals(console)).count();
        if (mine >= EACH || open.estimatedSize() >= ALL) {
            throw SoapFaultException.server(
                    "TOO_MANY_ENUMERATIONS",
                    "too many enumerations are open; pull them to their end, or release them");
        }
        while (true) {
            long number = random.nextInt() & 0xffff_ffffL;
            if (number != 0
                    && open.asMap()
                                    .putIfAbsent(
                                            number,
                                            new Enumeration(console, new ArrayDeque<>(names)))
                            == null) {
                return number;
            }
        }
    }

    /**
     * Takes the next names.
     *
     * @param most how many at most, 1 or more; never more than {@link #MOST_ELEMENTS} come
     * @throws SoapFaultException when there is no such enumeration of this console
     */
    synchronized Part pull(String console, long number, long most) throws SoapFaultException {
        Enumeration enumeration = of(console, number);
        List<String> part = new ArrayList<>();
        long count = Math.min(most, MOST_ELEMENTS);
        while (part.size() < count && !enumeration.names().isEmpty()) {
            part.add(enumeration.names().remove());
        }
        boolean last = enumeration.names().isEmpty();
        if (last) {
            open.invalidate(number);
        }
        return new Part(part, last);
    }

    /**
     * Ends one early.
     *
     * @throws SoapFaultException when there is no such enumeration of this console
     */
    synchronized void release(String console, long number) throws SoapFaultException {
        of(console, number);
        open.invalidate(number);
    }

    private Enumeration of(String console, long number) throws SoapFaultException {
        Enumeration enumeration = open.getIfPresent(number);
        if (enumeration == null || !enumeration.console().equals(console)) {
            throw SoapFaultException.caller(
                    "RET_INVALID_ENUMERATION_CONTEXT",
                    "there is no such enumeration, or it has ended");
        }
        return enumeration;
    }
}
