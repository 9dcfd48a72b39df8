package org.outpost.gateway.authentication;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password that was hashed with Argon2id (RFC 9106), in the form that all its programs write:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Bounds on the cost keep a file from taking all
 * memory.
 *
 * @param memory KiB, 8 to {@value #MOST_MEMORY}
 * @param iterations 1 to {@value #MOST_ITERATIONS}
 * @param parallelism 1 to {@value #MOST_PARALLELISM}
 * @param salt 8 bytes or more
 * @param hash 16 to 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Argon2Hash(int memory, int iterations, int parallelism, byte[] salt, byte[] hash) {
    /** The most memory that one hash may take, in KiB. */
    static final int MOST_MEMORY = 65_536;

    private static final int MOST_ITERATIONS = 16;
    private static final int MOST_PARALLELISM = 4;
    private static final int VERSION = Argon2Function.ARGON2_VERSION_13;
    // The first choice of OWASP's Password Storage Cheat Sheet that takes 19 MiB.
    private static final int MEMORY = 19_456;
    private static final int ITERATIONS = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "$argon2id$";
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})"
                            + "\\$([A-Za-z0-9+/]{1,200})={0,2}\\$([A-Za-z0-9+/]{1,200})={0,2}");

    /** Whether the text claims to be such a hash. */
    static boolean isMeant(String text) {
        return text.startsWith(PREFIX);
    }

    /** Reads the text; null when it is not such a hash, or one beyond the bounds. */
    static @Nullable Argon2Hash parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            Argon2Hash read =
                    new Argon2Hash(
                            Integer.parseInt(form.group(1)),
                            Integer.parseInt(form.group(2)),
                            Integer.parseInt(form.group(3)),
                            base64.decode(form.group(4)),
                            base64.decode(form.group(5)));
            return read.isBounded() ? read : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isBounded() {
        return memory >= 8 * parallelism
                && memory <= MOST_MEMORY
                && iterations >= 1
                && iterations <= MOST_ITERATIONS
                && parallelism >= 1
                && parallelism <= MOST_PARALLELISM
                && salt.length >= 8
                && hash.length >= 16
                && hash.length <= 64;
    }

    /** Hashes a password with a new salt, at the cost that is usual now. */
    static Argon2Hash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Argon2Hash(
                MEMORY,
                ITERATIONS,
                1,
                salt,
                compute(password, MEMORY, ITERATIONS, 1, HASH_BYTES, salt));
    }

    /** Whether it is the hash of that password; takes the time of hashing. */
    boolean matches(String password) {
        return MessageDigest.isEqual(
                hash, compute(password, memory, iterations, parallelism, hash.length, salt));
    }

    private static byte[] compute(
            String password, int memory, int iterations, int lanes, int length, byte[] salt) {
        return Argon2Function.getInstance(memory, iterations, lanes, length, Argon2.ID, VERSION)
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getBytes();
    }

    /** The text of the hash, without which nobody can guess at it. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX
                + "v=19$m="
                + memory
                + ",t="
                + iterations
                + ",p="
                + parallelism
                + "$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "Argon2Hash[memory=" + memory + ", iterations=" + iterations + "]";
    }
}
