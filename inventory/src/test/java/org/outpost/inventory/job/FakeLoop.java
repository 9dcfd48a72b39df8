package org.outpost.inventory.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A loop whose time is moved by hand. */
final class FakeLoop implements JobLoop {
    private record Task(Instant at, long number, Runnable work) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private long number;

    @Override
    public void execute(Runnable work) {
        schedule(work, Duration.ZERO);
    }

    @Override
    public Timer schedule(Runnable work, Duration delay) {
        Task task = new Task(now.plus(delay), number++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Runs what is due, and what that makes due. */
    void runDue() {
        while (true) {
            Task due =
                    tasks.stream()
                            .filter(task -> !task.at().isAfter(now))
                            .min(Comparator.comparing(Task::at).thenComparing(Task::number))
                            .orElse(null);
            if (due == null) {
                return;
            }
            tasks.remove(due);
            due.work().run();
        }
    }

    void advance(Duration time) {
        now = now.plus(time);
        runDue();
    }

    /** Forgets all work, as a process that is killed. */
    void crash() {
        tasks.clear();
    }
}
