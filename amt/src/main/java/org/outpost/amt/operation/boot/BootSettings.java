package org.outpost.amt.operation.boot;

import org.outpost.amt.xml.Element;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Edits AMT_BootSettingData (wsman.md section 6). */
final class BootSettings {
    /** What may be read and must not be put. */
    private static final Set<String> READ_ONLY =
            Set.of(
                    "WinREBootEnabled",
                    "UEFILocalPBABootEnabled",
                    "UEFIHTTPSBootEnabled",
                    "SecureBootControlEnabled",
                    "BootguardStatus",
                    "OptionsCleared",
                    "BIOSLastStatus",
                    "UefiBootParametersArray",
                    "UefiBootNumberOfParams",
                    "RPEEnabled");

    private BootSettings() {}

    static Element clear(Element read) {
        return read.without(READ_ONLY)
                .with("BIOSPause", false)
                .with("BIOSSetup", false)
                .with("BootMediaIndex", 0)
                .with("ConfigurationDataReset", false)
                .with("FirmwareVerbosity", 0)
                .with("ForcedProgressEvents", false)
                .with("IDERBootDevice", 0)
                .with("LockKeyboard", false)
                .with("LockPowerButton", false)
                .with("LockResetButton", false)
                .with("LockSleepButton", false)
                .with("ReflashBIOS", false)
                .with("UseIDER", false)
                .with("UseSOL", false)
                .with("UseSafeMode", false)
                .with("UserPasswordBypass", false)
                .with("SecureErase", false);
    }

    static Element edit(Element read, BootOptions options) {
        Optional<BootTarget> target = options.target();
        boolean cd = target.filter(BootTarget.IDER_CD::equals).isPresent();
        boolean floppy = target.filter(BootTarget.IDER_FLOPPY::equals).isPresent();
        Element edited =
                clear(read)
                        .with("BIOSPause", options.biosPause())
                        .with("BIOSSetup", target.filter(BootTarget.BIOS_SETUP::equals).isPresent())
                        .with("BootMediaIndex", options.bootMediaIndex())
                        .with("FirmwareVerbosity", options.verbosity())
                        .with("ForcedProgressEvents", options.forcedProgressEvents())
                        .with("IDERBootDevice", cd ? 1 : 0)
                        .with("LockKeyboard", options.lockKeyboard())
                        .with("LockPowerButton", options.lockPowerButton())
                        .with("LockResetButton", options.lockResetButton())
                        .with("LockSleepButton", options.lockSleepButton())
                        .with("UseIDER", cd || floppy)
                        .with("UseSOL", options.useSol())
                        .with("UserPasswordBypass", options.userPasswordBypass());
        if (target.filter(BootTarget.SECURE_ERASE::equals).isPresent()) {
            edited = edited.with("SecureErase", true);
            if (options.erasePassword().isPresent()) {
                edited = edited.with("RSEPassword", options.erasePassword().get());
            }
        }
        if (recovers(target)) {
            edited = edited.with("EnforceSecureBoot", options.enforceSecureBoot());
        }
        if (options.ocr().isPresent()) {
            OcrParameters ocr = options.ocr().get();
            edited =
                    edited.with("UefiBootNumberOfParams", ocr.count())
                            .with(
                                    "UefiBootParametersArray",
                                    Base64.getEncoder().encodeToString(ocr.encode()));
        }
        return edited;
    }

    private static boolean recovers(Optional<BootTarget> target) {
        return target.stream()
                .anyMatch(
                        one ->
                                one.equals(BootTarget.HTTPS_BOOT)
                                        || one.equals(BootTarget.WINDOWS_RECOVERY)
                                        || one.equals(BootTarget.LOCAL_PBA));
    }
}
