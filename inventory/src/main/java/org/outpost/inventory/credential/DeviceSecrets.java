package org.outpost.inventory.credential;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials that were generated for devices. The database keeps them as HMAC-SHA-256 under a
 * key that it does not have; memory holds all that are good, so a sign-in costs one HMAC and one
 * look-up and needs no database. They are random enough that no slow hash is needed (design §5).
 *
 * <p>What is accepted becomes the principal {@code device:UUID} where the credential is meant for
 * one device, so that its successor fits the same binding, else {@code credential:USER}.
 */
public final class DeviceSecrets implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(DeviceSecrets.class);

    /** What is compared where there is nobody, so that it takes as long. */
    private static final byte[] NOBODY = new byte[32];

    private final Database database;
    private final SecretKey key;
    private final GeneratedPassword generator = new GeneratedPassword();
    private final Map<String, Known> good = new ConcurrentHashMap<>();

    /** What a password is compared by, and who may use it. */
    private static final class Known {
        private final byte[] mac;
        private final @Nullable UUID device;

        Known(String mac, @Nullable UUID device) {
            this.mac = HexFormat.of().parseHex(mac);
            this.device = device;
        }
    }

    /** A part of all credentials, and how many there are. */
    public record Page(List<DeviceCredential> credentials, long total) {}

    /**
     * Reads what is good. Blocks.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public DeviceSecrets(Database database, SecretKey key) {
        this.database = database;
        this.key = key;
        long lost = database.read(this::load).toCompletableFuture().join();
        if (lost > 0) {
            log.atError()
                    .addKeyValue("credentials", lost)
                    .log(
                            "credentials of devices were made with another secret.key than this"
                                    + " server has; these devices are refused. Restore that key, or"
                                    + " make new credentials");
        }
    }

    private long load(Handle handle) {
        List<String> lost = new ArrayList<>();
        SecretTable.good(
                handle,
                row -> {
                    if (row.keyId().equals(key.id())) {
                        remember(row);
                    } else {
                        lost.add(row.credential().user());
                    }
                });
        return lost.size();
    }

    private void remember(SecretTable.Row row) {
        good.put(row.credential().user(), new Known(row.mac(), row.credential().device()));
    }

    /**
     * Whether there are credentials that need a key: then a key that is missing was lost. Blocks.
     *
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public static boolean areThere(Database database) {
        return database.read(SecretTable::isUsed).toCompletableFuture().join();
    }

    /**
     * Makes credentials. They are good once the stage completes.
     *
     * @param device the one device that may use it; null for any
     * @param label what they are for; may be empty
     * @param count how many, 1 or more; all are made, or none
     */
    public CompletionStage<List<NewCredential>> create(
            @Nullable UUID device, String label, int count) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return database.write(
                        handle -> {
                            List<Made> made = new ArrayList<>();
                            while (made.size() < count) {
                                Made next = make(device, label, now);
                                if (SecretTable.insert(handle, next.row())) {
                                    made.add(next);
                                }
                            }
                            return made;
                        })
                .thenApply(
                        made ->
                                made.stream()
                                        .map(
                                                one -> {
                                                    remember(one.row());
                                                    return new NewCredential(
                                                            one.row().credential(), one.password());
                                                })
                                        .toList());
    }

    private record Made(SecretTable.Row row, String password) {
        @Override
        public String toString() {
            return "Made";
        }
    }

    private Made make(@Nullable UUID device, String label, Instant now) {
        String user = generator.userName();
        String password = generator.password();
        DeviceCredential credential =
                new DeviceCredential(UUID.randomUUID(), user, device, label, now, null);
        String mac = HexFormat.of().formatHex(key.mac(user, password));
        return new Made(new SecretTable.Row(credential, key.id(), mac), password);
    }

    /**
     * Takes a credential back: the next sign-in with it is refused. A tunnel that is open stays.
     *
     * @param idOrUser its id or its user name
     * @return the credential; empty when there is none
     */
    public CompletionStage<Optional<DeviceCredential>> revoke(String idOrUser) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return database.write(handle -> SecretTable.revoke(handle, idOrUser, now))
                .thenApply(
                        revoked -> {
                            revoked.ifPresent(credential -> good.remove(credential.user()));
                            return revoked;
                        });
    }

    /** Shows credentials, those made last first. */
    public CompletionStage<Page> list(boolean revokedToo, int skip, int top) {
        return database.read(
                handle ->
                        new Page(
                                SecretTable.list(handle, revokedToo, skip, top),
                                SecretTable.count(handle, revokedToo)));
    }

    @Override
    public Verdict authenticate(Credentials credentials) {
        String password = credentials.password();
        Known known = good.get(credentials.user());
        byte[] given = key.mac(credentials.user(), password == null ? "" : password);
        boolean same = MessageDigest.isEqual(given, known == null ? NOBODY : known.mac);
        if (password == null || known == null || !same) {
            return new Verdict.Refused("not in the device table");
        }
        if (known.device == null) {
            return new Verdict.Accepted("credential:" + credentials.user());
        }
        return known.device.equals(credentials.device())
                ? new Verdict.Accepted("device:" + known.device)
                : new Verdict.Refused("the credential was made for another device");
    }
}
