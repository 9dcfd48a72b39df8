package org.outpost.simulator;

import org.outpost.simulator.fleet.FleetSnapshot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows once a second how the fleet is doing, on a thread of its own. */
final class ProgressReporter implements AutoCloseable {
    /** Where it is shown. */
    interface View {
        /**
         * Shows the state.
         *
         * @param event {@code progress}; {@code ready} once, when all devices are connected; {@code
         *     stopped} at the end
         * @param sinceStart time since the fleet was started
         */
        void show(String event, Duration sinceStart, FleetSnapshot fleet);
    }

    private final View view;
    private final Supplier<FleetSnapshot> fleet;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("progress").factory());
    private boolean ready;
    private int ticks;

    ProgressReporter(View view, Supplier<FleetSnapshot> fleet) {
        this.view = view;
        this.fleet = fleet;
    }

    void start() {
        timer.scheduleAtFixedRate(this::tick, 100, 100, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        FleetSnapshot now = fleet.get();
        if (!ready && now.connected() == now.devices()) {
            ready = true;
            show("ready", now);
        }
        if (++ticks % 10 == 0) {
            show("progress", now);
        }
    }

    private void show(String event, FleetSnapshot now) {
        view.show(event, Duration.ofNanos(System.nanoTime() - start), now);
    }

    /** Shows the last state and ends. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show("stopped", fleet.get());
    }
}
