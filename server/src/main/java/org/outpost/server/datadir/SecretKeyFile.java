package org.outpost.server.datadir;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.credential.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.BooleanSupplier;

/**
 * The file with the key that generated device secrets are kept under. Made once; a folder that lost
 * it is not given another one silently, for all those devices would be locked out.
 */
public final class SecretKeyFile {
    /** Its name in the data folder. */
    public static final String NAME = "secret.key";

    private static final Logger log = LoggerFactory.getLogger(SecretKeyFile.class);

    private final Path file;

    /** Names the file in the data folder. */
    public SecretKeyFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /**
     * Reads the key, or makes it.
     *
     * @param needed whether there are secrets that were made with a key
     * @throws DataDirectoryException when it cannot be read or written, is none, or was lost
     */
    public SecretKey readOrMake(BooleanSupplier needed) throws DataDirectoryException {
        try {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (needed.getAsBoolean()) {
                    throw lost();
                }
                return make();
            }
            Visibility.warnIfExposed(file, "the key of device secrets");
            return new SecretKey(decoded(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot read or make the key of device secrets, "
                            + file
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
    }

    private SecretKey make() throws IOException {
        byte[] random = new byte[SecretKey.BYTES];
        new SecureRandom().nextBytes(random);
        new AtomicFile(file, Visibility.PRIVATE)
                .write(Base64.getEncoder().encodeToString(random) + "\n");
        log.atInfo()
                .addKeyValue("file", file)
                .log("made the key of device secrets; it belongs into the backup");
        return new SecretKey(random);
    }

    private byte[] decoded(String text) throws DataDirectoryException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw spoilt(e);
        }
        if (bytes.length != SecretKey.BYTES) {
            throw spoilt(null);
        }
        return bytes;
    }

    private DataDirectoryException spoilt(@Nullable IllegalArgumentException cause) {
        return new DataDirectoryException(
                file
                        + " holds no key, which is "
                        + SecretKey.BYTES
                        + " bytes in Base64: restore it from the backup",
                cause);
    }

    private DataDirectoryException lost() {
        return new DataDirectoryException(
                "the key of device secrets, "
                        + file
                        + ", is gone, and the database holds credentials that were made with it:"
                        + " restore it from the backup. If it is lost for ever, make another with"
                        + " \"openssl rand -base64 "
                        + SecretKey.BYTES
                        + "\", written to that file with mode 600; then every device whose"
                        + " credential was made before is refused until it has a new one");
    }
}
