package org.outpost.simulator.amt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digest nonces that need no memory: each carries its time of issue and a MAC over it, in the 24
 * bytes that AMT's nonces have (wsman.md §1.1). Safe for use by several threads.
 */
public final class Nonces {
    private static final int LENGTH = 24;
    private static final int SIGNED = 8;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Duration life;

    /**
     * Nonces of a process; another process, or this one after a restart, does not know them.
     *
     * @param clock tells when a nonce was issued
     * @param life how long a nonce is taken without a new challenge
     */
    public Nonces(InstantSource clock, Duration life) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, MAC);
        this.clock = clock;
        this.life = life;
    }

    /** A new nonce for the device with this realm: 32 characters of Base64. */
    String issue(String realm) {
        ByteBuffer nonce = ByteBuffer.allocate(LENGTH);
        nonce.putInt((int) clock.instant().getEpochSecond()).putInt(0);
        nonce.put(mac(realm, nonce.array()));
        return Base64.getEncoder().encodeToString(nonce.array());
    }

    /** Whether this process issued the nonce for that realm, and not too long ago. */
    boolean valid(String realm, String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != LENGTH) {
            return false;
        }
        byte[] given = Arrays.copyOfRange(bytes, SIGNED, LENGTH);
        if (!MessageDigest.isEqual(given, mac(realm, bytes))) {
            return false;
        }
        long issued = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
        return clock.instant().getEpochSecond() - issued <= life.toSeconds();
    }

    private byte[] mac(String realm, byte[] nonce) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(nonce, 0, SIGNED);
            mac.update(realm.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(), LENGTH - SIGNED);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
