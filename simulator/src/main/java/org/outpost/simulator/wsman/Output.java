package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.Value;
import org.outpost.simulator.wsman.model.Status;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a method answers: its output in the order in which it is written, and its return value
 * (wsman.md §2.6).
 */
public final class Output {
    private final Map<String, List<Value>> values = new LinkedHashMap<>();
    private final long returnValue;

    private Output(long returnValue) {
        this.returnValue = returnValue;
    }

    /** Done. */
    public static Output done() {
        return new Output(0);
    }

    /** Done or not. */
    public static Output of(Status status) {
        return new Output(status.code());
    }

    /** A return value that only this method has. */
    public static Output returning(long value) {
        return new Output(value);
    }

    /** Adds an output with these values. */
    public Output with(String name, Object... outputs) {
        return with(name, Arrays.stream(outputs).map(Value::of).toList());
    }

    /** Adds an output with these values. */
    public Output with(String name, List<Value> outputs) {
        values.put(name, outputs);
        return this;
    }

    Map<String, List<Value>> values() {
        return Collections.unmodifiableMap(values);
    }

    long returnValue() {
        return returnValue;
    }
}
