package org.outpost.inventory.notification.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.outpost.inventory.notification.EventLog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How far one subscriber has come, for metrics and the API. Thread-safe. */
final class Progress implements AutoCloseable {
    private final MeterRegistry meters;
    private final EventLog events;
    private final AtomicLong cursor;
    private final AtomicLong missed = new AtomicLong();
    private final Counter delivered;
    private final Counter failed;
    private final Counter rejected;
    private final List<Meter> all = new ArrayList<>();

    Progress(
            Subscriber subscriber,
            long cursor,
            EventLog events,
            Circuit circuit,
            MeterRegistry meters) {
        this.meters = meters;
        this.events = events;
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
                        .description("1 while nothing is sent to a subscriber because it failed")
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
        return Math.max(0, events.last() - cursor.get());
    }

    /** The meters of a subscriber that is no more go with it. */
    @Override
    public void close() {
        all.forEach(meters::remove);
    }
}
