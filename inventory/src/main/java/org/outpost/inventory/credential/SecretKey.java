package org.outpost.inventory.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's key that generated secrets are kept under: without it the database is of no use to a
 * thief.
 */
public final class SecretKey {
    /** How long the key is. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_DIGITS = 16;

    private final SecretKeySpec key;
    private final String id;

    /**
     * Takes the key.
     *
     * @param bytes {@value #BYTES} random bytes
     */
    public SecretKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("need " + BYTES + " bytes");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.id =
                HexFormat.of()
                        .formatHex(mac("outpost", "which key is this?"))
                        .substring(0, ID_DIGITS);
    }

    /** Tells this key from others, and nothing of what it is. */
    String id() {
        return id;
    }

    /**
     * A key for another purpose, from which this one cannot be computed.
     *
     * @param purpose the same text for the same key
     * @return 32 bytes
     */
    public byte[] derived(String purpose) {
        return mac("outpost derived key", purpose);
    }

    /** HMAC-SHA-256 of a name and a password; 32 bytes. */
    byte[] mac(String user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SecretKey[" + id + "]";
    }
}
