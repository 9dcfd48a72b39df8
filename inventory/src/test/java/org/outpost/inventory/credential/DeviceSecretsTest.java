package org.outpost.inventory.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class DeviceSecretsTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    private static final UUID OTHER = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564434");
    private static final SecretKey KEY = key(1);

    private final TestDatabase place;
    private Database database;
    private DeviceSecrets secrets;

    DeviceSecretsTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open();
        secrets = new DeviceSecrets(database, KEY);
    }

    private Database open() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    private void reopen(SecretKey key) {
        database.close();
        database = open();
        secrets = new DeviceSecrets(database, key);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static SecretKey key(int seed) {
        byte[] bytes = new byte[SecretKey.BYTES];
        bytes[0] = (byte) seed;
        return new SecretKey(bytes);
    }

    @Test
    void namesAndPasswordsAreWhatEveryFirmwareAccepts() {
        Set<String> users = new HashSet<>();
        Set<String> passwords = new HashSet<>();
        for (NewCredential one : get(secrets.create(null, "batch", 500))) {
            assertThat(one.credential().user()).matches("[a-zA-Z0-9]{8,16}");
            assertThat(one.password())
                    .hasSize(16)
                    .matches(".*[A-Z].*")
                    .matches(".*[a-z].*")
                    .matches(".*[0-9].*")
                    .matches(".*[^A-Za-z0-9].*");
            assertThat(one).asString().doesNotContain(one.password());
            users.add(one.credential().user());
            passwords.add(one.password());
        }
        assertThat(users).hasSize(500);
        assertThat(passwords).hasSize(500);
    }

    @Test
    void aCredentialIsGoodUntilItIsRevokedAcrossRestarts() {
        NewCredential made = create(null);

        assertThat(signIn(made, DEVICE))
                .isEqualTo(new Verdict.Accepted("credential:" + made.credential().user()));
        reopen(KEY);
        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Accepted.class);

        assertThat(get(secrets.revoke(made.credential().user()))).isPresent();

        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Refused.class);
        reopen(KEY);
        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void aCredentialForOneDeviceIsOfNoUseToAnother() {
        NewCredential made = create(DEVICE);

        assertThat(signIn(made, DEVICE)).isEqualTo(new Verdict.Accepted("device:" + DEVICE));
        assertThat(signIn(made, OTHER))
                .isEqualTo(new Verdict.Refused("the credential was made for another device"));
        assertThat(signIn(made, null)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void itsSuccessorStandsForTheSameDevice() {
        NewCredential first = create(DEVICE);
        NewCredential second = create(DEVICE);

        get(secrets.revoke(first.credential().id().toString()));

        assertThat(signIn(second, DEVICE)).isEqualTo(new Verdict.Accepted("device:" + DEVICE));
    }

    @Test
    void wrongPasswordsAndUnknownUsersAreRefusedAlike() {
        NewCredential made = create(null);
        NewCredential other = create(null);

        Verdict wrong = signIn(made.credential().user(), other.password(), DEVICE);

        assertThat(wrong).isInstanceOf(Verdict.Refused.class);
        assertThat(signIn("nobody", made.password(), DEVICE)).isEqualTo(wrong);
        assertThat(signIn(made.credential().user(), null, DEVICE)).isEqualTo(wrong);
        assertThat(signIn(made.credential().user(), "", DEVICE)).isEqualTo(wrong);
        assertThat(signIn("", "", DEVICE)).isEqualTo(wrong);
    }

    @Test
    void theDatabaseHoldsNoPasswordAndIsOfNoUseWithAnotherKey() {
        NewCredential made = create(DEVICE);

        String rows =
                get(
                        database.read(
                                handle ->
                                        handle.createQuery("SELECT * FROM device_secret")
                                                .mapToMap()
                                                .list()
                                                .toString()));
        assertThat(rows).contains(made.credential().user()).doesNotContain(made.password());
        assertThat(DeviceSecrets.areThere(database)).isTrue();
        reopen(key(2));
        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Refused.class);
        reopen(KEY);
        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void withoutTheDatabaseTheGoodAreGoodAndNoneAreMade() {
        NewCredential made = create(DEVICE);

        database.close();

        assertThat(signIn(made, DEVICE)).isInstanceOf(Verdict.Accepted.class);
        assertThat(secrets.create(null, "", 1).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5));
        assertThat(secrets.revoke(made.credential().user()).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5));
        assertThat(signIn(made, DEVICE))
                .as("what was not taken back in the database stays good")
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theListShowsWhatIsGoodOrAll() {
        assertThat(DeviceSecrets.areThere(database)).isFalse();
        NewCredential one = create(DEVICE);
        NewCredential two = create(null);
        get(secrets.revoke(one.credential().user()));

        DeviceSecrets.Page good = get(secrets.list(false, 0, 10));
        DeviceSecrets.Page all = get(secrets.list(true, 0, 1));

        assertThat(good.credentials()).containsExactly(two.credential());
        assertThat(good.total()).isOne();
        assertThat(all.total()).isEqualTo(2);
        assertThat(all.credentials()).hasSize(1);
        assertThat(get(secrets.revoke("nobody"))).isEmpty();
    }

    private NewCredential create(@Nullable UUID device) {
        return get(secrets.create(device, "a test's", 1)).getFirst();
    }

    private Verdict signIn(NewCredential credential, @Nullable UUID device) {
        return signIn(credential.credential().user(), credential.password(), device);
    }

    private Verdict signIn(String user, @Nullable String password, @Nullable UUID device) {
        return secrets.authenticate(
                new Credentials(user, password, null, device, InetAddress.getLoopbackAddress()));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }
}
