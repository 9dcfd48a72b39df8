package org.outpost.amt.operation.boot;

import java.util.Optional;

/**
 * How the next boot shall go (wsman.md section 6).
 *
 * @param target what is booted; empty for what boots anyway
 * @param useSol whether SOL shows the boot
 * @param biosPause whether the BIOS stops after its tests
 * @param verbosity 0 the system's own, 1 quiet, 2 verbose, 3 blank screen
 * @param bootMediaIndex which of several sources of the kind; 0 the first
 * @param lockKeyboard whether the local keyboard is locked
 * @param lockPowerButton whether the power button is locked
 * @param lockResetButton whether the reset button is locked
 * @param lockSleepButton whether the sleep button is locked
 * @param userPasswordBypass whether the BIOS does not ask for the user's password
 * @param forcedProgressEvents whether every step of the boot makes an event
 * @param enforceSecureBoot whether UEFI Secure Boot stays on; matters for one-click recovery
 * @param ocr the parameters of HTTPS boot and one-click recovery
 * @param erasePassword the password of the SSD that is erased
 */
public record BootOptions(
        Optional<BootTarget> target,
        boolean useSol,
        boolean biosPause,
        int verbosity,
        int bootMediaIndex,
        boolean lockKeyboard,
        boolean lockPowerButton,
        boolean lockResetButton,
        boolean lockSleepButton,
        boolean userPasswordBypass,
        boolean forcedProgressEvents,
        boolean enforceSecureBoot,
        Optional<OcrParameters> ocr,
        Optional<String> erasePassword) {
    private static final int MOST_VERBOSE = 3;

    /** Checks the numbers and that HTTPS boot has its parameters. */
    public BootOptions {
        if (verbosity < 0 || verbosity > MOST_VERBOSE) {
            throw new IllegalArgumentException("the firmware's verbosity is 0, 1, 2 or 3");
        }
        if (bootMediaIndex < 0) {
            throw new IllegalArgumentException("the index of a boot source is not negative");
        }
        if (target.filter(BootTarget.HTTPS_BOOT::equals).isPresent() && ocr.isEmpty()) {
            throw new IllegalArgumentException("HTTPS boot needs the URL of what is booted");
        }
    }

    /**
     * A target and nothing else.
     *
     * @param target what is booted
     */
    public static BootOptions of(BootTarget target) {
        return new BootOptions(
                Optional.of(target),
                false,
                false,
                0,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** HTTPS boot with these parameters. */
    public static BootOptions https(OcrParameters parameters, boolean secureBoot) {
        return new BootOptions(
                Optional.of(BootTarget.HTTPS_BOOT),
                false,
                false,
                0,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                secureBoot,
                Optional.of(parameters),
                Optional.empty());
    }

    /** The same with SOL on or off. */
    public BootOptions sol(boolean use) {
        return new BootOptions(
                target,
                use,
                biosPause,
                verbosity,
                bootMediaIndex,
                lockKeyboard,
                lockPowerButton,
                lockResetButton,
                lockSleepButton,
                userPasswordBypass,
                forcedProgressEvents,
                enforceSecureBoot,
                ocr,
                erasePassword);
    }

    /** The same with the password of the SSD that is erased. */
    public BootOptions erasing(String password) {
        return new BootOptions(
                target,
                useSol,
                biosPause,
                verbosity,
                bootMediaIndex,
                lockKeyboard,
                lockPowerButton,
                lockResetButton,
                lockSleepButton,
                userPasswordBypass,
                forcedProgressEvents,
                enforceSecureBoot,
                ocr,
                Optional.of(password));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BootOptions[target=" + target + ", useSol=" + useSol + "]";
    }
}
