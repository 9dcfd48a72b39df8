package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Seal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * The key that checkpoints are signed with, Ed25519 (RFC 8032), and those that signed before it.
 * The database never sees the private one: who can write to the database alone can make no
 * checkpoint.
 */
public final class SigningKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final int ID_DIGITS = 16;

    private final KeyPair current;
    private final String id;
    private final TrustedKeys trusted;

    /**
     * Takes the keys.
     *
     * @param current signs
     * @param older signed before; checkpoints of theirs are still good
     * @throws IllegalArgumentException when a key is no Ed25519 key, or the two do not belong
     *     together
     */
    public SigningKeys(KeyPair current, Collection<PublicKey> older) {
        this.current = current;
        this.id = id(current.getPublic());
        this.trusted = TrustedKeys.of(current.getPublic(), older);
        byte[] trial = {1};
        if (!TrustedKeys.isSignature(current.getPublic(), trial, sign(trial))) {
            throw new IllegalArgumentException(
                    "the private and the public key do not belong together");
        }
    }

    /** A new key. */
    public static SigningKeys generate() {
        try {
            return new SigningKeys(
                    KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair(), List.of());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * Names a key: the first {@value #ID_DIGITS} hexadecimal digits of SHA-256 over it as X.509
     * encodes it.
     */
    public static String id(PublicKey key) {
        return HexFormat.of()
                .formatHex(AuditHash.newSha256().digest(key.getEncoded()))
                .substring(0, ID_DIGITS);
    }

    /** Which key signs. */
    public String id() {
        return id;
    }

    /** What signatures are checked with. */
    public TrustedKeys trusted() {
        return trusted;
    }

    KeyPair current() {
        return current;
    }

    /** Signs that an entry has its place and its hash. */
    Checkpoint checkpoint(long sequence, String hash, Instant time) {
        return new Checkpoint(
                sequence,
                hash,
                time,
                id,
                Base64.getEncoder()
                        .encodeToString(sign(AuditHash.checkpoint(sequence, hash, time, id))));
    }

    /** Signs the lines of an export. */
    Seal seal(long lines, String sha256, Instant time) {
        return new Seal(
                lines,
                sha256,
                time,
                id,
                Base64.getEncoder().encodeToString(sign(AuditHash.seal(lines, sha256, time, id))));
    }

    private byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(current.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is no " + ALGORITHM + " key", e);
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SigningKeys[" + id + "]";
    }
}
