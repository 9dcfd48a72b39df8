package org.outpost.inventory.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a job can do to a device. Power actions have the numbers of Open DMT's MPS (wsman.md section
 * 5). What needs a secret or cannot be brought back is left out: it is done one device at a time.
 */
public enum JobAction {
    POWER_ON("power-on", 2, Right.POWER, true),
    SLEEP("sleep", 4, Right.POWER, true),
    POWER_CYCLE("power-cycle", 5, Right.POWER, false),
    HIBERNATE("hibernate", 7, Right.POWER, true),
    POWER_OFF("power-off", 8, Right.POWER, true),
    RESET("reset", 10, Right.POWER, false),
    DIAGNOSTIC_INTERRUPT("diagnostic-interrupt", 11, Right.POWER, false),
    SOFT_OFF("soft-off", 12, Right.POWER, true),
    SOFT_RESET("soft-reset", 14, Right.POWER, false),
    // What is booted once stays set until the next boot, so none of these may be sent twice.
    POWER_ON_TO_BIOS("power-on-to-bios", 100, Right.POWER, false),
    RESET_TO_BIOS("reset-to-bios", 101, Right.POWER, false),
    RESET_TO_PBA("reset-to-pba", 107, Right.POWER, false),
    POWER_ON_TO_PBA("power-on-to-pba", 108, Right.POWER, false),
    RESET_TO_WINRE("reset-to-winre", 109, Right.POWER, false),
    POWER_ON_TO_WINRE("power-on-to-winre", 110, Right.POWER, false),
    RESET_TO_IDER_FLOPPY("reset-to-ider-floppy", 200, Right.POWER, false),
    POWER_ON_TO_IDER_FLOPPY("power-on-to-ider-floppy", 201, Right.POWER, false),
    RESET_TO_IDER_CDROM("reset-to-ider-cdrom", 202, Right.POWER, false),
    POWER_ON_TO_IDER_CDROM("power-on-to-ider-cdrom", 203, Right.POWER, false),
    POWER_ON_TO_DIAGNOSTIC("power-on-to-diagnostic", 300, Right.POWER, false),
    RESET_TO_DIAGNOSTIC("reset-to-diagnostic", 301, Right.POWER, false),
    RESET_TO_PXE("reset-to-pxe", 400, Right.POWER, false),
    POWER_ON_TO_PXE("power-on-to-pxe", 401, Right.POWER, false),
    OS_FULL_POWER("os-full-power", 500, Right.POWER, true),
    OS_POWER_SAVING("os-power-saving", 501, Right.POWER, true),
    /** Sets the device's clock to the server's. */
    SYNC_TIME("sync-time", -1, Right.CONFIGURE, true),
    /** Reads version, settings, power and hardware, so that what is last known is new. */
    REFRESH_FACTS("refresh-facts", -1, Right.VIEW, true);

    /** Which right to a device the action needs. */
    public enum Right {
        VIEW,
        POWER,
        CONFIGURE
    }

    private final String label;
    private final int number;
    private final Right right;
    private final boolean repeatable;

    JobAction(String label, int number, Right right, boolean repeatable) {
        this.label = label;
        this.number = number;
        this.right = right;
        this.repeatable = repeatable;
    }

    /** How it is written. */
    public String label() {
        return label;
    }

    /** Open DMT's number of a power action; empty for what is none. */
    public OptionalInt number() {
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The right that it needs. */
    public Right right() {
        return right;
    }

    /** Whether doing it twice is the same as doing it once. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /**
     * Reads a label or a number.
     *
     * @return empty when there is no such action
     */
    public static Optional<JobAction> of(String text) {
        return Arrays.stream(values())
                .filter(
                        action ->
                                action.label.equals(text)
                                        || (action.number >= 0
                                                && Integer.toString(action.number).equals(text)))
                .findFirst();
    }

    /** All labels, with commas between. */
    public static String labels() {
        return Arrays.stream(values()).map(JobAction::label).collect(Collectors.joining(", "));
    }
}
