package org.outpost.simulator.firmware;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored instances of one class on one device, in the order in which they came. */
public final class InstanceTable {
    private final List<String> keys;
    private final Map<Reference, Instance> instances = new LinkedHashMap<>();
    private int created;

    InstanceTable(List<String> keys, List<Instance> first) {
        this.keys = keys;
        first.forEach(this::put);
    }

    /** All of them. */
    public List<Instance> all() {
        return new ArrayList<>(instances.values());
    }

    /** The one whose key has this value. */
    public Optional<Instance> find(String key, String value) {
        return instances.values().stream()
                .filter(instance -> instance.text(key).equals(value))
                .findFirst();
    }

    /** Whether there is one with the same keys. */
    public boolean contains(Instance instance) {
        return instances.containsKey(instance.reference(keys));
    }

    /** Adds it, or puts it in the place of the one with the same keys. */
    public void put(Instance instance) {
        instances.put(instance.reference(keys), instance);
    }

    /** Removes the one with the same keys. */
    public void remove(Instance instance) {
        instances.remove(instance.reference(keys));
    }

    /** Removes all. */
    public void clear() {
        instances.clear();
    }

    /** How many there are. */
    public int size() {
        return instances.size();
    }

    /** A number that was not given before, from 0. */
    public int nextNumber() {
        return created++;
    }
}
