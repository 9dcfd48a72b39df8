package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Entry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is hashed and signed, to the byte.
 *
 * <p>A list of texts is encoded as, for each of them, its length in bytes as four bytes, most
 * significant first, then its UTF-8 bytes. The digest of an entry is SHA-256 of such a list:
 *
 * <pre>
 * outpost-audit-entry/1, sequence (decimal), time (2026-11-21T20:49:24.000Z), user, method, address,
 * tenant, action, device (UUID in lower case, or empty), target, reason, ticket, result, status,
 * salt (hexadecimal), then key and value of each detail, keys ascending
 * </pre>
 *
 * The hash of an entry is SHA-256 of 64 bytes: the hash of the entry before it (32 zero bytes for
 * the first) and its own digest. A checkpoint signs the list {@code outpost-audit-checkpoint/1},
 * sequence, hash (hexadecimal), time, key; a seal the list {@code outpost-audit-seal/1}, number of
 * lines, SHA-256 of their bytes (hexadecimal), time, key.
 */
public final class AuditHash {
    /** What stands before the first entry. */
    public static final String NOTHING = "0".repeat(64);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                    .withZone(ZoneOffset.UTC)
                    .withResolverStyle(ResolverStyle.STRICT);

    private AuditHash() {}

    /** A time as it is hashed and shown: UTC, to the millisecond. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /**
     * Reads what {@link #time(Instant)} wrote.
     *
     * @throws java.time.DateTimeException when it is written in another way
     */
    public static Instant time(String text) {
        return TIME.parse(text, Instant::from);
    }

    static String digest(long sequence, Instant time, AuditDraft what, String salt) {
        return HexFormat.of().formatHex(sha256(entry(sequence, time, what, salt)));
    }

    /** The bytes that the digest of an entry is made of. */
    static byte[] entry(long sequence, Instant time, AuditDraft what, String salt) {
        List<String> texts = new ArrayList<>();
        texts.add("outpost-audit-entry/1");
        texts.add(Long.toString(sequence));
        texts.add(time(time));
        texts.add(what.actor().user());
        texts.add(what.actor().method());
        texts.add(what.actor().address());
        texts.add(what.tenant());
        texts.add(what.action());
        texts.add(what.device() == null ? "" : what.device().toString());
        texts.add(what.target());
        texts.add(what.reason());
        texts.add(what.ticket());
        texts.add(what.result().label());
        texts.add(what.status());
        texts.add(salt);
        what.details()
                .forEach(
                        (key, value) -> {
                            texts.add(key);
                            texts.add(value);
                        });
        return encode(texts);
    }

    /**
     * The hash of an entry.
     *
     * @param previous the hash before it, 64 hexadecimal digits
     * @param digest of what it says, 64 hexadecimal digits
     */
    public static String chain(String previous, String digest) {
        HexFormat hex = HexFormat.of();
        MessageDigest sha = newSha256();
        sha.update(hex.parseHex(previous));
        sha.update(hex.parseHex(digest));
        return hex.formatHex(sha.digest());
    }

    /** The bytes that a checkpoint's signature is made over. */
    public static byte[] checkpoint(long sequence, String hash, Instant time, String key) {
        return encode(
                List.of(
                        "outpost-audit-checkpoint/1",
                        Long.toString(sequence),
                        hash,
                        time(time),
                        key));
    }

    /** The bytes that a seal's signature is made over. */
    public static byte[] seal(long lines, String sha256, Instant time, String key) {
        return encode(
                List.of("outpost-audit-seal/1", Long.toString(lines), sha256, time(time), key));
    }

    /** Puts an entry behind another. */
    static Entry entry(long sequence, Instant time, AuditDraft what, String salt, String previous) {
        return new Entry(
                sequence,
                time,
                what,
                salt,
                previous,
                chain(previous, digest(sequence, time, what, salt)));
    }

    private static byte[] encode(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length >>> 24);
            out.write(bytes.length >>> 16);
            out.write(bytes.length >>> 8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        return newSha256().digest(bytes);
    }

    /** SHA-256 of every JDK. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
