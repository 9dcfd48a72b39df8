package org.outpost.access.secret;

/**
 * What somebody needs to get into a device. Two of them are never compared: whoever wants that has
 * too much in the clear.
 */
public sealed interface DeviceLogin extends AutoCloseable {
    /** Longest user name of AMT that is stored, in characters. */
    int LONGEST_USER = 32;

    /** How the vault names this kind. */
    String kind();

    /** The password. */
    SecretText password();

    /** Wipes the password. */
    @Override
    default void close() {
        password().close();
    }

    /**
     * An account of AMT: digest user and password of its web and WS-Management interface.
     *
     * @param user 1 to {@value DeviceLogin#LONGEST_USER} characters, usually {@code admin}
     */
    record Amt(String user, SecretText password) implements DeviceLogin {
        static final String KIND = "amt";

        /**
         * Checks.
         *
         * @throws IllegalArgumentException when the user name is empty or too long
         */
        public Amt {
            if (user.isEmpty() || user.length() > LONGEST_USER) {
                throw new IllegalArgumentException(
                        "a user name of AMT has 1 to " + LONGEST_USER + " characters");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** The password of the Intel Management Engine BIOS Extension, typed at the device. */
    record Mebx(SecretText password) implements DeviceLogin {
        static final String KIND = "mebx";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** The password with which the device signs in at this server's tunnel door. */
    record Mps(SecretText password) implements DeviceLogin {
        static final String KIND = "mps";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
