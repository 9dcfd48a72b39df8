package org.outpost.amt.traffic;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.wsman.AmtCall;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The queues of one device. Only on the officer's loop. */
final class WaitingJobs {
    private final Map<Priority, Deque<Job<?>>> queues = new EnumMap<>(Priority.class);

    /** Jobs that met a shortage and come again by themselves. */
    private final Set<Job<?>> parked = new LinkedHashSet<>();

    private final int turns;
    private int inARow;
    private int waiters;

    WaitingJobs(int turns) {
        this.turns = turns;
        for (Priority priority : Priority.values()) {
            queues.put(priority, new ArrayDeque<>());
        }
    }

    private Deque<Job<?>> queue(Priority priority) {
        Deque<Job<?>> queue = queues.get(priority);
        if (queue == null) {
            throw new IllegalStateException("every priority has a queue");
        }
        return queue;
    }

    /** Everybody who waits, for a job that waits or runs. */
    int waiters() {
        return waiters;
    }

    /** One waiter has his answer, or has given up. */
    void left() {
        waiters--;
    }

    boolean isEmpty() {
        return parked.isEmpty() && queues.values().stream().allMatch(Deque::isEmpty);
    }

    /**
     * The waiting job that asks the same, moved up when the newcomer is more urgent. Counts the
     * newcomer, who is expected to be added to this job or to one of his own.
     */
    @SuppressWarnings("unchecked") // equal calls have the same type of result
    <T> Optional<Job<T>> join(AmtCall<T> call, Priority priority) {
        waiters++;
        if (!call.reads()) {
            forbidJoining();
            return Optional.empty();
        }
        for (Priority of : Priority.values()) {
            for (Job<?> job : queue(of)) {
                if (job.joinable && job.call.equals(call)) {
                    promote(job, priority);
                    return Optional.of((Job<T>) job);
                }
            }
        }
        return Optional.empty();
    }

    /** Whoever reads after a change must not get what was read before it. */
    private void forbidJoining() {
        queues.values().forEach(queue -> queue.forEach(job -> job.joinable = false));
        parked.forEach(job -> job.joinable = false);
    }

    private void promote(Job<?> job, Priority priority) {
        if (priority.compareTo(job.priority) < 0) {
            queue(job.priority).remove(job);
            job.priority = priority;
            queue(priority).add(job);
        }
    }

    void add(Job<?> job) {
        queue(job.priority).add(job);
    }

    void addFirst(Job<?> job) {
        queue(job.priority).addFirst(job);
    }

    void park(Job<?> job) {
        parked.add(job);
    }

    void unpark(Job<?> job) {
        if (parked.remove(job)) {
            job.pause = null;
            addFirst(job);
        }
    }

    @Nullable Job<?> take() {
        Deque<Job<?>> interactive = queue(Priority.INTERACTIVE);
        Deque<Job<?>> background = queue(Priority.BACKGROUND);
        boolean turn = inARow >= turns && !background.isEmpty();
        if (interactive.isEmpty() || turn) {
            inARow = 0;
            return background.poll();
        }
        inARow++;
        return interactive.poll();
    }

    boolean remove(Job<?> job) {
        return queue(job.priority).remove(job) || parked.remove(job);
    }

    List<Job<?>> removeAll() {
        List<Job<?>> all = new ArrayList<>(parked);
        queues.values().forEach(all::addAll);
        parked.clear();
        queues.values().forEach(Deque::clear);
        return all;
    }

    List<String> whats() {
        List<String> whats = new ArrayList<>();
        queues.values().forEach(queue -> queue.forEach(job -> whats.add(job.call.what())));
        return whats;
    }
}
