package org.outpost.amt.operation.account;

import java.util.List;
import java.util.Optional;

/**
 * An account of AMT.
 *
 * @param handle by which it is changed
 * @param user the digest user; empty for a Kerberos account
 * @param kerberosSid the SID of a Kerberos account, base64
 * @param access 0 local, 1 network, 2 any
 * @param realms the realms by number; unknown ones are kept
 * @param enabled whether it may be used
 */
public record Account(
        long handle,
        Optional<String> user,
        Optional<String> kerberosSid,
        int access,
        List<Integer> realms,
        boolean enabled) {
    /** Copies the realms. */
    public Account {
        realms = List.copyOf(realms);
    }

    /** Whether the firmware itself made it. */
    public boolean builtIn() {
        return user.filter(name -> name.startsWith("$$")).isPresent();
    }
}
