package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The entries in memory, two books of bounded length, each losing the one heard of longest ago: one
 * of devices that were let in once, and of what comes from their addresses; one of strangers. So
 * whoever comes from many addresses, or claims many UUIDs, only pushes out other strangers. Not
 * thread-safe.
 */
final class AttemptBook {
    /** A household or a firm may have that many devices with wrong passwords behind one address. */
    static final int CLAIMS_PER_SOURCE = 32;

    /** A device that travels is remembered at that many places. */
    static final int SOURCES_PER_DEVICE = 16;

    private final int most;
    private final Consumer<EntryKey> gone;
    private final Map<EntryKey, Entry> known = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<EntryKey, Entry> strangers = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Source, Integer> claims = new HashMap<>();
    private final Map<Source, Integer> homes = new HashMap<>();
    private final Map<UUID, Deque<EntryKey>> places = new HashMap<>();

    /**
     * Makes an empty book.
     *
     * @param most how many entries each of the two may have
     * @param gone hears of entries that were pushed out
     */
    AttemptBook(int most, Consumer<EntryKey> gone) {
        this.most = most;
        this.gone = gone;
    }

    int size() {
        return known.size() + strangers.size();
    }

    @Nullable Entry get(EntryKey key) {
        Entry entry = known.get(key);
        return entry == null ? strangers.get(key) : entry;
    }

    /** Counts an attempt; returns the entry it went to. */
    Entry note(Attempt attempt) {
        Source source = Source.of(attempt.address().getAddress());
        EntryKey key = new EntryKey(source, attempt.device());
        Entry entry = get(key);
        if (entry == null) {
            entry = add(key, attempt.admitted());
        }
        boolean before = entry.admitted();
        entry.add(attempt);
        if (entry.admitted() && !before) {
            becomesKnown(entry);
        }
        return entry;
    }

    private Entry add(EntryKey key, boolean admitted) {
        UUID device = key.device();
        if (admitted || device == null) {
            Entry entry = new Entry(key);
            // A device that was let in is moved at once.
            begin(entry);
            return entry;
        }
        if (claims.getOrDefault(key.source(), 0) >= CLAIMS_PER_SOURCE) {
            EntryKey all = new EntryKey(key.source(), null);
            Entry entry = get(all);
            return entry == null ? add(all, false) : entry;
        }
        Entry entry = new Entry(key);
        putStranger(entry);
        return entry;
    }

    /** What comes from a known device's address without a UUID is likely its own. */
    private void begin(Entry entry) {
        EntryKey key = entry.key();
        if (key.device() == null && homes.containsKey(key.source())) {
            put(known, entry);
        } else {
            putStranger(entry);
        }
    }

    /** Takes an entry that the database held. */
    void restore(AttemptEntry stored) {
        EntryKey key = new EntryKey(stored.source(), stored.device());
        Entry entry = get(key);
        if (entry == null) {
            entry = new Entry(key);
            begin(entry);
        }
        boolean before = entry.admitted();
        entry.restore(stored);
        if (entry.admitted() && !before) {
            becomesKnown(entry);
        }
    }

    private void putStranger(Entry entry) {
        if (entry.key().device() != null) {
            claims.merge(entry.key().source(), 1, Integer::sum);
        }
        put(strangers, entry);
    }

    private void put(Map<EntryKey, Entry> book, Entry entry) {
        book.put(entry.key(), entry);
        if (book.size() > most) {
            Iterator<EntryKey> eldest = book.keySet().iterator();
            remove(eldest.next());
        }
    }

    private void becomesKnown(Entry entry) {
        EntryKey key = entry.key();
        UUID device = key.device();
        if (device == null) {
            return;
        }
        forget(key);
        homes.merge(key.source(), 1, Integer::sum);
        Deque<EntryKey> all = places.computeIfAbsent(device, _ -> new ArrayDeque<>());
        all.addLast(key);
        put(known, entry);
        if (all.size() > SOURCES_PER_DEVICE) {
            remove(all.getFirst());
        }
        Entry nameless = strangers.remove(new EntryKey(key.source(), null));
        if (nameless != null) {
            put(known, nameless);
        }
    }

    private void remove(EntryKey key) {
        forget(key);
        gone.accept(key);
    }

    private void forget(EntryKey key) {
        UUID device = key.device();
        if (strangers.remove(key) != null) {
            if (device != null) {
                claims.computeIfPresent(key.source(), (_, n) -> n > 1 ? n - 1 : null);
            }
        } else if (known.remove(key) != null && device != null) {
            homes.computeIfPresent(key.source(), (_, n) -> n > 1 ? n - 1 : null);
            places.computeIfPresent(
                    device,
                    (_, keys) -> {
                        keys.remove(key);
                        return keys.isEmpty() ? null : keys;
                    });
        }
    }

    /** Drops what was not heard of since then. */
    void prune(Instant cutoff) {
        List<EntryKey> old = new ArrayList<>();
        for (Map<EntryKey, Entry> book : List.of(known, strangers)) {
            for (Entry entry : book.values()) {
                if (entry.last().isBefore(cutoff)) {
                    old.add(entry.key());
                }
            }
        }
        old.forEach(this::remove);
    }

    /** Every outcome of every entry. */
    void forEachRow(BiConsumer<EntryKey, Outcome> each) {
        for (Map<EntryKey, Entry> book : List.of(known, strangers)) {
            for (Entry entry : book.values()) {
                entry.snapshot().tallies().forEach(t -> each.accept(entry.key(), t.outcome()));
            }
        }
    }

    AttemptPage find(AttemptQuery query) {
        List<AttemptEntry> found = new ArrayList<>();
        Filter filter = new Filter(query);
        for (Map<EntryKey, Entry> book : List.of(known, strangers)) {
            for (Entry entry : book.values()) {
                if (filter.mayMatch(entry.key())) {
                    AttemptEntry shown = entry.snapshot();
                    if (filter.matches(shown)) {
                        found.add(shown);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(AttemptEntry::last).reversed());
        int end = (int) Math.min(found.size(), (long) query.skip() + query.top());
        return new AttemptPage(
                query.skip() >= end ? List.of() : found.subList(query.skip(), end), found.size());
    }

    /** The conditions of a query. */
    private record Filter(AttemptQuery query) {
        /** What needs no copy of the entry. */
        boolean mayMatch(EntryKey key) {
            AddressRange range = query.range();
            return range == null || range.meets(key.source());
        }

        boolean matches(AttemptEntry entry) {
            return matchesDevice(entry)
                    && (query.user().isEmpty()
                            || entry.user()
                                    .toLowerCase(Locale.ROOT)
                                    .contains(query.user().toLowerCase(Locale.ROOT)))
                    && (!query.failing() || entry.fails());
        }

        private boolean matchesDevice(AttemptEntry entry) {
            if (query.name().isEmpty() && query.devices().isEmpty()) {
                return true;
            }
            UUID device = entry.device();
            return (device != null && query.devices().contains(device))
                    || (!query.name().isEmpty() && isCalled(entry.name(), query.name()));
        }

        private static boolean isCalled(String name, String wanted) {
            String ours = key(name);
            String theirs = key(wanted);
            int dot = ours.indexOf('.');
            boolean label = theirs.indexOf('.') < 0;
            return theirs.equals(label && dot >= 0 ? ours.substring(0, dot) : ours);
        }

        private static String key(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        }
    }
}
