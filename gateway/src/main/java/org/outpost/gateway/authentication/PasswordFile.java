package org.outpost.gateway.authentication;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Users and passwords from a UTF-8 text file: one {@code user:password} a line, the password being
 * all after the first colon; lines that are blank or begin with {@code #} are skipped.
 *
 * <p>The file is looked at before each answer and read again when its time, size or identity
 * changed, so users come and go without a restart. A changed file with a bad line is not taken: the
 * users of its last good state stay, and the error is logged once. A file that is missing or was
 * never good makes the answer {@link Verdict.Unavailable}.
 *
 * <p>In memory a password is its HMAC-SHA-256 under a key of this object. An unknown user costs the
 * same work as a known one.
 */
public final class PasswordFile implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(PasswordFile.class);
    private static final String MAC = "HmacSHA256";

    private record Stamp(FileTime modified, long size, @Nullable Object key) {}

    private record State(
            @Nullable Stamp stamp, @Nullable Map<String, byte[]> users, @Nullable String problem) {}

    private final Path file;
    private final SecretKeySpec key;
    private final byte[] nobody;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile State state = new State(null, null, "not read yet");

    /** Names the file; it is read at the first question. */
    public PasswordFile(Path file) {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.file = file;
        this.key = new SecretKeySpec(secret, MAC);
        this.nobody = new byte[32];
        random.nextBytes(nobody);
    }

    /**
     * Reads a file only to see whether it is good.
     *
     * @return how many users it names
     * @throws PasswordFileException naming the first bad line
     * @throws IOException when it cannot be read
     */
    public static int check(Path file) throws IOException {
        return new PasswordFile(file).read().size();
    }

    @Override
    public Verdict authenticate(Credentials credentials) {
        State now = current();
        Map<String, byte[]> users = now.users();
        if (users == null) {
            return new Verdict.Unavailable("password file " + now.problem());
        }
        String password = credentials.password();
        byte[] known = users.get(credentials.user());
        byte[] given = mac(password == null ? "" : password);
        boolean same = MessageDigest.isEqual(given, known == null ? nobody : known);
        if (password == null) {
            return new Verdict.Refused("no password was given");
        }
        return same && known != null
                ? new Verdict.Accepted(credentials.user())
                : new Verdict.Refused("unknown user or wrong password");
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
            Map<String, byte[]> users = read();
            log.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("users", users.size())
                    .log("password file read");
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

    private Map<String, byte[]> read() throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Map<String, byte[]> users = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new PasswordFileException(i + 1, "expected user:password");
            }
            if (colon == 0 || colon == line.length() - 1) {
                throw new PasswordFileException(
                        i + 1, colon == 0 ? "the user is empty" : "the password is empty");
            }
            if (users.put(line.substring(0, colon), mac(line.substring(colon + 1))) != null) {
                throw new PasswordFileException(i + 1, "a user of this name was named before");
            }
        }
        return Map.copyOf(users);
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
