package org.outpost.access.secret;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Encrypts all secrets under the newest key, some at a time, and takes the keys away that no row
 * names any more. Each step leaves everything readable, so it may end anywhere, and go on later.
 * Blocks; for one thread.
 */
final class VaultRotation {
    private static final Logger log = LoggerFactory.getLogger(VaultRotation.class);

    /** How many rows a step writes; the database's writer serves others between steps. */
    static final int STEP = 100;

    private final Database database;
    private final VaultKeyFile file;
    private final CurrentKeys ring;
    private final Envelope envelope;
    private final InstantSource time;
    private @Nullable SecretName last;
    private long encrypted;
    private long unreadable;

    VaultRotation(
            Database database,
            VaultKeyFile file,
            CurrentKeys ring,
            Envelope envelope,
            InstantSource time) {
        this.database = database;
        this.file = file;
        this.ring = ring;
        this.envelope = envelope;
        this.time = time;
    }

    /**
     * Adds a key; from now on it encrypts. It is on the disk before anything is encrypted with it.
     */
    void addKey() throws KeyFileException {
        KeyRing old = ring.get();
        if (old.ids().size() >= KeyRing.MOST) {
            throw new KeyFileException(
                    file
                            + " holds "
                            + KeyRing.MOST
                            + " keys already, because secrets cannot be read: remove these, then"
                            + " rotate");
        }
        KeyRing more = old.with(file.newKey());
        file.write(more);
        ring.set(more);
    }

    /**
     * Encrypts the next secrets.
     *
     * @return false when there are no more
     */
    boolean step() {
        VaultKey newest = ring.get().newest();
        List<SealedSecret> rows =
                database.read(handle -> SecretTable.notUnder(handle, newest.id(), last, STEP))
                        .toCompletableFuture()
                        .join();
        if (rows.isEmpty()) {
            return false;
        }
        List<SealedSecret> old = new ArrayList<>();
        List<SealedSecret> anew = new ArrayList<>();
        for (SealedSecret row : rows) {
            last = row.name();
            SealedSecret sealed = sealedAnew(row, newest);
            if (sealed == null) {
                unreadable++;
            } else {
                old.add(row);
                anew.add(sealed);
            }
        }
        database.<Boolean>write(
                        handle -> {
                            for (int i = 0; i < old.size(); i++) {
                                SecretTable.replace(handle, old.get(i), anew.get(i));
                            }
                            return true;
                        })
                .toCompletableFuture()
                .join();
        encrypted += anew.size();
        return true;
    }

    private @Nullable SealedSecret sealedAnew(SealedSecret row, VaultKey newest) {
        VaultKey key = ring.get().find(row.keyId()).orElse(null);
        if (key == null) {
            return null;
        }
        byte[] content = {};
        try {
            content = envelope.open(row, key);
            return envelope.seal(row.name(), content, newest, time.instant());
        } catch (SecretUnreadableException e) {
            log.atError()
                    .addKeyValue("kind", row.name().kind())
                    .addKeyValue("subject", row.name().subject())
                    .log("a stored secret cannot be decrypted, and stays as it is");
            return null;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Takes away keys that no row names. */
    Rotation retire() throws KeyFileException {
        KeyRing old = ring.get();
        // Asked on the writer, behind all puts that began: those that follow use the newest key.
        Set<String> used =
                new HashSet<>(
                        database.write(SecretTable::keys).toCompletableFuture().join().keySet());
        KeyRing fewer = old.retaining(used);
        if (!fewer.ids().equals(old.ids())) {
            file.write(fewer);
            ring.set(fewer);
        }
        List<String> retired = new ArrayList<>(old.ids());
        retired.removeAll(fewer.ids());
        List<String> kept = new ArrayList<>(fewer.ids());
        kept.remove(fewer.newest().id());
        return new Rotation(fewer.newest().id(), encrypted, unreadable, retired, kept);
    }
}
