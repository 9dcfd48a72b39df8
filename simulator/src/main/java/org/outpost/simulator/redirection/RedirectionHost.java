package org.outpost.simulator.redirection;

import org.outpost.simulator.machine.Consent;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.Redirection;

import java.util.Optional;

/**
 * What redirection needs of its device. Everything is called on the device's event loop, which must
 * be the loop of the redirection channels too.
 */
public interface RedirectionHost {
    /** Realm of the sign-in, the one of HTTP digest. */
    String realm();

    /**
     * The MD5 of {@code user:realm:password} in lower-case hexadecimal digits, for a user who has
     * the right to redirection; empty for all others.
     */
    Optional<String> passwordHash(String user);

    /** Whether a password may come as it is (method 1); newer firmware can switch that off. */
    boolean clearTextAllowed();

    /**
     * A sign-in went wrong; the firmware counts these.
     *
     * @param user who it was to be; empty when that cannot be told
     * @param address from where
     */
    void signInFailed(String user, String address);

    /** The PC. */
    Machine machine();

    /** Switches and open sessions. */
    Redirection redirection();

    /** The user's consent. */
    Consent consent();
}
