package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Hook;
import org.outpost.it.support.Hook.Receipt;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.process.OutpostConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Devices call in while the server is killed without notice, again and again: whoever was told more
 * than a second before that it is accepted is told to the subscriber, whatever the subscriber did
 * at that time; and so is the end of each connection.
 */
final class KillNineIT {
    private static final int ROUNDS = 5;
    private static final int CALLERS = 3;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration LOAD = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);

    @TempDir Path folder;

    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Devices that call in, one after the other on each of some threads, until they are stopped.
     */
    private final class Callers implements AutoCloseable {
        private final Server server;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Map<String, Long> acceptedNanos = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<ApfDevicePeer> peers = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();

        Callers(Server server, int first) {
            this.server = server;
            for (int i = 0; i < CALLERS; i++) {
                int again = first < 0 ? -1 : first + i;
                threads.add(Thread.ofVirtual().start(() -> call(again)));
            }
        }

        private void call(int known) {
            int number = known;
            while (!over.get()) {
                int mine = number < 0 ? numbers.incrementAndGet() : number;
                number = -1;
                DeviceIdentity device = Server.device(mine, "pc-" + mine + ".test");
                try {
                    ApfDevicePeer peer =
                            new ApfDevicePeer(ApfConnection.plain(server.tunnelDoor()), device);
                    peers.add(peer);
                    // Some never say what they are called, nor forward a port.
                    boolean silent = mine % 3 == 0;
                    peer.reach(silent ? Stage.AUTHENTICATED : Stage.FORWARDING);
                    acceptedNanos.put(device.uuid().toString(), System.nanoTime());
                    if (!silent) {
                        peer.forward(16992);
                    }
                } catch (RuntimeException | AssertionError e) {
                    // The server is gone; the round is over.
                    return;
                }
            }
        }

        /** Who was told so before a moment. */
        Set<String> acceptedBefore(long nanos) {
            Set<String> devices = new HashSet<>();
            acceptedNanos.forEach(
                    (device, at) -> {
                        if (at < nanos) {
                            devices.add(device);
                        }
                    });
            return devices;
        }

        @Override
        public void close() {
            over.set(true);
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            peers.forEach(ApfDevicePeer::close);
        }
    }

    @Test
    void nobodyWhoWasAcceptedIsForgotten() throws Exception {
        ServerSetup setup =
                ServerSetup.in(folder).withoutLeakDetection().listener(OutpostConfig.Tls.NONE);
        int port = setup.config().freePort();
        setup.with("egress: { allow: [ \"127.0.0.1:%d\" ] }".formatted(port))
                .with(
                        ("notifications: { return-within: 3s, subscribers: [ { type:"
                                        + " cloudevents-http, url: \"http://127.0.0.1:%d/\" } ] }")
                                .formatted(port));
        List<Receipt> received = new ArrayList<>();
        Set<String> owed = new HashSet<>();
        int returning = -1;
        for (int round = 0; round < ROUNDS; round++) {
            boolean listens = round % 2 == 0;
            Hook hook = listens ? Hook.on(port) : null;
            try (Server server = setup.start();
                    Callers callers = new Callers(server, returning)) {
                new CountDownLatch(1).await(LOAD.toMillis(), TimeUnit.MILLISECONDS);
                long killed = System.nanoTime();
                server.process().kill();
                owed.addAll(callers.acceptedBefore(killed - GRACE.toNanos()));
            } finally {
                if (hook != null) {
                    received.addAll(hook.receipts());
                    hook.close();
                }
            }
            returning = Math.max(1, numbers.get() - 20);
        }
        assertThat(owed).as("devices that were accepted").hasSizeGreaterThan(50);

        try (Hook hook = Hook.on(port);
                Server _ = setup.start()) {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                List<Receipt> all = new ArrayList<>(received);
                                all.addAll(hook.receipts());
                                Map<String, String> last = stories(all);
                                assertThat(last.keySet()).containsAll(owed);
                                assertThat(last.values()).containsOnly("disconnected");
                            });
            received.addAll(hook.receipts());
        }
        Report.line(
                "%d rounds of kill -9: %d devices owed, %d notifications, %d of them repeated"
                        .formatted(
                                ROUNDS,
                                owed.size(),
                                received.size(),
                                received.size()
                                        - received.stream().map(Receipt::id).distinct().count()));
    }

    /** What was told of each device last; its story alternates, repeated deliveries left out. */
    private static Map<String, String> stories(List<Receipt> all) {
        Map<Long, Receipt> bySequence = new TreeMap<>();
        for (Receipt one : all) {
            Receipt before = bySequence.putIfAbsent(one.sequence(), one);
            if (before != null) {
                assertThat(before.id()).isEqualTo(one.id());
            }
        }
        Map<String, String> last = new HashMap<>();
        for (Receipt one : bySequence.values()) {
            String before = last.put(one.device(), one.type());
            assertThat(one.type())
                    .as("device %s", one.device())
                    .isNotEqualTo(before == null ? "disconnected" : before);
        }
        return last;
    }
}
