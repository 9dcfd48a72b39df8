package org.outpost.access.audit;

import org.outpost.access.secret.KeyFileException;
import org.outpost.access.secret.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The file with the key that signs checkpoints: in PEM a {@code PRIVATE KEY} (PKCS#8), its {@code
 * PUBLIC KEY}, and behind it the public keys that signed before, if any. Mode 0600. Made once; one
 * that was lost is not made anew silently, for then nobody could tell the trail from a forged one.
 */
public final class SigningKeyFile {
    /** Its usual name in the data folder. */
    public static final String NAME = "audit-signing.pem";

    private static final Logger log = LoggerFactory.getLogger(SigningKeyFile.class);

    private final PrivateFile file;

    /** Names the file. */
    public SigningKeyFile(Path file) {
        this.file = new PrivateFile(file, "the key that signs the audit trail");
    }

    /**
     * Reads the keys, or makes one.
     *
     * @param needed whether something was signed already: then a file that is missing was lost
     * @throws KeyFileException when the file cannot be read or made, holds no key, or was lost; the
     *     message says what to do
     */
    public SigningKeys readOrMake(BooleanSupplier needed) throws KeyFileException {
        Optional<String> text = file.read();
        if (text.isPresent()) {
            return parse(text.get());
        }
        if (needed.getAsBoolean()) {
            throw new KeyFileException(
                    file
                            + " is gone, and the audit trail was signed with it: restore it from"
                            + " the backup. If it is lost for ever, make another with \"openssl"
                            + " genpkey -algorithm ed25519 -out FILE && openssl pkey -in FILE"
                            + " -pubout >> FILE && chmod 600 FILE\", and add the old public key to"
                            + " it where you have it, so that what was signed before can be"
                            + " verified");
        }
        SigningKeys made = SigningKeys.generate();
        KeyPair pair = made.current();
        file.write(
                Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded())
                        + Pem.write("PUBLIC KEY", pair.getPublic().getEncoded()));
        log.atInfo()
                .addKeyValue("file", file.path())
                .addKeyValue("key", made.id())
                .log("made the key that signs the audit trail; it belongs into the backup");
        return made;
    }

    private SigningKeys parse(String text) throws KeyFileException {
        List<PrivateKey> signing = new ArrayList<>();
        List<PublicKey> known = new ArrayList<>();
        try {
            for (Pem.Block block : Pem.read(text)) {
                switch (block.label()) {
                    case "PRIVATE KEY" -> signing.add(privateKey(block.bytes()));
                    case "PUBLIC KEY" -> known.add(TrustedKeys.publicKey(block.bytes()));
                    default ->
                            throw new IllegalArgumentException(
                                    "it holds a " + block.label() + ", which is not for here");
                }
            }
            if (signing.size() != 1 || known.isEmpty()) {
                throw new IllegalArgumentException(
                        "it must hold one PRIVATE KEY, and behind it its PUBLIC KEY");
            }
            return new SigningKeys(
                    new KeyPair(known.getFirst(), signing.getFirst()),
                    known.subList(1, known.size()));
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(
                    file + " cannot be used: " + e.getMessage() + ". Restore it from the backup",
                    e);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its PRIVATE KEY is no Ed25519 key", e);
        }
    }
}
