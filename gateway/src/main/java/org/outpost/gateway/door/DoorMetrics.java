package org.outpost.gateway.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.outpost.gateway.splice.SpliceCounters;
import org.outpost.gateway.splice.SpliceEnding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** What is counted at one door; the tag {@code door} carries its name. */
public final class DoorMetrics {
    private final MeterRegistry registry;
    private final String door;
    private final AtomicInteger open = new AtomicInteger();
    private final SpliceCounters bytes = new SpliceCounters();

    DoorMetrics(String door, MeterRegistry registry) {
        this.door = door;
        this.registry = registry;
        Gauge.builder("outpost.door.connections", open, AtomicInteger::get)
                .description("connections of consoles that are open now")
                .tags("door", door)
                .register(registry);
        bytes("to_device", SpliceCounters::toDevice);
        bytes("to_console", SpliceCounters::toConsole);
        bytes("discarded", SpliceCounters::discarded);
    }

    private void bytes(String direction, ToDoubleFunction<SpliceCounters> value) {
        FunctionCounter.builder("outpost.door.bytes", bytes, value)
                .description("bytes that went through joined connections")
                .tags("door", door, "direction", direction)
                .register(registry);
    }

    /** Shared by all splices of the door. */
    public SpliceCounters bytes() {
        return bytes;
    }

    /** Counts the end of a joined connection. */
    public void ended(SpliceEnding ending) {
        count("outpost.door.ended", "cause", ending.label());
    }

    /** Counts a connection or request that the door itself turned away. */
    public void turnedAway(String cause) {
        count("outpost.door.turned.away", "cause", cause);
    }

    void connected(String outcome) {
        count("outpost.door.connects", "outcome", outcome);
    }

    void signedIn(String verdict) {
        count("outpost.door.sign.ins", "verdict", verdict);
    }

    AtomicInteger open() {
        return open;
    }

    private void count(String name, String tag, String value) {
        Counter.builder(name)
                .tags(Tags.of("door", door, tag, value))
                .register(registry)
                .increment();
    }
}
