package org.outpost.amt.operation.power;

/**
 * A power state (CIM_AssociatedPowerManagementService); unknown numbers are kept.
 *
 * @param value the number on the wire
 */
public record PowerState(int value) {
    /** Its name. */
    public String text() {
        return switch (value) {
            case 2 -> "on";
            case 3 -> "sleep - light";
            case 4 -> "sleep - deep";
            case 5 -> "power cycle (soft)";
            case 6 -> "off - hard";
            case 7 -> "hibernate";
            case 8 -> "off - soft";
            case 9 -> "power cycle (hard)";
            case 10 -> "master bus reset";
            case 11 -> "diagnostic interrupt";
            case 12 -> "off - soft graceful";
            case 13 -> "off - hard graceful";
            case 14 -> "master bus reset graceful";
            case 15 -> "power cycle - soft graceful";
            case 16 -> "power cycle - hard graceful";
            default -> "unknown (" + value + ')';
        };
    }

    /** Whether the processor runs. */
    public boolean on() {
        return value == 2;
    }
}
