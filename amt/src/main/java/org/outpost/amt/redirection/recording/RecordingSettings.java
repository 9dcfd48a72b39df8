package org.outpost.amt.redirection.recording;

import java.time.Instant;

/**
 * A recording to be made.
 *
 * @param title shown by players, such as the device's name
 * @param started when the session began
 * @param columns of the terminal, from 1
 * @param rows of the terminal, from 1
 * @param mostWaiting bytes that may wait for the disk, each piece with some 64 more; from 1
 */
public record RecordingSettings(
        String title, Instant started, int columns, int rows, int mostWaiting) {
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 25;
    private static final int USUAL_WAITING = 1024 * 1024;

    public RecordingSettings {
        if (columns < 1 || rows < 1 || mostWaiting < 1) {
            throw new IllegalArgumentException("columns, rows and bytes must be at least one");
        }
    }

    /** 80 by 25, as firmware has it, and 1 MiB that may wait. */
    public static RecordingSettings of(String title, Instant started) {
        return new RecordingSettings(title, started, USUAL_COLUMNS, USUAL_ROWS, USUAL_WAITING);
    }
}
