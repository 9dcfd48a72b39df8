package org.outpost.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What stands on the PC's screen: at most 25 lines of at most 80 characters, the oldest leave at
 * the top, and above them the notice that the firmware draws itself (the sprite with a consent
 * code).
 */
public final class Screen {
    /** Characters of a line. */
    public static final int COLUMNS = 80;

    /** Lines of the screen. */
    public static final int ROWS = 25;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String notice = "";

    /** Tells whenever the screen or the notice has changed. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Stops telling. */
    public void ignore(Runnable listener) {
        listeners.remove(listener);
    }

    /** The lines from top to bottom. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What the firmware shows over everything else; empty when nothing. */
    public String notice() {
        return notice;
    }

    /** Puts these lines in the place of all others. */
    public void show(List<String> text) {
        lines.clear();
        text.forEach(this::append);
        changed();
    }

    /** Adds a line at the bottom. */
    public void print(String line) {
        append(line);
        changed();
    }

    /** Goes dark. The notice stays: it is the firmware's. */
    public void clear() {
        if (!lines.isEmpty()) {
            lines.clear();
            changed();
        }
    }

    /** Shows a notice over everything; an empty one takes it away. */
    void notice(String text) {
        if (!notice.equals(text)) {
            notice = text;
            changed();
        }
    }

    private void append(String line) {
        if (lines.size() == ROWS) {
            lines.removeFirst();
        }
        lines.add(line.length() > COLUMNS ? line.substring(0, COLUMNS) : line);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
