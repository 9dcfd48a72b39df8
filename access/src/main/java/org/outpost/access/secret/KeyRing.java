package org.outpost.access.secret;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys, the oldest first. The newest encrypts; all decrypt. As text a line for each, and lines that
 * begin with {@code #} for people:
 *
 * <pre>key ID TIME BASE64</pre>
 *
 * The id is made from the key, so that a slip in copying is noticed before anything is encrypted.
 */
final class KeyRing {
    /** More keys than rotations that were never finished could leave. */
    static final int MOST = 64;

    private static final String HEADER =
            """
            # Keys of the secrets in Outpost's database. Without this file they are lost: keep a copy,
            # and not together with the database's backup. Each line: key ID TIME BASE64. The last
            # line encrypts. Do not edit.
            """;

    private final Map<String, VaultKey> keys;

    private KeyRing(Map<String, VaultKey> keys) {
        this.keys = keys;
    }

    static KeyRing of(VaultKey only) {
        Map<String, VaultKey> keys = new LinkedHashMap<>();
        keys.put(only.id(), only);
        return new KeyRing(keys);
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException naming the line, and nothing of what a key is
     */
    static KeyRing parse(String text) {
        Map<String, VaultKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            VaultKey key = key(line, number);
            if (keys.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException("line " + number + ": this key is there twice");
            }
            if (keys.size() > MOST) {
                throw new IllegalArgumentException(
                        "line " + number + ": more than " + MOST + " keys");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no key");
        }
        return new KeyRing(keys);
    }

    private static VaultKey key(String line, int number) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() != 4 || !"key".equals(words.getFirst())) {
            throw new IllegalArgumentException(
                    "line " + number + ": a line is \"key ID TIME BASE64\"");
        }
        VaultKey key;
        try {
            byte[] bytes = Base64.getDecoder().decode(words.get(3));
            if (bytes.length != VaultKey.BYTES) {
                throw new IllegalArgumentException(
                        "line "
                                + number
                                + ": a key is "
                                + VaultKey.BYTES
                                + " bytes in Base64, not "
                                + bytes.length);
            }
            key = new VaultKey(bytes, Instant.parse(words.get(2)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("line " + number + ": the time is none", e);
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("line ")
                    ? e
                    : new IllegalArgumentException("line " + number + ": the key is no Base64");
        }
        if (!key.id().equals(words.get(1))) {
            throw new IllegalArgumentException(
                    "line "
                            + number
                            + ": the key is not the one that its ID stands for; a character was"
                            + " changed");
        }
        return key;
    }

    /** As it is written to the file. */
    String text() {
        StringBuilder text = new StringBuilder(HEADER);
        for (VaultKey key : keys.values()) {
            text.append("key ")
                    .append(key.id())
                    .append(' ')
                    .append(key.made())
                    .append(' ')
                    .append(key.base64())
                    .append('\n');
        }
        return text.toString();
    }

    /** The one that encrypts. */
    VaultKey newest() {
        return new ArrayList<>(keys.values()).getLast();
    }

    Optional<VaultKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Their names, the oldest first. */
    List<String> ids() {
        return List.copyOf(keys.keySet());
    }

    KeyRing with(VaultKey newest) {
        Map<String, VaultKey> more = new LinkedHashMap<>(keys);
        more.put(newest.id(), newest);
        return new KeyRing(more);
    }

    /** Those that are used, and the newest. */
    KeyRing retaining(Set<String> used) {
        String newest = newest().id();
        Map<String, VaultKey> fewer = new LinkedHashMap<>(keys);
        fewer.keySet().removeIf(id -> !id.equals(newest) && !used.contains(id));
        return new KeyRing(fewer);
    }

    /** Shows their names only. */
    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
