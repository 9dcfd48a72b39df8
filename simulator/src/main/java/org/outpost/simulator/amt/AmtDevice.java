package org.outpost.simulator.amt;

import org.outpost.simulator.identity.DeviceProfile;

import java.time.InstantSource;

/**
 * The firmware side of one device that all its HTTP connections share: sign-in, pages,
 * WS-Management. Safe for use by several threads.
 */
public final class AmtDevice {
    private final DeviceProfile profile;
    private final DigestAuthenticator authenticator;
    private final WebPages pages;
    private final WsmanEngine wsman;

    /**
     * The firmware of a device.
     *
     * @param profile who it is
     * @param credentials who may sign in
     * @param nonces issues the nonces of its challenges
     * @param clock its clock
     */
    public AmtDevice(
            DeviceProfile profile, AmtCredentials credentials, Nonces nonces, InstantSource clock) {
        this.profile = profile;
        this.authenticator =
                new DigestAuthenticator(
                        profile.digestRealm(),
                        profile.generation().offersAuthInt(),
                        credentials,
                        nonces);
        this.pages = new WebPages(profile, clock);
        this.wsman = new WsmanEngine(profile.generation().label());
    }

    /** Value of the {@code Server} header; consoles read the version from it (wsman.md §1). */
    String serverHeader() {
        return "Intel(R) Active Management Technology " + profile.version().text();
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
