package org.outpost.inventory.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventData;
import org.outpost.inventory.notification.EventType;
import org.outpost.inventory.notification.delivery.DeliveryException.Kind;
import org.outpost.inventory.notification.delivery.Subscriber.Origin;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** On one thread: the subscriber is a function, time passes when it says so. */
@Timeout(30)
class DeliveryTest {
    private static final CloudEvents CLOUD_EVENTS = new CloudEvents(URI.create("urn:test"));
    private static final Encoder SINGLE = new Encoder.Single(CLOUD_EVENTS);
    private static final Encoder BATCH = new Encoder.Batch(CLOUD_EVENTS, 100);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Subscriber subscriber =
            Subscriber.of(
                    Origin.API, new Format.CloudEventsHttp(), URI.create("http://hook.test/"));
    private final Circuit circuit = new Circuit(subscriber);
    private final Progress progress = new Progress(subscriber, 0, () -> 0, circuit, meters);
    private final List<Long> taken = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private Peer peer = _ -> {};
    private Delivery.Pause pause = _ -> Thread.onSpinWait();
    private long nanos;

    /** Looks at what was sent, before it is taken. */
    private interface Peer {
        void look(List<Long> sequences) throws DeliveryException, InterruptedException;
    }

    private final Transmitter transmitter =
            new Transmitter() {
                @Override
                public byte[] send(Message message) throws DeliveryException {
                    List<Long> sequences = sequences(message);
                    try {
                        peer.look(sequences);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    taken.addAll(sequences);
                    sizes.add(message.body().length);
                    return new byte[0];
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };

    private static List<Long> sequences(Message message) {
        JsonNode json = JsonMapper.builder().build().readTree(message.body());
        List<Long> all = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(event -> all.add(event.get("data").get("sequence").asLong()));
        } else {
            all.add(json.get("data").get("sequence").asLong());
        }
        return all;
    }

    private Delivery delivery(Encoder encoder, int parallel) {
        return new Delivery(
                subscriber,
                encoder,
                transmitter,
                new DeliverySettings(
                        URI.create("urn:test"),
                        new MpsAddresses("192.0.2.9", 0, 0),
                        parallel,
                        256,
                        100,
                        Patience.USUAL),
                circuit,
                progress,
                time -> pause.take(time),
                () -> nanos);
    }

    private static Event event(long sequence, String content) {
        UUID device = new UUID(5, sequence);
        return new Event(
                sequence,
                "id-" + sequence,
                EventType.ALERT,
                device,
                Instant.EPOCH,
                Instant.EPOCH,
                new EventData.Alert(device, "pc", "ws-event", Map.of("content", content)));
    }

    private static List<Event> events(int count, String content) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> event(i, content)).toList();
    }

    private double count(String what) {
        return meters.get("outpost.subscriber." + what).counter().count();
    }

    private static DeliveryException failure(Kind kind) {
        return new DeliveryException(kind, "it does not want to", null);
    }

    @Test
    void ofABatchThatIsRejectedOnlyTheEventAtFaultIsLeftOut() throws Exception {
        AtomicInteger alone = new AtomicInteger();
        peer =
                sequences -> {
                    if (sequences.contains(37L)) {
                        alone.addAndGet(sequences.size() == 1 ? 1 : 0);
                        throw failure(Kind.REJECTED);
                    }
                };

        assertThat(delivery(BATCH, 1).deliver(events(100, "x"))).isTrue();

        assertThat(taken)
                .isEqualTo(LongStream.rangeClosed(1, 100).filter(i -> i != 37).boxed().toList());
        assertThat(alone).hasValue(Delivery.MOST_REJECTIONS);
        assertThat(count("rejected")).isEqualTo(1);
        assertThat(progress.cursor()).isEqualTo(100);
    }

    @Test
    void batchesAreBoundedInBytes() throws Exception {
        String large = "x".repeat(60_000);

        assertThat(delivery(BATCH, 1).deliver(events(50, large))).isTrue();

        assertThat(taken).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(512 * 1024));
        assertThat(sizes.size()).isBetween(6, 10);
    }

    @Test
    void aSingleEventGoesOutHoweverLargeItIs() throws Exception {
        assertThat(delivery(BATCH, 1).deliver(List.of(event(1, "x".repeat(600_000))))).isTrue();

        assertThat(taken).containsExactly(1L);
    }

    @Test
    void aFaultOfOurOwnIsARejectionAndTheRestGetsThrough() throws Exception {
        peer =
                sequences -> {
                    if (sequences.contains(2L)) {
                        throw new IllegalStateException("a fault");
                    }
                };
        Delivery delivery = delivery(SINGLE, 1);

        for (Event event : events(3, "x")) {
            assertThat(delivery.deliver(List.of(event))).isTrue();
        }

        assertThat(taken).containsExactly(1L, 3L);
        assertThat(count("failed")).isEqualTo(Delivery.MOST_REJECTIONS);
        assertThat(count("rejected")).isEqualTo(1);
        assertThat(circuit.lastFailure()).isEmpty();
    }

    @Test
    void whoWaitsToRepeatHoldsNoPermit() throws Exception {
        Delivery delivery = delivery(SINGLE, 1);
        AtomicInteger failures = new AtomicInteger(2);
        peer =
                sequences -> {
                    if (sequences.contains(1L) && failures.getAndDecrement() > 0) {
                        throw failure(Kind.UNAVAILABLE);
                    }
                };
        pause = _ -> delivery.deliver(List.of(event(7 + failures.get(), "x")));

        assertThat(delivery.deliver(List.of(event(1, "x")))).isTrue();

        assertThat(taken).containsExactly(8L, 7L, 1L);
    }

    @Test
    void anEventThatFailsForAnHourWhileOthersGetThroughIsLeftOut() throws Exception {
        Delivery delivery = delivery(SINGLE, 1);
        AtomicInteger tries = new AtomicInteger();
        peer =
                sequences -> {
                    if (sequences.contains(1L)) {
                        tries.incrementAndGet();
                        throw failure(Kind.UNAVAILABLE);
                    }
                };
        pause =
                _ -> {
                    nanos += Duration.ofMinutes(1).toNanos();
                    delivery.deliver(List.of(event(2, "x")));
                };

        assertThat(delivery.deliver(List.of(event(1, "x")))).isTrue();

        assertThat(tries).hasValue(61);
        assertThat(count("abandoned")).isEqualTo(1);
        assertThat(taken).hasSize(60).containsOnly(2L);
    }

    @Test
    void whileTheWholeSubscriberIsAwayNothingIsLeftOut() throws Exception {
        AtomicInteger failures = new AtomicInteger(4);
        peer =
                _ -> {
                    nanos += Duration.ofHours(5).toNanos();
                    if (failures.getAndDecrement() > 0) {
                        throw failure(Kind.UNAVAILABLE);
                    }
                };

        assertThat(delivery(SINGLE, 1).deliver(List.of(event(1, "x")))).isTrue();

        assertThat(taken).containsExactly(1L);
        assertThat(count("abandoned")).isZero();
    }

    @Test
    void oneSuccessBetweenTwoOutagesIsNoReasonToGiveUp() {
        AtomicInteger others = new AtomicInteger();
        Setbacks setbacks = new Setbacks(Patience.USUAL, others::get, () -> nanos);

        for (int i = 0; i < 100; i++) {
            assertThat(setbacks.add()).isEqualTo(i);
            nanos += Duration.ofHours(1).toNanos();
            if (i == 50) {
                others.incrementAndGet();
            }
            assertThat(setbacks.enough()).isFalse();
        }
    }
}
