package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.wsman.Call;

/**
 * The boot options as they were collected: they count when their configuration is the next one, and
 * are gone after one boot (wsman.md §6).
 */
final class BootState {
    static final String HARD_DISK = "Intel(r) AMT: Force Hard-drive Boot";
    static final String NETWORK = "Intel(r) AMT: Force PXE Boot";
    static final String CD_DVD = "Intel(r) AMT: Force CD/DVD Boot";
    static final String DIAGNOSTIC = "Intel(r) AMT: Force Diagnostic Boot";
    static final String HTTPS = "Intel(r) AMT: Force OCR UEFI HTTPS Boot";
    static final String UEFI_OPTION = "Intel(r) AMT: Force OCR UEFI Boot Option";

    private final Firmware firmware;
    private @Nullable Instance settings;
    private String source = "";
    private boolean next;

    BootState(Firmware firmware) {
        this.firmware = firmware;
        firmware.machine()
                .listen(
                        new MachineListener() {
                            @Override
                            public void postStarted(BootPlan plan) {
                                usedUp();
                            }
                        });
    }

    static BootState of(Call call) {
        return call.firmware().state(BootState.class, BootState::new);
    }

    private void usedUp() {
        settings = null;
        source = "";
        next = false;
        firmware.forgetTable(BootClasses.SETTINGS);
    }

    void settings(Instance options) {
        settings = options;
        planned();
    }

    void source(String id) {
        source = id;
        planned();
    }

    void next(boolean on) {
        next = on;
        planned();
    }

    boolean isNext() {
        return next;
    }

    private void planned() {
        firmware.machine().nextBoot(next ? plan() : BootPlan.NORMAL);
    }

    private BootPlan plan() {
        Instance options = settings;
        boolean sol = options != null && options.flag("UseSOL");
        boolean pause = options != null && options.flag("BIOSPause");
        return new BootPlan(source(options), sol, pause, detail(options));
    }

    private BootSource source(@Nullable Instance options) {
        if (options != null && options.flag("BIOSSetup")) {
            return BootSource.BIOS_SETUP;
        }
        if (options != null && options.flag("UseIDER")) {
            return options.number("IDERBootDevice") == 1
                    ? BootSource.REDIRECTED_CD
                    : BootSource.REDIRECTED_FLOPPY;
        }
        if (source.startsWith(UEFI_OPTION)) {
            return BootSource.UEFI_OPTION;
        }
        return switch (source) {
            case HARD_DISK -> BootSource.HARD_DISK;
            case NETWORK -> BootSource.NETWORK;
            case CD_DVD -> BootSource.CD_DVD;
            case DIAGNOSTIC -> BootSource.DIAGNOSTIC;
            case HTTPS -> BootSource.HTTPS;
            default -> BootSource.DEFAULT;
        };
    }

    private String detail(@Nullable Instance options) {
        if (options != null && source.equals(HTTPS)) {
            return BootParameters.address(options.text("UefiBootParametersArray"));
        }
        return source;
    }
}
