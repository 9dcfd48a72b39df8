package org.outpost.inventory.notification.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How far one subscriber has come, for metrics and the API. Thread-safe. */
final class Progress implements AutoCloseable {
    private final MeterRegistry meters;
    private final LongSupplier newest;
    private final AtomicLong cursor;
    private final AtomicLong missed = new AtomicLong();
    private final Counter delivered;
    private final Counter failed;
    private final Counter rejected;
    private final Counter abandoned;
    private final List<Meter> all = new ArrayList<>();

    /**
     * Begins at a place.
     *
     * @param cursor everything up to this sequence is dealt with
     * @param newest the sequence of the newest event
     */
    Progress(
            Subscriber subscriber,
            long cursor,
            LongSupplier newest,
            Circuit circuit,
            MeterRegistry meters) {
        this.meters = meters;
        this.newest = newest;
        this.cursor = new AtomicLong(cursor);
        Tags tags = Tags.of("subscriber", subscriber.id(), "type", subscriber.format().word());
        this.delivered =
                keep(
                        Counter.builder("outpost.subscriber.delivered")
                                .description("Events that a subscriber acknowledged")
                                .tags(tags)
                                .register(meters));
        this.failed =
                keep(
                        Counter.builder("outpost.subscriber.failed")
                                .description("Requests to a subscriber that failed")
                                .tags(tags)
                                .register(meters));
        this.rejected =
                keep(
                        Counter.builder("outpost.subscriber.rejected")
                                .description("Events left out because a subscriber rejects them")
                                .tags(tags)
                                .register(meters));
        this.abandoned =
                keep(
                        Counter.builder("outpost.subscriber.abandoned")
                                .description(
                                        "Events left out because they failed for long while a"
                                                + " subscriber took others")
                                .tags(tags)
                                .register(meters));
        keep(
                Gauge.builder("outpost.subscriber.lag", this, Progress::lag)
                        .description("Events that a subscriber has not acknowledged yet")
                        .tags(tags)
                        .register(meters));
        keep(
                Gauge.builder("outpost.subscriber.missed", missed, AtomicLong::doubleValue)
                        .description("Events that were not kept until a subscriber took them")
                        .tags(tags)
                        .register(meters));
        keep(
                Gauge.builder(
                                "outpost.subscriber.circuit.open",
                                circuit,
                                one -> one.isOpen() ? 1 : 0)
                        .description(
                                "1 while a subscriber is only tried now and then because it failed")
                        .tags(tags)
                        .register(meters));
    }

    private <M extends Meter> M keep(M meter) {
        all.add(meter);
        return meter;
    }

    void delivered(int count) {
        delivered.increment(count);
    }

    void failed() {
        failed.increment();
    }

    void rejected(int count) {
        rejected.increment(count);
    }

    void abandoned(int count) {
        abandoned.increment(count);
    }

    void missed(long count) {
        missed.addAndGet(count);
    }

    long missed() {
        return missed.get();
    }

    /** Everything up to there is dealt with. */
    void reached(long sequence) {
        cursor.accumulateAndGet(sequence, Math::max);
    }

    long cursor() {
        return cursor.get();
    }

    long lag() {
        return Math.max(0, newest.getAsLong() - cursor.get());
    }

    /** The meters of a subscriber that is no more go with it. */
    @Override
    public void close() {
        all.forEach(meters::remove);
    }
}
