package org.outpost.inventory.label;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The labels of all devices that have one. They are held in memory, for rights depend on them: so
 * asking costs a look-up, may be done on an event loop, and goes on while the database is away.
 */
public final class DeviceLabels {
    private final Database database;
    private final Map<UUID, Held> known = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();

    /**
     * What the database holds of a device.
     *
     * @param write the number of the write that made it so, in the order of the writes; who hears
     *     of an earlier one later changes nothing
     */
    private record Held(@Nullable DeviceLabel label, long write) {}

    /**
     * Reads them. Blocks.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     */
    public DeviceLabels(Database database) {
        this.database = database;
        database.read(
                        handle -> {
                            LabelTable.all(
                                    handle, label -> known.put(label.id(), new Held(label, 0)));
                            return true;
                        })
                .toCompletableFuture()
                .join();
    }

    /** What is said of the device; nothing in particular when nobody said anything. */
    public DeviceLabel of(UUID device) {
        return find(device).orElseGet(() -> DeviceLabel.none(device));
    }

    /** What is said of the device, if anything. */
    public Optional<DeviceLabel> find(UUID device) {
        Held held = known.get(device);
        return held == null ? Optional.empty() : Optional.ofNullable(held.label());
    }

    /** All that was said. */
    public Collection<DeviceLabel> all() {
        return known.values().stream()
                .map(Held::label)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /**
     * Says something else of a device.
     *
     * @param change makes the new label of the one that is there; must keep its id; may run twice
     * @return completes with the new label when that is on disk
     */
    public CompletionStage<DeviceLabel> change(UUID device, UnaryOperator<DeviceLabel> change) {
        return database.write(
                        handle -> {
                            DeviceLabel former =
                                    LabelTable.find(handle, device)
                                            .orElseGet(() -> DeviceLabel.none(device));
                            DeviceLabel next = change.apply(former);
                            LabelTable.put(handle, next);
                            return new Held(next, writes.incrementAndGet());
                        })
                .thenApply(
                        next -> {
                            hold(device, next);
                            return Objects.requireNonNull(next.label());
                        });
    }

    /** Takes back all that was said of a device; completes with whether there was anything. */
    public CompletionStage<Boolean> remove(UUID device) {
        return database.write(
                        handle -> {
                            boolean there = LabelTable.remove(handle, device);
                            return Map.entry(there, new Held(null, writes.incrementAndGet()));
                        })
                .thenApply(
                        removed -> {
                            hold(device, removed.getValue());
                            return removed.getKey();
                        });
    }

    private void hold(UUID device, Held next) {
        known.merge(device, next, (now, written) -> written.write() > now.write() ? written : now);
    }

    /** The tags of devices that pass, and how many devices bear each. */
    public SortedMap<String, Integer> tags(Predicate<DeviceLabel> which) {
        SortedMap<String, Integer> tags = new TreeMap<>();
        all().stream()
                .filter(which)
                .forEach(label -> label.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum)));
        return tags;
    }
}
