package org.outpost.access.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption: each secret under a random key of its own, which is encrypted under a key of
 * the {@link KeyRing}. Both by AES-256-GCM (NIST SP 800-38D) with random nonces of 96 bits and tags
 * of 128; both authenticate the secret's name and the key's id, so that a row is of no use in the
 * place of another. Contents are padded to multiples of {@value #BLOCK} bytes, so that a row does
 * not tell how long a password is.
 */
final class Envelope {
    /** How long a content may be, in bytes. */
    static final int LONGEST = 4_096;

    private static final int BLOCK = 64;
    private static final int LENGTH_BYTES = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecureRandom random = new SecureRandom();

    /**
     * Encrypts.
     *
     * @param content at most {@value #LONGEST} bytes; stays the caller's to wipe
     */
    SealedSecret seal(SecretName name, byte[] content, VaultKey key, Instant now) {
        if (content.length > LONGEST) {
            throw new IllegalArgumentException("a secret has at most " + LONGEST + " bytes");
        }
        byte[] own = new byte[VaultKey.BYTES];
        random.nextBytes(own);
        byte[] padded = padded(content);
        try {
            byte[] bound = bound(name, key.id());
            byte[] keyNonce = nonce();
            byte[] wrapped = run(Cipher.ENCRYPT_MODE, key.aes(), keyNonce, bound, own);
            byte[] nonce = nonce();
            byte[] ciphertext =
                    run(Cipher.ENCRYPT_MODE, new SecretKeySpec(own, "AES"), nonce, bound, padded);
            Base64.Encoder base64 = Base64.getEncoder();
            return new SealedSecret(
                    name,
                    key.id(),
                    base64.encodeToString(joined(keyNonce, wrapped)),
                    base64.encodeToString(nonce),
                    base64.encodeToString(ciphertext),
                    now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        } finally {
            Arrays.fill(own, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    /**
     * Decrypts.
     *
     * @return the content, the caller's to wipe
     * @throws SecretUnreadableException when the row was changed or swapped
     */
    byte[] open(SealedSecret row, VaultKey key) {
        byte[] own = {};
        byte[] padded = {};
        try {
            byte[] bound = bound(row.name(), key.id());
            byte[] wrapped = Base64.getDecoder().decode(row.dataKey());
            if (wrapped.length < NONCE_BYTES) {
                throw changed(row, new IllegalArgumentException("too short"));
            }
            own =
                    run(
                            Cipher.DECRYPT_MODE,
                            key.aes(),
                            Arrays.copyOf(wrapped, NONCE_BYTES),
                            bound,
                            Arrays.copyOfRange(wrapped, NONCE_BYTES, wrapped.length));
            padded =
                    run(
                            Cipher.DECRYPT_MODE,
                            new SecretKeySpec(own, "AES"),
                            Base64.getDecoder().decode(row.nonce()),
                            bound,
                            Base64.getDecoder().decode(row.ciphertext()));
            int length = ((padded[0] & 0xff) << 8) | (padded[1] & 0xff);
            return Arrays.copyOfRange(padded, LENGTH_BYTES, LENGTH_BYTES + length);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw changed(row, e);
        } finally {
            Arrays.fill(own, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    private static SecretUnreadableException changed(SealedSecret row, Exception cause) {
        return new SecretUnreadableException(
                "the secret \""
                        + row.name().kind()
                        + "\" of "
                        + row.name().subject()
                        + " was changed in the database, or put in the place of another: give it"
                        + " anew, or restore the database",
                cause);
    }

    private static byte[] padded(byte[] content) {
        int length = LENGTH_BYTES + content.length;
        byte[] padded = new byte[(length + BLOCK - 1) / BLOCK * BLOCK];
        padded[0] = (byte) (content.length >>> 8);
        padded[1] = (byte) content.length;
        System.arraycopy(content, 0, padded, LENGTH_BYTES, content.length);
        return padded;
    }

    /** What is authenticated beside the content: each text with its length before it. */
    private static byte[] bound(SecretName name, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text :
                new String[] {"outpost-vault/1", name.kind(), name.subject(), name.tenant(), key}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length >>> 8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] bound, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher.doFinal(text);
    }
}
