package org.outpost.simulator.cim;

/** One value of a property. An array is several values of one property. */
public sealed interface Value {
    /** A number, a text, a Boolean in lower case, or bytes in Base64. */
    record Text(String text) implements Value {}

    /** A point in time, such as {@code 2026-01-31T15:40:00Z}. */
    record Datetime(String text) implements Value {}

    /** A duration, such as {@code P1DT0H0M}. */
    record Interval(String text) implements Value {}

    /** Another instance. */
    record Link(Reference reference) implements Value {}

    /** A value of anything that is written as it reads. */
    static Value of(Object value) {
        return value instanceof Reference reference
                ? new Link(reference)
                : new Text(value.toString());
    }
}
