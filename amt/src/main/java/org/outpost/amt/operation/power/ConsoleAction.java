package org.outpost.amt.operation.power;

import org.outpost.amt.operation.boot.BootSource;
import org.outpost.amt.operation.boot.BootTarget;

import java.util.Optional;

/**
 * The numbers by which consoles name power actions: those of {@link PowerAction}, and from 100 on a
 * power action together with what is booted (wsman.md section 5).
 *
 * @param value the console's number
 * @param power what the power does; empty where only the operating system's saving changes
 * @param boot what is booted once; empty for what boots anyway
 * @param osPowerSaving which power saving is asked for
 */
public record ConsoleAction(
        int value,
        Optional<PowerAction> power,
        Optional<BootTarget> boot,
        Optional<OsPowerSaving> osPowerSaving) {
    private static ConsoleAction power(PowerAction power) {
        return new ConsoleAction(
                power.value(), Optional.of(power), Optional.empty(), Optional.empty());
    }

    private static ConsoleAction boot(int value, PowerAction power, BootTarget target) {
        return new ConsoleAction(value, Optional.of(power), Optional.of(target), Optional.empty());
    }

    private static ConsoleAction saving(int value, OsPowerSaving saving) {
        return new ConsoleAction(value, Optional.empty(), Optional.empty(), Optional.of(saving));
    }

    /**
     * What a number means.
     *
     * @param value the console's number
     * @return empty for a number that means nothing
     */
    public static Optional<ConsoleAction> of(int value) {
        for (PowerAction action : PowerAction.values()) {
            if (action.value() == value) {
                return Optional.of(power(action));
            }
        }
        PowerAction on = PowerAction.POWER_ON;
        PowerAction reset = PowerAction.RESET;
        return Optional.ofNullable(
                switch (value) {
                    case 100 -> boot(value, on, BootTarget.BIOS_SETUP);
                    case 101 -> boot(value, reset, BootTarget.BIOS_SETUP);
                    case 104 -> boot(value, reset, BootTarget.SECURE_ERASE);
                    case 105 -> boot(value, reset, BootTarget.HTTPS_BOOT);
                    case 106 -> boot(value, on, BootTarget.HTTPS_BOOT);
                    case 107 -> boot(value, reset, BootTarget.LOCAL_PBA);
                    case 108 -> boot(value, on, BootTarget.LOCAL_PBA);
                    case 109 -> boot(value, reset, BootTarget.WINDOWS_RECOVERY);
                    case 110 -> boot(value, on, BootTarget.WINDOWS_RECOVERY);
                    case 200 -> boot(value, reset, BootTarget.IDER_FLOPPY);
                    case 201 -> boot(value, on, BootTarget.IDER_FLOPPY);
                    case 202 -> boot(value, reset, BootTarget.IDER_CD);
                    case 203 -> boot(value, on, BootTarget.IDER_CD);
                    case 300 -> boot(value, on, BootTarget.of(BootSource.DIAGNOSTIC));
                    case 301 -> boot(value, reset, BootTarget.of(BootSource.DIAGNOSTIC));
                    case 400 -> boot(value, reset, BootTarget.of(BootSource.PXE));
                    case 401 -> boot(value, on, BootTarget.of(BootSource.PXE));
                    case 500 -> saving(value, OsPowerSaving.FULL_POWER);
                    case 501 -> saving(value, OsPowerSaving.SAVING);
                    default -> null;
                });
    }
}
