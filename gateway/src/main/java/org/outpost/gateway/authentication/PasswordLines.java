package org.outpost.gateway.authentication;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The lines of a password file; see {@link PasswordFile} for their form. */
final class PasswordLines {
    private static final Pattern FOREIGN_HASH =
            Pattern.compile(
                    "\\$2[abxy]?\\$[0-9]{2}\\$[./A-Za-z0-9]{53}"
                            + "|\\$argon2(i|d)\\$v=[0-9]+\\$.*"
                            + "|\\$(1|5|6|apr1|y)\\$.{1,60}\\$[./A-Za-z0-9]{20,}"
                            + "|\\{(S?SHA[0-9]{0,3}|S?MD5|CRYPT)\\}.{10,}");

    private final Function<String, byte[]> mac;
    private final Map<String, PasswordEntry> users = new HashMap<>();

    /**
     * @param mac what is kept of a clear password
     */
    private PasswordLines(Function<String, byte[]> mac) {
        this.mac = mac;
    }

    /**
     * All users of a file.
     *
     * @param users by name
     * @param costliest the hash whose comparison takes longest; null when none is hashed
     */
    record Users(Map<String, PasswordEntry> users, @Nullable Argon2Hash costliest) {
        /** How many passwords are written in clear. */
        int clear() {
            return Math.toIntExact(
                    users.values().stream().filter(PasswordEntry.Clear.class::isInstance).count());
        }
    }

    static Users parse(List<String> lines, Function<String, byte[]> mac)
            throws PasswordFileException {
        PasswordLines reading = new PasswordLines(mac);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                reading.add(i + 1, line);
            }
        }
        Argon2Hash costliest =
                reading.users.values().stream()
                        .filter(PasswordEntry.Hashed.class::isInstance)
                        .map(entry -> ((PasswordEntry.Hashed) entry).hash())
                        .max(
                                Comparator.comparingLong(
                                        one -> (long) one.memory() * one.iterations()))
                        .orElse(null);
        return new Users(Map.copyOf(reading.users), costliest);
    }

    private void add(int number, String line) throws PasswordFileException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new PasswordFileException(number, "expected user:password");
        }
        if (colon == 0 || colon == line.length() - 1) {
            throw new PasswordFileException(
                    number, colon == 0 ? "the user is empty" : "the password is empty");
        }
        PasswordEntry entry = entry(number, line.substring(colon + 1));
        if (users.put(line.substring(0, colon), entry) != null) {
            throw new PasswordFileException(number, "a user of this name was named before");
        }
    }

    private PasswordEntry entry(int number, String text) throws PasswordFileException {
        if (!Argon2Hash.isMeant(text)) {
            // Taken as a clear password it would never match what the user types, but itself.
            if (FOREIGN_HASH.matcher(text).matches()) {
                throw new PasswordFileException(
                        number,
                        "a hash of another kind than $argon2id$; make one with: outpost password"
                                + " hash USER");
            }
            return new PasswordEntry.Clear(mac.apply(text));
        }
        Argon2Hash hash = Argon2Hash.parse(text);
        if (hash == null) {
            throw new PasswordFileException(
                    number,
                    "the $argon2id$ hash cannot be read, or costs too much; make one with: outpost"
                            + " password hash USER");
        }
        return new PasswordEntry.Hashed(hash);
    }
}
