package org.outpost.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that keys of secrets are encrypted with: AES-256. */
final class VaultKey {
    /** How long it is. */
    static final int BYTES = 32;

    private static final int ID_DIGITS = 16;

    private final byte[] bytes;
    private final String id;
    private final Instant made;

    /**
     * Takes a key.
     *
     * @param bytes {@value #BYTES} random ones
     */
    VaultKey(byte[] bytes, Instant made) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        this.bytes = bytes.clone();
        this.made = made;
        this.id = id(bytes);
    }

    static VaultKey generate(Instant now) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        VaultKey key = new VaultKey(random, now.truncatedTo(ChronoUnit.SECONDS));
        Arrays.fill(random, (byte) 0);
        return key;
    }

    /** Tells a key from others, and a key that was mistyped from itself; says nothing of it. */
    private static String id(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] digest = mac.doFinal("outpost-vault-key/1".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    String id() {
        return id;
    }

    Instant made() {
        return made;
    }

    SecretKey aes() {
        return new SecretKeySpec(bytes, "AES");
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "VaultKey[" + id + "]";
    }
}
