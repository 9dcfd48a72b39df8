package org.outpost.access.secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The file with the keys of the vault, outside of the database, mode 0600. Made once; one that was
 * lost is not made anew silently, for then every secret would be lost with it.
 */
public final class VaultKeyFile {
    /** Its usual name in the data folder. */
    public static final String NAME = "vault.keys";

    private static final Logger log = LoggerFactory.getLogger(VaultKeyFile.class);

    private final PrivateFile file;
    private final InstantSource time;

    /** Names the file. */
    public VaultKeyFile(Path file, InstantSource time) {
        this.file = new PrivateFile(file, "the keys of stored passwords");
        this.time = time;
    }

    /**
     * Reads the keys, or makes the first.
     *
     * @param needed whether there are secrets already
     * @throws KeyFileException when it cannot be read or made, is spoilt, or was lost
     */
    KeyRing readOrMake(BooleanSupplier needed) throws KeyFileException {
        Optional<String> text = file.read();
        if (text.isPresent()) {
            try {
                return KeyRing.parse(text.get());
            } catch (IllegalArgumentException e) {
                throw new KeyFileException(
                        file
                                + " cannot be used, "
                                + e.getMessage()
                                + ": restore it from the backup. The secrets in the database are"
                                + " untouched",
                        e);
            }
        }
        if (needed.getAsBoolean()) {
            throw new KeyFileException(
                    file
                            + " is gone, and the database holds passwords that are encrypted with"
                            + " its keys: restore it from the backup. If it is lost for ever,"
                            + " delete the table vault_secret's rows, start again, and give the"
                            + " passwords of the devices anew");
        }
        KeyRing made = KeyRing.of(VaultKey.generate(time.instant()));
        write(made);
        log.atInfo()
                .addKeyValue("file", file.path())
                .addKeyValue("key", made.newest().id())
                .log(
                        "made the key of stored passwords; it belongs into the backup, apart from"
                                + " the database");
        return made;
    }

    /** Puts other keys in their place; they are on the disk when this returns. */
    void write(KeyRing keys) throws KeyFileException {
        file.write(keys.text());
    }

    VaultKey newKey() {
        return VaultKey.generate(time.instant());
    }

    /** How messages call it. */
    @Override
    public String toString() {
        return file.toString();
    }
}
