package org.outpost.access.audit;

import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Seal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The public keys whose signatures count. They must not come from where the trail comes from. */
public final class TrustedKeys {
    private static final String LABEL = "PUBLIC KEY";

    private final Map<String, PublicKey> keys;

    /** How a signature was found. */
    public enum Finding {
        /** It is the key's. */
        GOOD,
        /** It is not the key's. */
        BAD,
        /** The key is none of these. */
        UNKNOWN_KEY
    }

    private TrustedKeys(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    static TrustedKeys of(PublicKey current, Collection<PublicKey> older) {
        Map<String, PublicKey> keys = new HashMap<>();
        older.forEach(key -> keys.put(SigningKeys.id(key), key));
        keys.put(SigningKeys.id(current), current);
        return new TrustedKeys(keys);
    }

    /**
     * Reads keys as the server gives them out: {@code PUBLIC KEY} blocks in PEM (RFC 7468). Other
     * blocks are passed over.
     *
     * @throws IllegalArgumentException when there is none, or one cannot be read
     */
    public static TrustedKeys ofPem(String pem) {
        List<PublicKey> keys = new ArrayList<>();
        for (Pem.Block block : Pem.read(pem)) {
            if (block.label().equals(LABEL)) {
                keys.add(publicKey(block.bytes()));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no " + LABEL + " in it");
        }
        return of(keys.getFirst(), keys);
    }

    static PublicKey publicKey(byte[] x509) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a " + LABEL + " is no Ed25519 key", e);
        }
    }

    /** Names of the keys, see {@link SigningKeys#id}. */
    public Set<String> ids() {
        return keys.keySet();
    }

    /** All of them in PEM, to give to whoever verifies. */
    public String pem() {
        StringBuilder pem = new StringBuilder();
        keys.values().forEach(key -> pem.append(Pem.write(LABEL, key.getEncoded())));
        return pem.toString();
    }

    /** Checks a checkpoint's signature. */
    public Finding check(Checkpoint checkpoint) {
        return check(
                checkpoint.key(),
                AuditHash.checkpoint(
                        checkpoint.sequence(),
                        checkpoint.hash(),
                        checkpoint.time(),
                        checkpoint.key()),
                checkpoint.signature());
    }

    /** Checks a seal's signature. */
    public Finding check(Seal seal) {
        return check(
                seal.key(),
                AuditHash.seal(seal.lines(), seal.sha256(), seal.time(), seal.key()),
                seal.signature());
    }

    private Finding check(String id, byte[] message, String base64) {
        PublicKey key = keys.get(id);
        if (key == null) {
            return Finding.UNKNOWN_KEY;
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Finding.BAD;
        }
        // Base64 may say the same in several ways; only one is ours.
        boolean ours = Base64.getEncoder().encodeToString(signature).equals(base64);
        return ours && isSignature(key, message, signature) ? Finding.GOOD : Finding.BAD;
    }

    static boolean isSignature(PublicKey key, byte[] message, byte[] given) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(given);
        } catch (GeneralSecurityException e) {
            // A signature of another length ends here too.
            return false;
        }
    }
}
