package org.outpost.access.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's key that tokens are kept under. Who can write to the database alone cannot make a
 * token with it.
 */
public final class TokenKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 32;

    private final SecretKeySpec key;

    /**
     * Takes the key.
     *
     * @param bytes 32 random bytes or more
     */
    public TokenKey(byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("need " + SHORTEST + " bytes");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** HMAC-SHA-256 of a token's text, in hexadecimal. */
    String mac(String token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "TokenKey";
    }
}
