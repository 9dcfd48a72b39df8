package org.outpost.access.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessControl;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class VaultTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    private static final UUID OTHER = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564434");
    private static final String ACME = "acme";
    private static final InstantSource TIME =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    private final TestDatabase place;
    private final Path keys;
    private Database database;
    private Vault vault;
    private DeviceLogins logins;

    VaultTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        keys = folder.resolve(VaultKeyFile.NAME);
    }

    @BeforeEach
    void open() throws Exception {
        List<String> migrations = List.of(AccessControl.MIGRATIONS);
        database =
                place.open(
                        file -> Database.sqlite(file, migrations),
                        address ->
                                Database.postgres(
                                        PostgresSettings.of(address.url(), address.user(), null, 2),
                                        migrations));
        vault = Vault.open(database, new VaultKeyFile(keys, TIME), TIME);
        logins = new DeviceLogins(vault);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws Exception {
        database.close();
        open();
    }

    private void put(UUID device, String password) {
        try (SecretText text = SecretText.of(password);
                DeviceLogin login = new DeviceLogin.Amt("admin", text)) {
            get(logins.put(device, ACME, login));
        }
    }

    private void putAll(int count) {
        List<CompletionStage<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SecretText password = SecretText.of("password " + i);
            all.add(logins.put(new UUID(1, i), ACME, new DeviceLogin.Amt("admin", password)));
            password.close();
        }
        all.forEach(VaultTest::get);
    }

    private String amt(UUID device) {
        try (DeviceLogin.Amt login = get(logins.amt(device, ACME)).orElseThrow()) {
            return login.user() + "/" + login.password().use(String::new);
        }
    }

    private static String shown(DeviceLogin login) {
        return login.password().use(String::new);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    private int execute(String sql) {
        return get(database.write(handle -> handle.execute(sql)));
    }

    private String rows() {
        return get(
                database.read(
                        handle ->
                                handle.createQuery("SELECT * FROM vault_secret")
                                        .mapToMap()
                                        .list()
                                        .toString()));
    }

    @Test
    void loginsOfADeviceAreKeptApartAndSurviveARestart() throws Exception {
        put(DEVICE, "P@ssw0rd-äö-😀");
        get(logins.put(DEVICE, ACME, new DeviceLogin.Mebx(SecretText.of("Mebx1!"))));
        get(logins.put(DEVICE, ACME, new DeviceLogin.Mps(SecretText.of("Mps1!".toCharArray()))));
        put(OTHER, "");
        put(DEVICE, "P@ssw0rd-2");

        reopen();

        assertThat(amt(DEVICE)).isEqualTo("admin/P@ssw0rd-2");
        assertThat(amt(OTHER)).isEqualTo("admin/");
        assertThat(shown(get(logins.mebx(DEVICE, ACME)).orElseThrow())).isEqualTo("Mebx1!");
        assertThat(shown(get(logins.mps(DEVICE, ACME)).orElseThrow())).isEqualTo("Mps1!");
        assertThat(get(logins.amt(DEVICE, "globex"))).as("another tenant's").isEmpty();
        assertThat(get(vault.of(DEVICE.toString(), ACME)))
                .extracting(SecretName::kind)
                .containsExactly("amt", "mebx", "mps");
        assertThat(get(vault.remove(SecretName.ofDevice("amt", DEVICE, ACME)))).isTrue();
        assertThat(get(vault.remove(SecretName.ofDevice("amt", DEVICE, ACME)))).isFalse();
        assertThat(get(logins.amt(DEVICE, ACME))).isEmpty();
    }

    @Test
    void neitherTheDatabaseNorAnyTextShowsASecretOrItsLength() {
        put(DEVICE, "Geheim-1!");
        put(OTHER, "x");

        assertThat(rows()).doesNotContain("Geheim", "admin");
        List<Integer> lengths =
                get(
                        database.read(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT DISTINCT LENGTH(ciphertext) FROM"
                                                                + " vault_secret")
                                                .mapTo(Integer.class)
                                                .list()));
        assertThat(lengths).as("padded").hasSize(1);
        try (DeviceLogin.Amt login = get(logins.amt(DEVICE, ACME)).orElseThrow()) {
            assertThat(login).asString().contains("admin").doesNotContain("Geheim");
            assertThat(login.password().length()).isEqualTo(9);
            char[] kept = login.password().use(chars -> chars);
            assertThat(kept).as("what was lent is wiped").containsOnly('\0');
        }
        SecretText closed = SecretText.of("x");
        closed.close();
        assertThatThrownBy(() -> closed.use(String::new)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void loginsFollowTheirDeviceToAnotherTenant() throws Exception {
        put(DEVICE, "one");
        get(logins.put(DEVICE, ACME, new DeviceLogin.Mps(SecretText.of("two"))));
        put(OTHER, "three");
        assertThat(get(logins.move(DEVICE, ACME, ACME))).isZero();

        assertThat(get(logins.move(DEVICE, ACME, "globex"))).isEqualTo(2);

        reopen();
        assertThat(get(logins.amt(DEVICE, ACME))).isEmpty();
        assertThat(shown(get(logins.amt(DEVICE, "globex")).orElseThrow())).isEqualTo("one");
        assertThat(shown(get(logins.mps(DEVICE, "globex")).orElseThrow())).isEqualTo("two");
        assertThat(amt(OTHER)).isEqualTo("admin/three");
        execute("UPDATE vault_secret SET nonce = 'AAAA' WHERE kind = 'mps'");
        assertThatThrownBy(() -> get(logins.move(DEVICE, "globex", ACME)))
                .hasRootCauseInstanceOf(GeneralSecurityException.class);
        assertThat(shown(get(logins.amt(DEVICE, "globex")).orElseThrow()))
                .as("all or none")
                .isEqualTo("one");
    }

    @Test
    void aRowInThePlaceOfAnotherIsRefused() throws Exception {
        put(DEVICE, "one");
        put(OTHER, "two");
        execute("DELETE FROM vault_secret WHERE subject = '" + OTHER + "'");
        execute("UPDATE vault_secret SET subject = '" + OTHER + "'");
        reopen();

        assertUnreadable(OTHER, "put in the place of another");
        execute("UPDATE vault_secret SET subject = '" + DEVICE + "', tenant = 'globex'");
        assertThatThrownBy(() -> get(logins.amt(DEVICE, "globex")))
                .hasCauseInstanceOf(SecretUnreadableException.class);
        execute("UPDATE vault_secret SET tenant = 'acme', nonce = 'AAAA'");
        reopen();
        assertUnreadable(DEVICE, "was changed in the database");
        execute("UPDATE vault_secret SET data_key = '???'");
        reopen();
        assertUnreadable(DEVICE, "was changed in the database");
    }

    private void assertUnreadable(UUID device, String reason) {
        assertThatThrownBy(() -> get(logins.amt(device, ACME)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SecretUnreadableException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void readsGoOnFromMemoryWhileTheDatabaseIsAway() {
        put(DEVICE, "one");
        assertThat(amt(DEVICE)).isEqualTo("admin/one");
        put(DEVICE, "two");
        assertThat(amt(DEVICE)).as("memory holds no old one").isEqualTo("admin/two");

        database.close();

        assertThat(amt(DEVICE)).isEqualTo("admin/two");
        assertThatThrownBy(() -> put(DEVICE, "three")).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> amt(OTHER)).isInstanceOf(CompletionException.class);
    }

    @Test
    void aKeyFileThatIsMissingIsNotMadeAnewAndNothingIsLost() throws Exception {
        put(DEVICE, "one");
        String old = Files.readString(keys);
        Files.delete(keys);

        assertThatThrownBy(this::reopen)
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(keys.toString())
                .hasMessageContaining("is gone")
                .hasMessageContaining("restore it from the backup");
        assertThat(keys).doesNotExist();
        Files.writeString(keys, old);
        reopen();
        assertThat(amt(DEVICE)).isEqualTo("admin/one");
    }

    @Test
    void aKeyFileOfAnotherServerLeavesSecretsUnreadableUntilItIsRestored() throws Exception {
        put(DEVICE, "one");
        String old = Files.readString(keys);
        Files.writeString(keys, KeyRing.of(VaultKey.generate(TIME.instant())).text());
        reopen();

        assertUnreadable(DEVICE, "restore that file from the backup");
        assertThat(get(vault.missingKeys())).hasSize(1).containsValue(1L);
        put(OTHER, "two");
        Rotation rotation = get(vault.rotate());
        assertThat(rotation.unreadable()).isOne();
        assertThat(rotation.encrypted()).isOne();
        assertThat(amt(OTHER)).isEqualTo("admin/two");
        Files.writeString(
                keys,
                old
                        + Files.readString(keys)
                                .lines()
                                .filter(l -> l.startsWith("key"))
                                .toList()
                                .getLast());
        reopen();

        assertThat(amt(DEVICE)).isEqualTo("admin/one");
        assertThat(amt(OTHER)).isEqualTo("admin/two");
    }

    @Test
    void aRotationEncryptsAllUnderANewKeyAndTakesTheOldOneAway() throws Exception {
        putAll(250);
        String before = keyIds().getFirst();
        amt(new UUID(1, 7));
        String rows = rows();

        Rotation rotation = get(vault.rotate());

        assertThat(rotation.encrypted()).isEqualTo(250);
        assertThat(rotation.unreadable()).isZero();
        assertThat(rotation.retired()).containsExactly(before);
        assertThat(rotation.kept()).isEmpty();
        assertThat(keyIds()).containsExactly(rotation.key()).doesNotContain(before);
        assertThat(rows()).isNotEqualTo(rows).doesNotContain(before);
        for (int restart = 0; restart < 2; restart++) {
            for (int i = 0; i < 250; i++) {
                assertThat(amt(new UUID(1, i))).isEqualTo("admin/password " + i);
            }
            reopen();
        }
    }

    private List<String> keyIds() throws Exception {
        return KeyRing.parse(Files.readString(keys)).ids();
    }

    @Test
    void aRotationThatIsKilledAnywhereLeavesAllReadableAndIsFinishedLater() throws Exception {
        int count = 2 * VaultRotation.STEP + 10;
        putAll(count);
        for (int steps = 0; steps <= 3; steps++) {
            VaultRotation killed = vault.rotation();
            killed.addKey();
            for (int i = 0; i < steps; i++) {
                assertThat(killed.step()).isTrue();
            }
            reopen();

            assertThat(keyIds()).hasSize(2);
            for (int i = 0; i < count; i += 7) {
                assertThat(amt(new UUID(1, i))).isEqualTo("admin/password " + i);
            }
            put(new UUID(2, steps), "meanwhile");
            Rotation rotation = get(vault.resume());

            assertThat(rotation.retired()).hasSize(1);
            assertThat(keyIds()).containsExactly(rotation.key());
            assertThat(rotation.encrypted())
                    .isEqualTo(count + steps - Math.min(count + steps, steps * VaultRotation.STEP));
            for (int i = 0; i < count; i++) {
                assertThat(amt(new UUID(1, i))).isEqualTo("admin/password " + i);
            }
            assertThat(get(vault.resume()).encrypted()).as("nothing is left").isZero();
        }
    }

    @Test
    void whatIsPutDuringARotationIsNotOverwrittenByIt() throws Exception {
        put(DEVICE, "old");
        VaultRotation rotation = vault.rotation();
        rotation.addKey();
        SealedSecret read =
                get(database.read(handle -> SecretTable.notUnder(handle, "", null, 1))).getFirst();
        put(DEVICE, "new");
        get(
                database.write(
                        handle -> {
                            SecretTable.replace(handle, read, read);
                            return true;
                        }));
        while (rotation.step()) {
            assertThat(rotation).isNotNull();
        }
        rotation.retire();

        assertThat(amt(DEVICE)).isEqualTo("admin/new");
        assertThat(keyIds()).hasSize(1);
    }

    @Test
    void anUnreadableRowKeepsItsKey() throws Exception {
        put(DEVICE, "one");
        put(OTHER, "two");
        execute("UPDATE vault_secret SET nonce = 'AAAA' WHERE subject = '" + DEVICE + "'");

        Rotation rotation = get(vault.rotate());

        assertThat(rotation.unreadable()).isOne();
        assertThat(rotation.encrypted()).isOne();
        assertThat(rotation.retired()).isEmpty();
        assertThat(rotation.kept()).hasSize(1);
        assertThat(keyIds()).hasSize(2);
        put(DEVICE, "given anew");
        assertThat(get(vault.resume()).retired()).hasSize(1);
        assertThat(amt(DEVICE)).isEqualTo("admin/given anew");
    }

    @Test
    void onlyOneRotationAtATime() {
        put(DEVICE, "one");
        CompletionStage<Rotation> first = vault.rotate();
        CompletionStage<Rotation> second = vault.rotate();

        assertThat(get(first).encrypted()).isOne();
        assertThatThrownBy(() -> get(second))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("under way");
        assertThat(get(vault.rotate()).encrypted()).isOne();
    }

    @Test
    void whatIsNoSecretIsRefused() {
        assertThatThrownBy(() -> new SecretName("AMT", "x", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SecretName("amt", "", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceLogin.Amt("", SecretText.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        SecretName name = new SecretName("oidc-client", "main", "");
        assertThatThrownBy(() -> vault.put(name, SecretText.of("x".repeat(4_097))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.put(name, SecretText.of("\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
        get(vault.put(name, SecretText.of("x".repeat(4_096))));
        assertThat(get(vault.get(name)).orElseThrow().length()).isEqualTo(4_096);
    }
}
