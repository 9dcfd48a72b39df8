package org.outpost.gateway.admission;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * How many connections may be in the costly part of their life, before they are known, at once.
 * Further ones wait in order and are not read, rather than refused: firmware that is refused stays
 * away for minutes (remote-access.md section 4). Thread-safe.
 */
public final class HandshakeSlots {
    private final int slots;
    private final int waitingLimit;
    private final ArrayDeque<Slot> waiting = new ArrayDeque<>();
    private int taken;

    /**
     * Makes the slots.
     *
     * @param slots 0 for no limit
     * @param waitingLimit how many may wait
     */
    public HandshakeSlots(int slots, int waitingLimit) {
        this.slots = slots == 0 ? Integer.MAX_VALUE : slots;
        this.waitingLimit = waitingLimit;
    }

    /** One connection's claim. */
    public final class Slot {
        private final Runnable ready;
        private State state = State.WAITING;

        private Slot(Runnable ready) {
            this.ready = ready;
        }

        /** Gives the slot back, or stops waiting for it. May be called again. */
        public void release() {
            Slot next = null;
            synchronized (HandshakeSlots.this) {
                switch (state) {
                    case WAITING -> waiting.remove(this);
                    case TAKEN -> {
                        taken--;
                        next = takeNext();
                    }
                    case RELEASED -> {}
                }
                state = State.RELEASED;
            }
            if (next != null) {
                next.ready.run();
            }
        }
    }

    private enum State {
        WAITING,
        TAKEN,
        RELEASED
    }

    /**
     * Asks for a slot.
     *
     * @param ready run, at once or later and on any thread, when the slot is there
     * @return null when too many wait already
     */
    public @Nullable Slot acquire(Runnable ready) {
        Slot slot = new Slot(ready);
        synchronized (this) {
            if (taken >= slots) {
                if (waiting.size() >= waitingLimit) {
                    return null;
                }
                waiting.add(slot);
                return slot;
            }
            taken++;
            slot.state = State.TAKEN;
        }
        ready.run();
        return slot;
    }

    /** Connections that have a slot. */
    public synchronized int inFlight() {
        return taken;
    }

    private @Nullable Slot takeNext() {
        Slot next = taken < slots ? waiting.poll() : null;
        if (next != null) {
            taken++;
            next.state = State.TAKEN;
        }
        return next;
    }
}
