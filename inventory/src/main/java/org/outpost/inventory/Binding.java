package org.outpost.inventory;

/**
 * What is kept in memory of a device.
 *
 * @param principal the credential that it is bound to
 * @param name the name that it announced last, or empty
 */
record Binding(String principal, String name) {
    Binding named(String other) {
        return new Binding(principal, other);
    }
}
