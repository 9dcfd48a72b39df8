package org.outpost.gateway.authentication;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.PasswordLines.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Users and passwords from a UTF-8 text file: one {@code user:password} a line, the password being
 * all after the first colon, in clear or as {@code $argon2id$…}; lines that are blank or begin with
 * {@code #} are skipped.
 *
 * <p>The file is looked at before each answer and read again when its time, size or identity
 * changed, so users come and go without a restart. A changed file with a bad line is not taken: the
 * users of its last good state stay, and the error is logged once. A file that is missing or was
 * never good makes the answer {@link Verdict.Unavailable}.
 *
 * <p>In memory a clear password is its HMAC-SHA-256 under a key of this object. Every refusal costs
 * the same work, whether the user is known or not: a comparison with a slow hash where the file has
 * any.
 */
public final class PasswordFile implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(PasswordFile.class);
    private static final String MAC = "HmacSHA256";

    private record Stamp(FileTime modified, long size, @Nullable Object key) {}

    private record State(@Nullable Stamp stamp, @Nullable Users users, @Nullable String problem) {}

    /** Whether passwords may be in clear. */
    public enum ClearPasswords {
        /** As the original's files were. */
        FINE,
        /** Each reading of the file logs a warning while it has any. */
        WARNED_OF
    }

    /**
     * What a file holds.
     *
     * @param users how many users it names
     * @param clear how many of their passwords are in clear
     */
    public record Summary(int users, int clear) {}

    /** What is said of every failure: who is known is nobody's business. */
    static final Verdict.Refused WRONG = new Verdict.Refused("unknown user or wrong password");

    private final Path file;
    private final PasswordHasher hasher;
    private final ClearPasswords clearPasswords;
    private final SecretKeySpec key;
    private final byte[] nobody;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile State state = new State(null, null, "not read yet");

    /**
     * Names the file; it is read at the first question.
     *
     * @param hasher compares with slow hashes; may serve several files, and stays open
     */
    public PasswordFile(Path file, PasswordHasher hasher, ClearPasswords clearPasswords) {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.file = file;
        this.hasher = hasher;
        this.clearPasswords = clearPasswords;
        this.key = new SecretKeySpec(secret, MAC);
        this.nobody = new byte[32];
        random.nextBytes(nobody);
    }

    /**
     * Reads a file only to see whether it is good.
     *
     * @throws PasswordFileException naming the first bad line
     * @throws IOException when it cannot be read
     */
    public static Summary check(Path file) throws IOException {
        Users users = read(file, _ -> new byte[0]);
        return new Summary(users.users().size(), users.clear());
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws Exception {
        State now = current();
        Users users = now.users();
        if (users == null) {
            return new Verdict.Unavailable("password file " + now.problem());
        }
        String password = credentials.password();
        if (password == null) {
            return new Verdict.Refused("no password was given");
        }
        String user = credentials.user();
        PasswordEntry entry = users.users().get(user);
        if (entry instanceof PasswordEntry.Hashed(Argon2Hash hash)) {
            return hasher.verify(user, password, hash);
        }
        byte[] expected = entry instanceof PasswordEntry.Clear(byte[] mac) ? mac : nobody;
        if (MessageDigest.isEqual(mac(password), expected) && entry != null) {
            return new Verdict.Accepted(user);
        }
        Argon2Hash costliest = users.costliest();
        if (costliest != null) {
            hasher.pretend(password, costliest);
        }
        return WRONG;
    }

    private State current() {
        Stamp stamp;
        try {
            stamp = stamp();
        } catch (IOException e) {
            return missing(e);
        }
        if (stamp.equals(state.stamp())) {
            return state;
        }
        reading.lock();
        try {
            if (!stamp.equals(state.stamp())) {
                state = readState(stamp);
            }
            return state;
        } finally {
            reading.unlock();
        }
    }

    private State missing(IOException cause) {
        State gone = new State(null, null, describe(cause));
        reading.lock();
        try {
            if (!gone.equals(state)) {
                logProblem(gone.problem());
            }
            state = gone;
            return gone;
        } finally {
            reading.unlock();
        }
    }

    private State readState(Stamp stamp) {
        try {
            Users users = read(file, this::mac);
            log.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("users", users.users().size())
                    .log("password file read");
            if (clearPasswords == ClearPasswords.WARNED_OF && users.clear() > 0) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("users", users.clear())
                        .log(
                                "passwords of people are in clear in this file; hash them with:"
                                        + " outpost password hash USER");
            }
            return new State(stamp, users, null);
        } catch (IOException e) {
            String problem = describe(e);
            logProblem(problem);
            return new State(stamp, state.users(), problem);
        }
    }

    private void logProblem(@Nullable String problem) {
        log.atError()
                .addKeyValue("file", file)
                .addKeyValue("problem", problem)
                .log("password file not taken");
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private static Users read(Path file, Function<String, byte[]> mac) throws IOException {
        return PasswordLines.parse(Files.readAllLines(file, StandardCharsets.UTF_8), mac);
    }

    private byte[] mac(String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    private static String describe(IOException cause) {
        return switch (cause) {
            case PasswordFileException bad -> Objects.requireNonNull(bad.getMessage());
            case NoSuchFileException missing -> "does not exist";
            case CharacterCodingException badText -> "is not UTF-8 text";
            default -> "cannot be read: " + cause.getClass().getSimpleName();
        };
    }
}
