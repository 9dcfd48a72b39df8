package org.outpost.inventory.job;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A database with one writer, whose answers come when the test says so, or are lost. */
final class FakeJournal implements JobJournal {
    final List<DeviceState> states = new ArrayList<>();
    boolean finished;

    private final Deque<Runnable> pending = new ArrayDeque<>();

    /** What becomes of the next piece of work. */
    enum Fate {
        DONE,
        /** It was not done. */
        REFUSED,
        /** It was done, but nobody heard. */
        DONE_UNHEARD
    }

    private Fate fate = Fate.DONE;

    FakeJournal(int devices) {
        for (int i = 0; i < devices; i++) {
            states.add(DeviceState.WAITING);
        }
    }

    static Target target(int position) {
        return new Target(position, new UUID(7, position));
    }

    private <T> CompletionStage<T> later(Supplier<T> work) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        pending.addLast(
                () -> {
                    Fate mine = fate;
                    if (mine != Fate.REFUSED) {
                        T value = work.get();
                        if (mine == Fate.DONE) {
                            promise.complete(value);
                            return;
                        }
                    }
                    promise.completeExceptionally(new IllegalStateException("gone"));
                });
        return promise;
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    /** Does the next piece of work, if there is any. */
    void step(Fate next) {
        Runnable work = pending.pollFirst();
        if (work != null) {
            fate = next;
            work.run();
        }
    }

    /** Some of what was under way is done, nobody hears of it; then goes on as after a restart. */
    void crash(int done, JobAction action) {
        for (int i = 0; i < done; i++) {
            step(Fate.DONE_UNHEARD);
        }
        pending.clear();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) == DeviceState.RUNNING) {
                states.set(i, action.isRepeatable() ? DeviceState.WAITING : DeviceState.UNKNOWN);
            }
        }
    }

    private boolean change(Target target, DeviceState next) {
        int position = (int) target.position();
        if (states.get(position).isFinal()) {
            return false;
        }
        states.set(position, next);
        return true;
    }

    @Override
    public CompletionStage<List<Target>> waiting(String job, long after, int most) {
        return later(
                () -> {
                    List<Target> found = new ArrayList<>();
                    for (int i = (int) after + 1; i < states.size() && found.size() < most; i++) {
                        if (states.get(i) == DeviceState.WAITING) {
                            found.add(target(i));
                        }
                    }
                    return found;
                });
    }

    @Override
    public CompletionStage<Boolean> begin(String job, Target target, Instant now) {
        return later(() -> change(target, DeviceState.RUNNING));
    }

    @Override
    public CompletionStage<Boolean> putBack(String job, Target target) {
        return later(() -> change(target, DeviceState.WAITING));
    }

    @Override
    public CompletionStage<Boolean> end(String job, Target target, Outcome outcome, Instant now) {
        return later(() -> change(target, outcome.state()));
    }

    @Override
    public CompletionStage<Integer> cancelSome(String job, int most, Instant now) {
        return later(
                () -> {
                    int count = 0;
                    for (int i = 0; i < states.size() && count < most; i++) {
                        if (states.get(i) == DeviceState.WAITING) {
                            states.set(i, DeviceState.CANCELLED);
                            count++;
                        }
                    }
                    return count;
                });
    }

    @Override
    public CompletionStage<Boolean> finish(String job, Instant now) {
        return later(
                () -> {
                    finished = states.stream().allMatch(DeviceState::isFinal);
                    return finished;
                });
    }
}
