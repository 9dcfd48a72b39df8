package org.outpost.simulator.cim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An endpoint reference: a class and the keys of one of its instances (wsman.md §2.3).
 *
 * @param className name of the class
 * @param selectors values of its keys, texts or references, in their order
 */
public record Reference(String className, Map<String, Value> selectors) {
    public Reference {
        selectors = Map.copyOf(selectors);
    }

    /** An instance with one key. */
    public static Reference to(String className, String key, String value) {
        return new Reference(className, Map.of(key, new Value.Text(value)));
    }

    /** A service, endpoint or setting that belongs to the management engine. */
    public static Reference inEngine(String className, String name) {
        return inSystem(className, name, CimNames.ENGINE);
    }

    /** The same in one of the two systems. */
    public static Reference inSystem(String className, String name, String system) {
        Map<String, Value> keys = new LinkedHashMap<>();
        keys.put("CreationClassName", new Value.Text(className));
        keys.put("Name", new Value.Text(name));
        keys.put("SystemCreationClassName", new Value.Text("CIM_ComputerSystem"));
        keys.put("SystemName", new Value.Text(system));
        return new Reference(className, keys);
    }

    /** One of the two systems. */
    public static Reference system(String name) {
        return new Reference(
                "CIM_ComputerSystem",
                Map.of(
                        "CreationClassName", new Value.Text("CIM_ComputerSystem"),
                        "Name", new Value.Text(name)));
    }

    /** The text of a key; empty when there is none. */
    public String key(String name) {
        return selectors.get(name) instanceof Value.Text(String text) ? text : "";
    }

    /** Whether all keys that both have are equal, and they have at least one in common. */
    public boolean meets(Reference other) {
        return className.equals(other.className)
                && selectors.keySet().stream().anyMatch(other.selectors::containsKey)
                && selectors.entrySet().stream()
                        .allMatch(
                                key ->
                                        !other.selectors.containsKey(key.getKey())
                                                || Objects.equals(
                                                        other.selectors.get(key.getKey()),
                                                        key.getValue()));
    }
}
