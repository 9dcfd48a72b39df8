package org.outpost.access.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jdbi.v3.core.Handle;
import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small secrets at rest: encrypted in the database ({@link Envelope}), the keys in a file beside it
 * ({@link VaultKeyFile}). Memory holds rows as they are in the database, so that reads go on
 * without it; a secret is decrypted for each reader. Stages fail with {@link
 * org.outpost.database.DatabaseException} when the database does not do what is asked, and with
 * {@link SecretUnreadableException} when a secret cannot be decrypted.
 */
public final class Vault {
    private static final Logger log = LoggerFactory.getLogger(Vault.class);
    private static final int CACHED = 20_000;

    private final Database database;
    private final VaultKeyFile file;
    private final InstantSource time;
    private final Envelope envelope = new Envelope();
    private final CurrentKeys ring;
    private final AtomicBoolean rotating = new AtomicBoolean();
    private final AtomicLong changes = new AtomicLong();
    private final Cache<SecretName, SealedSecret> cache =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    private Vault(Database database, VaultKeyFile file, InstantSource time, KeyRing keys) {
        this.database = database;
        this.file = file;
        this.time = time;
        this.ring = new CurrentKeys(keys);
    }

    /**
     * Opens it. Blocks. Where a key is missing that secrets are encrypted with, the log says so,
     * and those secrets cannot be read until the file is restored; the others can.
     *
     * @param database migrated with {@link org.outpost.access.AccessControl#MIGRATIONS}; stays the
     *     caller's to close
     * @throws KeyFileException when the file with the keys cannot be read or made, is spoilt, or
     *     was lost; nothing was changed then
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public static Vault open(Database database, VaultKeyFile file, InstantSource time)
            throws KeyFileException {
        Map<String, Long> used = database.read(SecretTable::keys).toCompletableFuture().join();
        Vault vault = new Vault(database, file, time, file.readOrMake(() -> !used.isEmpty()));
        vault.missing(used)
                .forEach(
                        (key, secrets) ->
                                log.atError()
                                        .addKeyValue("key", key)
                                        .addKeyValue("secrets", secrets)
                                        .log(
                                                "stored passwords are encrypted with a key that {}"
                                                        + " does not hold; restore that file from"
                                                        + " the backup, or give them anew",
                                                file));
        return vault;
    }

    private Map<String, Long> missing(Map<String, Long> used) {
        Map<String, Long> missing = new HashMap<>(used);
        missing.keySet().removeAll(ring.get().ids());
        return missing;
    }

    /** How many secrets are encrypted with keys that the file does not hold, by the key's id. */
    public CompletionStage<Map<String, Long>> missingKeys() {
        return database.read(SecretTable::keys).thenApply(this::missing);
    }

    /**
     * Stores a secret; one of the same name is replaced.
     *
     * @param secret at most 4,096 bytes in UTF-8; stays the caller's to close, at any time
     * @return completes when it is durable
     */
    public CompletionStage<Void> put(SecretName name, SecretText secret) {
        return putBytes(name, secret.utf8());
    }

    /** Takes the content over, and wipes it in the end. */
    CompletionStage<Void> putBytes(SecretName name, byte[] content) {
        if (content.length > Envelope.LONGEST) {
            Arrays.fill(content, (byte) 0);
            throw new IllegalArgumentException(
                    "a secret has at most " + Envelope.LONGEST + " bytes");
        }
        return database.<Boolean>write(
                        handle -> {
                            // Here, so that no key is retired between encrypting and writing.
                            SecretTable.put(
                                    handle,
                                    envelope.seal(
                                            name,
                                            content,
                                            ring.get().newest(),
                                            time.instant().truncatedTo(ChronoUnit.MILLIS)));
                            return true;
                        })
                .whenComplete(
                        (_, _) -> {
                            Arrays.fill(content, (byte) 0);
                            changed(name);
                        })
                .thenApply(_ -> null);
    }

    /**
     * Reads a secret.
     *
     * @return the secret, the caller's to close; empty when there is none
     */
    public CompletionStage<Optional<SecretText>> get(SecretName name) {
        return getBytes(name)
                .thenApply(
                        found ->
                                found.map(
                                        content -> {
                                            try {
                                                return SecretText.ofUtf8(ByteBuffer.wrap(content));
                                            } finally {
                                                Arrays.fill(content, (byte) 0);
                                            }
                                        }));
    }

    /** The content is the caller's to wipe. */
    CompletionStage<Optional<byte[]>> getBytes(SecretName name) {
        return row(name)
                .thenCompose(
                        row -> {
                            if (row.isEmpty() || ring.get().find(row.get().keyId()).isPresent()) {
                                return CompletableFuture.completedFuture(row);
                            }
                            // A rotation may have passed since the row was read.
                            cache.invalidate(name);
                            return row(name);
                        })
                .thenApply(row -> row.map(this::opened));
    }

    private CompletionStage<Optional<SealedSecret>> row(SecretName name) {
        SealedSecret known = cache.getIfPresent(name);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        long before = changes.get();
        return database.read(handle -> SecretTable.find(handle, name))
                .thenApply(
                        found -> {
                            found.ifPresent(row -> cache.put(name, row));
                            if (changes.get() != before) {
                                // It may be older than what was put meanwhile.
                                cache.invalidate(name);
                            }
                            return found;
                        });
    }

    private void changed(SecretName name) {
        changes.incrementAndGet();
        cache.invalidate(name);
    }

    private byte[] opened(SealedSecret row) {
        VaultKey key =
                ring.get()
                        .find(row.keyId())
                        .orElseThrow(
                                () ->
                                        new SecretUnreadableException(
                                                "the secret \""
                                                        + row.name().kind()
                                                        + "\" of "
                                                        + row.name().subject()
                                                        + " is encrypted with the key "
                                                        + row.keyId()
                                                        + ", which "
                                                        + file
                                                        + " does not hold: restore that file from"
                                                        + " the backup, or give the secret anew"));
        return envelope.open(row, key);
    }

    /** Which secrets there are of a subject. */
    public CompletionStage<List<SecretName>> of(String subject, String tenant) {
        return database.read(handle -> SecretTable.of(handle, subject, tenant));
    }

    /** Removes a secret; says whether there was one. */
    public CompletionStage<Boolean> remove(SecretName name) {
        return database.write(handle -> SecretTable.remove(handle, name))
                .whenComplete((_, _) -> changed(name));
    }

    /**
     * Gives all secrets of a subject to another tenant, in the place of what that has of the same
     * kind. All are given, or none.
     *
     * @return how many; fails with {@link SecretUnreadableException} as the cause when one cannot
     *     be decrypted
     */
    public CompletionStage<Integer> move(String subject, String from, String to) {
        if (from.equals(to)) {
            return CompletableFuture.completedFuture(0);
        }
        return database.write(handle -> moved(handle, subject, from, to))
                .whenComplete(
                        (_, _) -> {
                            changes.incrementAndGet();
                            cache.invalidateAll();
                        });
    }

    private int moved(Handle handle, String subject, String from, String to) {
        List<SecretName> names = SecretTable.of(handle, subject, from);
        for (SecretName name : names) {
            SealedSecret row = SecretTable.find(handle, name).orElseThrow();
            byte[] content = opened(row);
            SecretTable.put(
                    handle,
                    envelope.seal(
                            new SecretName(name.kind(), subject, to),
                            content,
                            ring.get().newest(),
                            time.instant().truncatedTo(ChronoUnit.MILLIS)));
            Arrays.fill(content, (byte) 0);
            SecretTable.remove(handle, name);
        }
        return names.size();
    }

    /**
     * Adds a key, encrypts all secrets under it, and takes the old keys out of the file. Reads and
     * puts go on meanwhile. What a crash leaves undone, {@link #resume} or the next rotation does.
     * A backup of the database from before needs the key file from before.
     *
     * @return what was done; fails with {@link KeyFileException} when the file cannot be written,
     *     with {@link IllegalStateException} when a rotation is under way
     */
    public CompletionStage<Rotation> rotate() {
        return exclusively(
                () -> {
                    VaultRotation rotation = rotation();
                    rotation.addKey();
                    return finish(rotation);
                });
    }

    /** Finishes what a crash left undone of a rotation, to be called at the start. As rotate. */
    public CompletionStage<Rotation> resume() {
        return exclusively(() -> finish(rotation()));
    }

    private static Rotation finish(VaultRotation rotation) throws KeyFileException {
        boolean more = true;
        while (more) {
            more = rotation.step();
        }
        return rotation.retire();
    }

    /** One that does nothing by itself. */
    VaultRotation rotation() {
        return new VaultRotation(database, file, ring, envelope, time);
    }

    private CompletionStage<Rotation> exclusively(Callable<Rotation> work) {
        if (!rotating.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("a rotation of the keys is under way already"));
        }
        CompletableFuture<Rotation> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("outpost-vault-rotation")
                .start(
                        () -> {
                            try {
                                Rotation rotation = work.call();
                                rotating.set(false);
                                done.complete(rotation);
                            } catch (Exception e) {
                                rotating.set(false);
                                done.completeExceptionally(e);
                            }
                        });
        return done;
    }
}
