package org.outpost.amt.operation.account;

import java.util.List;
import java.util.Set;

/**
 * An account to be made or changed (wsman.md sections 1.1 and 10.1).
 *
 * @param user up to 16 printable ASCII characters without {@code ( ) , : " & < >}, not beginning
 *     with {@code $$}
 * @param password 8 to 32 characters with a digit, a special, an upper and a lower case one
 * @param access 0 local, 1 network, 2 any
 * @param realms what it may use
 */
public record NewAccount(String user, String password, int access, Set<Realm> realms) {
    private static final int LONGEST_USER = 16;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 32;

    /** Checks AMT's rules, so that it need not be found out from its return values. */
    public NewAccount {
        realms = Set.copyOf(realms);
        if (user.isEmpty()
                || user.length() > LONGEST_USER
                || user.startsWith("$$")
                || !user.chars().allMatch(c -> printable(c) && "(),:\"&<>".indexOf(c) < 0)) {
            throw new IllegalArgumentException(
                    "an AMT user name has 1 to 16 printable ASCII characters, none of ( ) , : \" &"
                            + " < >, and does not begin with $$");
        }
        if (password.length() < SHORTEST_PASSWORD
                || password.length() > LONGEST_PASSWORD
                || !password.chars().allMatch(c -> printable(c) && ":,\"".indexOf(c) < 0)
                || !strong(password)) {
            throw new IllegalArgumentException(
                    "an AMT password has 8 to 32 printable ASCII characters, none of : , \", with a"
                            + " digit, a special, an upper and a lower case character");
        }
        if (access < 0 || access > 2) {
            throw new IllegalArgumentException("access is 0 local, 1 network or 2 any");
        }
    }

    private static boolean printable(int c) {
        return c >= ' ' && c < 0x7F;
    }

    private static boolean strong(String password) {
        return password.chars().anyMatch(Character::isDigit)
                && password.chars().anyMatch(Character::isUpperCase)
                && password.chars().anyMatch(Character::isLowerCase)
                && password.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
    }

    List<String> realmNumbers() {
        return realms.stream().map(Realm::number).sorted().map(String::valueOf).toList();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewAccount[user=" + user + ", access=" + access + ", realms=" + realms + "]";
    }
}
