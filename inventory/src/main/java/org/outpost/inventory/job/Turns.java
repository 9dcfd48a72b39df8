package org.outpost.inventory.job;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Shares what can be done at once among jobs: each that wants a turn gets one after the other, so
 * that a large job does not keep a small one waiting. To be used on the loop alone.
 */
final class Turns {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;
    private boolean granting;

    /**
     * All turns are free.
     *
     * @param all how many there are, 1 or more
     */
    Turns(int all) {
        this.free = all;
    }

    /** Asks for one turn; the job hears of it, perhaps at once. It waits in line only once. */
    void ask(Runnable granted) {
        waiting.addLast(granted);
        grant();
    }

    /** Gives one back. */
    void giveBack() {
        free++;
        grant();
    }

    int free() {
        return free;
    }

    /** Whoever hears may ask or give back; that is served by the loop that runs already. */
    private void grant() {
        if (granting) {
            return;
        }
        granting = true;
        try {
            while (free > 0 && !waiting.isEmpty()) {
                free--;
                waiting.removeFirst().run();
            }
        } finally {
            granting = false;
        }
    }
}
