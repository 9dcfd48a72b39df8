package org.outpost.simulator.amt;

import io.netty.util.concurrent.EventExecutor;

import org.outpost.simulator.fault.FaultSource;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.wsman.Catalog;
import org.outpost.simulator.wsman.EngineLimits;
import org.outpost.simulator.wsman.WsmanEngine;

/**
 * The HTTP side of one device that all its connections share: sign-in, pages, WS-Management. To be
 * used on the device's event loop only.
 */
public final class AmtDevice {
    private final Firmware firmware;
    private final FaultSource faults;
    private final DigestAuthenticator authenticator;
    private final WebPages pages;
    private final WsmanEngine wsman;

    /**
     * The HTTP side of a device.
     *
     * @param firmware what the device remembers
     * @param nonces issues the nonces of its challenges
     * @param catalog the classes of its model
     * @param faults what goes wrong
     */
    public AmtDevice(Firmware firmware, Nonces nonces, Catalog catalog, FaultSource faults) {
        this.firmware = firmware;
        this.faults = faults;
        this.authenticator =
                new DigestAuthenticator(
                        firmware.accounts(),
                        firmware.profile().generation().offersAuthInt(),
                        nonces);
        this.pages = new WebPages(firmware);
        this.wsman = new WsmanEngine(firmware, catalog, new EngineLimits(faults::outOfContexts));
    }

    /** Value of the {@code Server} header; consoles read the version from it (wsman.md §1). */
    String serverHeader() {
        return "Intel(R) Active Management Technology " + firmware.profile().version().text();
    }

    /** What the device remembers. */
    public Firmware firmware() {
        return firmware;
    }

    /** Where everything of this device happens. */
    EventExecutor loop() {
        return firmware.loop();
    }

    FaultSource faults() {
        return faults;
    }

    DigestAuthenticator authenticator() {
        return authenticator;
    }

    WebPages pages() {
        return pages;
    }

    WsmanEngine wsman() {
        return wsman;
    }
}
