package org.outpost.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.gateway.tunnel.Admission;
import org.outpost.gateway.tunnel.Admission.Admitted;
import org.outpost.gateway.tunnel.Admission.Cause;
import org.outpost.gateway.tunnel.Admission.Refused;
import org.outpost.gateway.tunnel.Claim;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DeviceRegister.Page;
import org.outpost.gateway.tunnel.DeviceRegister.Query;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class InventoryTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    private static final UUID OTHER = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564434");
    private static final UUID JUNK = UUID.fromString("03000200-0400-0500-0006-000700080009");

    private static final InventorySettings USUAL =
            new InventorySettings(true, 100_000, Duration.ofMillis(20), Duration.ofSeconds(5));

    private final TestDatabase place;
    private Database database;
    private Inventory inventory;

    InventoryTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = openDatabase();
        inventory = new Inventory(database, USUAL);
    }

    private Database openDatabase() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    private void open(InventorySettings settings) {
        database = openDatabase();
        inventory = new Inventory(database, settings);
    }

    @AfterEach
    void close() {
        inventory.close();
        database.close();
    }

    private void reopen() {
        close();
        open(USUAL);
    }

    @Test
    void firstSightRecordsTheDeviceAndBindsItToItsCredential() {
        assertThat(admit(DEVICE, "one"))
                .isEqualTo(new Admitted(new DeviceKey(DEVICE, DEVICE), true, false));
        assertThat(admit(DEVICE, "one"))
                .isEqualTo(new Admitted(new DeviceKey(DEVICE, DEVICE), false, false));
        assertThat(admit(DEVICE, "two")).isEqualTo(new Refused(Cause.OTHER_BINDING));
    }

    @Test
    void aForgottenDeviceMayBindAnewAlsoAfterARestart() {
        admit(DEVICE, "one");
        admit(OTHER, "one");
        assertThat(inventory.forget(DEVICE).toCompletableFuture().join()).isTrue();
        assertThat(inventory.forget(DEVICE).toCompletableFuture().join()).isFalse();
        reopen();

        assertThat(admit(DEVICE, "two"))
                .isEqualTo(new Admitted(new DeviceKey(DEVICE, DEVICE), true, false));
        assertThat(admit(OTHER, "one"))
                .as("the credential is shared no more")
                .isEqualTo(new Admitted(new DeviceKey(OTHER, OTHER), false, false));
    }

    @Test
    void aBindingOutlivesTheProcess() {
        admit(DEVICE, "one");

        reopen();

        assertThat(admit(DEVICE, "two")).isEqualTo(new Refused(Cause.OTHER_BINDING));
        assertThat(admit(DEVICE, "one")).isInstanceOf(Admitted.class);
    }

    @Test
    void twoCredentialsThatClaimANewDeviceAtOnceDoNotBothGetIt() {
        List<CompletableFuture<Admission>> claims = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            claims.add(inventory.admit(claim(DEVICE, "user" + i)).toCompletableFuture());
        }

        CompletableFuture.allOf(claims.toArray(CompletableFuture[]::new)).join();

        assertThat(claims)
                .extracting(CompletableFuture::join)
                .filteredOn(Admitted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aSharedCredentialWorksAndIsMarked() {
        admit(DEVICE, "shared");

        assertThat(((Admitted) admit(OTHER, "shared")).sharedCredential()).isTrue();
        assertThat(((Admitted) admit(DEVICE, "shared")).sharedCredential()).isTrue();
        reopen();
        assertThat(((Admitted) admit(DEVICE, "shared")).sharedCredential()).isTrue();
    }

    @Test
    void aCredentialRecordsOnlySoManyDevices() {
        close();
        open(new InventorySettings(true, 2, Duration.ofMillis(20), Duration.ofSeconds(5)));

        admit(new UUID(1, 1), "one");
        admit(new UUID(1, 2), "one");

        assertThat(admit(new UUID(1, 3), "one")).isEqualTo(new Refused(Cause.CREDENTIAL_FULL));
        assertThat(admit(new UUID(1, 2), "one")).isInstanceOf(Admitted.class);
        assertThat(admit(new UUID(1, 3), "two")).isInstanceOf(Admitted.class);
    }

    @Test
    void unknownDevicesAreRefusedWhenTheyAreNotWanted() {
        admit(DEVICE, "one");
        close();
        open(new InventorySettings(false, 10, Duration.ofMillis(20), Duration.ofSeconds(5)));

        assertThat(admit(OTHER, "one")).isEqualTo(new Refused(Cause.UNKNOWN_DEVICE));
        assertThat(admit(DEVICE, "one")).isInstanceOf(Admitted.class);
    }

    @Test
    void devicesWithTheSameJunkUuidAreToldApartByTheirCredential() {
        Admitted one = (Admitted) admit(JUNK, "one");
        Admitted two = (Admitted) admit(JUNK, "two");

        assertThat(one.key().id()).isNotEqualTo(two.key().id());
        assertThat(find(JUNK.toString()))
                .extracting(device -> device.key().id())
                .containsExactlyInAnyOrder(one.key().id(), two.key().id());
        assertThat(find(one.key().id().toString())).hasSize(1);
    }

    @Test
    void aDeviceIsFoundByWholeNameShortNameAndUuidWhateverTheirCase() {
        admit(DEVICE, "one");
        inventory.named(key(DEVICE), "PC-17.Example.com");

        await().untilAsserted(() -> assertThat(find("pc-17.EXAMPLE.com.")).hasSize(1));
        assertThat(find("Pc-17")).hasSize(1);
        assertThat(find(DEVICE.toString().toUpperCase(Locale.ROOT))).hasSize(1);
        assertThat(find("pc-17.example")).isEmpty();
        assertThat(find("example")).isEmpty();
        assertThat(find("")).isEmpty();
        assertThat(find("17")).isEmpty();
    }

    @Test
    void aNameWithoutADotMeansAllWhoseFirstLabelItIs() {
        admit(DEVICE, "one");
        admit(OTHER, "two");
        inventory.named(key(DEVICE), "pc-17.example.com");
        inventory.named(key(OTHER), "pc-17");

        await().untilAsserted(
                        () ->
                                assertThat(find("pc-17"))
                                        .extracting(KnownDevice::key)
                                        .containsExactlyInAnyOrder(key(DEVICE), key(OTHER)));
        assertThat(find("pc-17.example.com")).hasSize(1);
    }

    @Test
    void aNameThatChangedIsFoundByTheNewOneOnly() {
        admit(DEVICE, "one");
        inventory.named(key(DEVICE), "old");
        inventory.named(key(DEVICE), "new");

        await().untilAsserted(() -> assertThat(find("new")).hasSize(1));
        assertThat(find("old")).isEmpty();
        reopen();
        assertThat(find("new")).extracting(KnownDevice::name).containsExactly("new");
    }

    @Test
    void signsOfLifeAreWrittenAndNeverMakeADeviceYounger() {
        admit(DEVICE, "one");
        Instant later = NOON.plusSeconds(90);
        inventory.seen(key(DEVICE), later);
        inventory.seen(key(DEVICE), NOON.plusSeconds(30));

        reopen();

        KnownDevice device = find(DEVICE.toString()).getFirst();
        assertThat(device.firstSeen()).isEqualTo(NOON);
        assertThat(device.lastSeen()).isEqualTo(later);
        assertThat(device.address()).isEqualTo("192.0.2.7");
    }

    @Test
    void theListIsFilteredSortedAndPaged() {
        for (int i = 0; i < 25; i++) {
            admit(new UUID(7, i), "user" + i % 2);
            inventory.named(key(new UUID(7, i)), String.format(Locale.ROOT, "pc_%02d", i));
        }
        admit(new UUID(7, 99), "nameless");

        await().untilAsserted(() -> assertThat(find("pc_24")).hasSize(1));
        Page first = list(new Query("", id -> true, 0, 10));
        Page last = list(new Query("", id -> true, 20, 10));
        assertThat(first.total()).isEqualTo(26);
        assertThat(first.devices()).extracting(KnownDevice::name).startsWith("pc_00", "pc_01");
        assertThat(last.devices()).hasSize(6);
        assertThat(last.devices().getLast().name()).isEmpty();
        assertThat(list(new Query("PC_0", id -> true, 0, 50)).total()).isEqualTo(10);
        assertThat(list(new Query("user1", id -> true, 0, 5)).total()).isEqualTo(12);
        assertThat(list(new Query("%", id -> true, 0, 5)).total()).isZero();
        Page even = list(new Query("pc", id -> id.getLeastSignificantBits() % 2 == 0, 2, 3));
        assertThat(even.total()).isEqualTo(13);
        assertThat(even.devices())
                .extracting(KnownDevice::name)
                .containsExactly("pc_04", "pc_06", "pc_08");
    }

    @Test
    void withoutItsDatabaseItStillKnowsBindingsAndAdmitsOthers() {
        admit(DEVICE, "one");
        database.close();

        assertThat(admit(DEVICE, "one")).isInstanceOf(Admitted.class);
        assertThat(admit(DEVICE, "two")).isEqualTo(new Refused(Cause.OTHER_BINDING));
        assertThat(admit(OTHER, "one"))
                .isEqualTo(new Admitted(new DeviceKey(OTHER, OTHER), true, true));
        assertThat(admit(OTHER, "two")).isEqualTo(new Refused(Cause.OTHER_BINDING));
        assertThat(inventory.find("x").toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void withoutItsDatabaseItAdmitsNoUnknownDeviceWhenTheyAreNotWanted() {
        close();
        open(new InventorySettings(false, 10, Duration.ofMillis(20), Duration.ofSeconds(5)));
        database.close();

        assertThat(admit(OTHER, "one")).isEqualTo(new Refused(Cause.REGISTER_UNAVAILABLE));
    }

    @Test
    void whatWasAdmittedWhileTheDatabaseWasLockedIsRecordedLater() throws Exception {
        close();
        open(new InventorySettings(true, 10, Duration.ofMillis(20), Duration.ofMillis(200)));
        try (Connection other = otherConnection();
                Statement statement = other.createStatement()) {
            assertThat(admit(DEVICE, "one")).isInstanceOf(Admitted.class);
            inventory.named(key(DEVICE), "pc-17");
            statement.execute("ROLLBACK");
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(find("pc-17")).hasSize(1));
        reopen();
        assertThat(admit(DEVICE, "two")).isEqualTo(new Refused(Cause.OTHER_BINDING));
    }

    @Test
    void aStormOfDevicesThatComeBackIsAnsweredFromMemory() {
        List<CompletableFuture<Admission>> firstSights = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            firstSights.add(inventory.admit(claim(new UUID(9, i), "fleet")).toCompletableFuture());
        }
        CompletableFuture.allOf(firstSights.toArray(CompletableFuture[]::new)).join();

        for (int i = 0; i < 2_000; i++) {
            CompletableFuture<Admission> answer =
                    inventory.admit(claim(new UUID(9, i), "fleet")).toCompletableFuture();
            assertThat(answer).isCompleted();
        }
    }

    /** One that lets nobody write to the table of devices. */
    private Connection otherConnection() {
        return place.open(
                file -> locked("jdbc:sqlite:" + file, "BEGIN EXCLUSIVE"),
                address ->
                        locked(
                                address.url() + "?user=" + address.user(),
                                "BEGIN; LOCK TABLE device IN EXCLUSIVE MODE"));
    }

    private static Connection locked(String url, String sql) {
        try {
            Connection connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Admission admit(UUID uuid, String principal) {
        return get(inventory.admit(claim(uuid, principal)));
    }

    private static Claim claim(UUID uuid, String principal) {
        return new Claim(uuid, principal, address(), NOON);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByName("192.0.2.7");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeviceKey key(UUID uuid) {
        return new DeviceKey(uuid, uuid);
    }

    private List<KnownDevice> find(String text) {
        return get(inventory.find(text));
    }

    private Page list(Query query) {
        return get(inventory.list(query));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }
}
