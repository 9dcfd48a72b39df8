package org.outpost.simulator.account;

import java.util.Arrays;
import java.util.Set;

/**
 * Somebody who may sign in.
 *
 * @param handle number in the list; 0 is the administrator, who is not in the list
 * @param user name; empty with a Kerberos account
 * @param userHash MD5 of user, realm and password, 32 hexadecimal digits in lower case; empty with
 *     a Kerberos account
 * @param kerberosSid security identifier in Base64; empty with a digest account
 * @param access from where
 * @param realms for what
 * @param enabled whether at all
 */
public record Account(
        int handle,
        String user,
        String userHash,
        String kerberosSid,
        Access access,
        Set<Realm> realms,
        boolean enabled) {
    /** From where an account may be used. */
    public enum Access {
        /** From the PC itself. */
        LOCAL(0),
        /** Over the network. */
        NETWORK(1),
        /** From both. */
        ANY(2);

        private final int number;

        Access(int number) {
            this.number = number;
        }

        /** The permission with that number, from 0 to 2. */
        public static Access of(long number) {
            return Arrays.stream(values())
                    .filter(access -> access.number == number)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no access " + number));
        }

        /** Number in {@code AccessPermission}. */
        public int number() {
            return number;
        }
    }

    public Account {
        realms = Set.copyOf(realms);
    }

    /** Whether it may use one of these parts; the administration includes all. */
    public boolean allows(Set<Realm> wanted) {
        return realms.contains(Realm.ADMINISTRATION) || wanted.stream().anyMatch(realms::contains);
    }

    /** Whether it may be used over the network. */
    public boolean overNetwork() {
        return enabled && access != Access.LOCAL;
    }

    /** Names user and realms only. */
    @Override
    public String toString() {
        return "Account[user=" + user + ", realms=" + realms + ']';
    }
}
