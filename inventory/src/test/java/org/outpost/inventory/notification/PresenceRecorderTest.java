package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.gateway.tunnel.Announced;
import org.outpost.gateway.tunnel.ConnectedDevice;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DisconnectCause;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

@OnBothDatabases
class PresenceRecorderTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Announced PORTS =
            new Announced("pc.test", List.of("pc.test"), List.of(), List.of(16992, 16994));

    private final AtomicLong tunnels = new AtomicLong();
    private final TestDatabase place;
    private Database database;
    private EventLog events;

    PresenceRecorderTest(DatabaseKind kind, @TempDir Path folder) {
        this.place = kind.fresh(folder);
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

    @BeforeEach
    void open() {
        database = openDatabase();
        events = new EventLog(database, EventLogSettings.DEFAULT, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    /** As after kill -9: what is in the database is all there is. */
    private void crash() {
        events.flush().toCompletableFuture().join();
        close();
        open();
    }

    private ConnectedDevice device(UUID id) {
        return new ConnectedDevice(
                tunnels.incrementAndGet(),
                new DeviceKey(id, id),
                "user",
                InetSocketAddress.createUnresolved("192.0.2.1", 5000),
                Instant.now(),
                1);
    }

    private List<Event> told() throws InterruptedException {
        events.flush().toCompletableFuture().join();
        return events.read(0, 1000).events();
    }

    private static List<String> words(List<Event> events) {
        return events.stream()
                .map(
                        event ->
                                event.type().name()
                                        + (event.data() instanceof EventData.Presence data
                                                        && data.reason() != null
                                                ? " " + data.reason()
                                                : ""))
                .toList();
    }

    @Test
    void aConnectionIsToldWhenItHasSettledWithNameAndPorts() throws Exception {
        PresenceRecorder recorder = new PresenceRecorder(events, LONG);
        ConnectedDevice device = device(UUID.randomUUID());

        recorder.connected(device);
        assertThat(told()).isEmpty();
        recorder.settled(device, PORTS);

        assertThat(told())
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.sequence()).isEqualTo(1);
                            assertThat(event.type()).isEqualTo(EventType.CONNECTED);
                            assertThat(event.time()).isEqualTo(device.since());
                            EventData.Presence data = (EventData.Presence) event.data();
                            assertThat(data.name()).isEqualTo("pc.test");
                            assertThat(data.ports()).containsExactly(16992, 16994);
                            assertThat(data.trigger()).isEqualTo("user");
                            assertThat(data.remoteAddress()).isEqualTo("192.0.2.1:5000");
                        });
    }

    @Test
    void anAlertIsToldAfterItsDevicesConnectionAlthoughThatHasNotSettled() throws Exception {
        PresenceRecorder recorder = new PresenceRecorder(events, LONG);
        ConnectedDevice device = device(UUID.randomUUID());
        UUID id = device.key().id();

        recorder.connected(device);
        events.alert(
                id, Instant.now(), new EventData.Alert(id, "pc.test", "ws-event", Map.of("a", 1)));
        assertThat(words(told())).containsExactly("CONNECTED", "ALERT");
        assertThat(told().getFirst().data())
                .isInstanceOfSatisfying(
                        EventData.Presence.class,
                        data -> assertThat(data.name()).isEqualTo("pc.test"));
        recorder.settled(device, PORTS);
        recorder.disconnected(device, PORTS, DisconnectCause.CONNECTION_LOST, Instant.now());

        assertThat(words(told()))
                .containsExactly("CONNECTED", "ALERT", "DISCONNECTED connection_lost");
    }

    @Test
    void anAlertOfADeviceThatIsToldAlreadyTellsItNoSecondTime() throws Exception {
        PresenceRecorder recorder = new PresenceRecorder(events, LONG);
        ConnectedDevice device = device(UUID.randomUUID());
        UUID id = device.key().id();

        recorder.connected(device);
        recorder.settled(device, PORTS);
        events.alert(id, Instant.now(), new EventData.Alert(id, "", "pet", Map.of("a", 1)));

        assertThat(words(told())).containsExactly("CONNECTED", "ALERT");
    }

    @Test
    void aTunnelThatEndsBeforeItSettledIsToldToComeAndGo() throws Exception {
        PresenceRecorder recorder = new PresenceRecorder(events, LONG);
        ConnectedDevice device = device(UUID.randomUUID());

        recorder.connected(device);
        recorder.disconnected(device, PORTS, DisconnectCause.CONNECTION_LOST, Instant.now());

        assertThat(words(told())).containsExactly("CONNECTED", "DISCONNECTED connection_lost");
    }

    @Test
    void anAcceptedDeviceIsToldAfterACrashAlthoughItsEventWasNotWritten() throws Exception {
        UUID id = UUID.randomUUID();
        new PresenceRecorder(events, LONG).connected(device(id));
        crash();

        PresenceRecorder recorder = new PresenceRecorder(events, LONG);

        assertThat(words(told())).containsExactly("CONNECTED");
        recorder.connected(device(id));
        assertThat(words(told())).containsExactly("CONNECTED", "DISCONNECTED server_lost");
    }

    @Test
    void aDeviceThatReturnsAfterACrashIsToldGoneJustBeforeItsNewConnection() throws Exception {
        UUID id = UUID.randomUUID();
        PresenceRecorder before = new PresenceRecorder(events, LONG);
        ConnectedDevice first = device(id);
        before.connected(first);
        before.settled(first, PORTS);
        crash();

        PresenceRecorder recorder = new PresenceRecorder(events, LONG);
        ConnectedDevice second = device(id);
        recorder.connected(second);
        recorder.settled(second, PORTS);

        assertThat(words(told()))
                .containsExactly("CONNECTED", "DISCONNECTED server_lost", "CONNECTED");
        assertThat(told().get(1).data())
                .isInstanceOfSatisfying(
                        EventData.Presence.class,
                        data -> {
                            assertThat(data.name()).isEqualTo("pc.test");
                            assertThat(data.ports()).containsExactly(16992, 16994);
                        });
    }

    @Test
    void aDeviceThatDoesNotReturnInTimeIsToldGone() throws Exception {
        ConnectedDevice device = device(UUID.randomUUID());
        PresenceRecorder before = new PresenceRecorder(events, LONG);
        before.connected(device);
        before.settled(device, PORTS);
        crash();

        new PresenceRecorder(events, Duration.ofMillis(50));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(words(told()))
                                        .containsExactly("CONNECTED", "DISCONNECTED server_lost"));
        crash();
        new PresenceRecorder(events, Duration.ZERO);
        assertThat(words(told())).containsExactly("CONNECTED", "DISCONNECTED server_lost");
    }

    @Test
    void afterACleanEndNobodyIsMissing() throws Exception {
        ConnectedDevice device = device(UUID.randomUUID());
        PresenceRecorder before = new PresenceRecorder(events, LONG);
        before.connected(device);
        before.settled(device, PORTS);
        before.disconnected(device, PORTS, DisconnectCause.SHUTDOWN, Instant.now());
        events.close();
        database.close();
        open();

        new PresenceRecorder(events, Duration.ZERO);

        assertThat(words(told())).containsExactly("CONNECTED", "DISCONNECTED shutdown");
    }

    @Test
    void sequencesGoOnRisingAcrossRestartsEvenWhenTheLogWasPruned() throws Exception {
        for (int round = 1; round <= 3; round++) {
            PresenceRecorder recorder = new PresenceRecorder(events, LONG);
            ConnectedDevice device = device(UUID.randomUUID());
            recorder.connected(device);
            recorder.disconnected(device, PORTS, DisconnectCause.SHUTDOWN, Instant.now());
            told();
            assertThat(events.last()).isEqualTo(2L * round);
            close();
            database = openDatabase();
            events =
                    new EventLog(
                            database,
                            EventLogSettings.DEFAULT.keeping(1, Duration.ZERO),
                            new SimpleMeterRegistry());
            events.prune();
            await().atMost(SOON).until(() -> events.read(0, 10).events().size() == 1);
        }
    }
}
