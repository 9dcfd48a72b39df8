package org.outpost.simulator.machine;

import java.util.List;

/** The self-test of the PC's firmware: its steps and what it shows. */
final class Post {
    /** Firmware progress code for the entered set-up (events.md §2). */
    static final int SETUP_ENTERED = 5;

    /** Firmware progress code for a wake from S3. */
    static final int WAKE_VECTOR = 18;

    /** Firmware progress code for the start of an operating system. */
    static final int STARTING_OS = 19;

    /** Memory, disk, secondary processors, PCI, video, embedded controller (simulator.md §6). */
    static final List<Integer> STEPS = List.of(1, 2, 3, 7, 9, 13);

    private Post() {}

    static List<String> banner(String name) {
        return List.of("Intel(R) NUC  BIOS QNCFLX70.0054.2020.0810.2227", "System: " + name, "");
    }

    static String step(int code) {
        return switch (code) {
            case 1 -> "Memory initialization          32768 MB OK";
            case 2 -> "Hard-disk initialization       2 drives OK";
            case 3 -> "Secondary processor(s)         OK";
            case 7 -> "PCI resource configuration     OK";
            case 9 -> "Video initialization           OK";
            case 13 -> "Embedded controller            OK";
            default -> "Progress " + code;
        };
    }

    static List<String> setup(String name) {
        return List.of(
                "                      Aptio Setup Utility - BIOS Setup",
                "  Main   Advanced   Security   Power   Boot   Exit",
                "+-----------------------------------------------------------------------------+",
                "  BIOS Version          QNCFLX70.0054.2020.0810.2227",
                "  Computer name         " + name,
                "  Total Memory          32768 MB",
                "+-----------------------------------------------------------------------------+",
                "  F9: Optimized defaults    F10: Save and exit    ESC: Exit");
    }
}
