package org.outpost.inventory.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.DatabaseException;
import org.outpost.database.PostgresSettings;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.tunnel.Announced;
import org.outpost.gateway.tunnel.ConnectedDevice;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DisconnectCause;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.EventLogSettings;
import org.outpost.inventory.notification.PresenceRecorder;
import org.outpost.inventory.notification.delivery.Hook.Reply;
import org.outpost.inventory.notification.delivery.Subscriber.Origin;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import tools.jackson.databind.JsonNode;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@OnBothDatabases
class SubscribersTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Format SINGLE = new Format.CloudEventsHttp();
    private static final Format BATCH = new Format.CloudEventsHttpBatch();
    private static final Announced PORTS =
            new Announced(
                    "pc<1>.test", List.of("pc<1>.test"), List.of(), List.of(623, 16992, 16994));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Closed> closedTunnels = new CopyOnWriteArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Path folder;
    private final TestDatabase place;
    private EgressPolicy egress;
    private Database database;
    private EventLog events;
    private PresenceRecorder recorder;
    private Subscribers subscribers;
    private long tunnel;

    private record Closed(UUID device, long tunnel, Instant accepted) {}

    SubscribersTest(DatabaseKind kind, @TempDir Path folder) {
        this.folder = folder;
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
        open(EventLogSettings.DEFAULT);
    }

    private void open(EventLogSettings settings) {
        database = openDatabase();
        events = new EventLog(database, settings, meters);
        egress = allow();
        subscribers =
                new Subscribers(
                        database,
                        events,
                        egress,
                        DeliverySettings.usual(
                                URI.create("urn:test:outpost"),
                                new MpsAddresses("192.0.2.9", 8080, 1080)),
                        (device, number, accepted) ->
                                closedTunnels.add(new Closed(device, number, accepted)),
                        meters);
        recorder = new PresenceRecorder(events, Duration.ofHours(1));
    }

    /** Any port of the loopback address: each by itself, as a range would not do. */
    private EgressPolicy allow() {
        return new EgressPolicy(
                hooks.stream().map(hook -> EgressRule.parse("127.0.0.1:" + hook.port())).toList(),
                new OwnDoors());
    }

    @AfterEach
    void close() {
        events.close();
        subscribers.close();
        database.close();
        egress.close();
    }

    @AfterEach
    void closeHooks() {
        hooks.forEach(Hook::close);
    }

    private Hook hook() throws Exception {
        Hook hook = new Hook();
        hooks.add(hook);
        egress.replaceRules(
                hooks.stream().map(one -> EgressRule.parse("127.0.0.1:" + one.port())).toList());
        return hook;
    }

    private void restart() {
        close();
        open();
        egress.replaceRules(
                hooks.stream().map(one -> EgressRule.parse("127.0.0.1:" + one.port())).toList());
    }

    private static Subscriber file(Hook hook, Format format) {
        return Subscriber.of(Origin.FILE, format, hook.url());
    }

    private ConnectedDevice come(UUID id) {
        ConnectedDevice device =
                new ConnectedDevice(
                        ++tunnel,
                        new DeviceKey(id, id),
                        "user",
                        InetSocketAddress.createUnresolved("192.0.2.1", 5000),
                        Instant.now(),
                        4);
        recorder.connected(device);
        recorder.settled(device, PORTS);
        return device;
    }

    private void comeAndGo(int times, int devices) {
        for (int i = 0; i < times; i++) {
            ConnectedDevice device = come(new UUID(7, i % devices));
            recorder.disconnected(device, PORTS, DisconnectCause.DEVICE_DISCONNECT, Instant.now());
        }
    }

    private static List<JsonNode> eventsAt(Hook hook) {
        List<JsonNode> all = new ArrayList<>();
        for (Hook.Request request : hook.requests()) {
            if (request.json().isArray()) {
                request.json().forEach(all::add);
            } else {
                all.add(request.json());
            }
        }
        return all;
    }

    private static long sequence(JsonNode event) {
        return event.get("data").get("sequence").asLong();
    }

    private static void assertInOrderPerDevice(List<JsonNode> all) {
        Map<String, JsonNode> last = new HashMap<>();
        for (JsonNode event : all) {
            JsonNode before = last.put(event.get("subject").asString(), event);
            if (before != null) {
                assertThat(sequence(event)).isGreaterThan(sequence(before));
                assertThat(event.get("type").asString())
                        .isNotEqualTo(before.get("type").asString());
            }
        }
    }

    @Test
    void aSingleEventIsACloudEventInStructuredMode() throws Exception {
        Hook hook = hook();
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        UUID id = UUID.randomUUID();
        ConnectedDevice device = come(id);
        recorder.disconnected(device, PORTS, DisconnectCause.KEEPALIVE_TIMEOUT, Instant.now());

        await().atMost(SOON).until(() -> hook.requests().size() == 2);

        assertThat(hook.requests().getFirst().contentType())
                .isEqualTo("application/cloudevents+json; charset=utf-8");
        JsonNode event = hook.requests().getFirst().json();
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("org.outpost.device.connected");
        assertThat(event.get("source").asString()).isEqualTo("urn:test:outpost");
        assertThat(event.get("subject").asString()).isEqualTo(id.toString());
        assertThat(Instant.parse(event.get("time").asString())).isEqualTo(device.since());
        assertThat(Instant.parse(event.get("recordedtime").asString()))
                .isAfterOrEqualTo(device.since());
        JsonNode data = event.get("data");
        assertThat(data.get("uuid").asString()).isEqualTo(id.toString());
        assertThat(data.get("name").asString()).isEqualTo("pc<1>.test");
        assertThat(data.get("ports").size()).isEqualTo(3);
        assertThat(data.get("trigger").asString()).isEqualTo("periodic");
        assertThat(data.get("sequence").asLong()).isEqualTo(1);
        assertThat(data.get("tunnel").asLong()).isEqualTo(1);
        JsonNode end = hook.requests().getLast().json();
        assertThat(end.get("type").asString()).isEqualTo("org.outpost.device.disconnected");
        assertThat(end.get("data").get("reason").asString()).isEqualTo("keepalive_timeout");
        assertThat(end.get("id").asString()).isNotEqualTo(event.get("id").asString());
    }

    @Test
    void aBatchHoldsUpToAHundredEventsInOrder() throws Exception {
        Hook hook = hook();
        CountDownLatch go = new CountDownLatch(1);
        hook.answers(
                _ -> {
                    go.await(20, TimeUnit.SECONDS);
                    return new Reply(200, "ok");
                });
        subscribers.replaceFile(List.of(file(hook, BATCH)));
        comeAndGo(300, 50);
        events.flush().toCompletableFuture().join();
        go.countDown();

        await().atMost(SOON).until(() -> eventsAt(hook).size() == 600);

        for (Hook.Request request : hook.requests()) {
            assertThat(request.contentType())
                    .isEqualTo("application/cloudevents-batch+json; charset=utf-8");
            assertThat(request.json().size()).isBetween(1, 100);
        }
        assertThat(eventsAt(hook).stream().map(SubscribersTest::sequence))
                .isEqualTo(IntStream.rangeClosed(1, 600).mapToObj(i -> (long) i).toList());
    }

    @Test
    void singleEventsGoOutSideBySideButThoseOfADeviceInOrder() throws Exception {
        Hook hook = hook();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<String> under = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        hook.answers(
                request -> {
                    String device = request.json().get("subject").asString();
                    if (!under.add(device)) {
                        twice.incrementAndGet();
                    }
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.sleep(2);
                    now.decrementAndGet();
                    under.remove(device);
                    return new Reply(202, "");
                });
        subscribers.replaceFile(List.of(file(hook, SINGLE)));

        comeAndGo(500, 40);

        await().atMost(SOON).until(() -> hook.requests().size() == 1000);
        assertThat(twice).hasValue(0);
        assertThat(most.get()).isBetween(2, 16);
        assertInOrderPerDevice(eventsAt(hook));
        await().atMost(SOON).until(() -> subscribers.all().getFirst().lag() == 0);
    }

    @Test
    void aDeadAndASlowSubscriberHurtNoOther() throws Exception {
        Hook good = hook();
        Hook slow = hook();
        slow.answers(
                _ -> {
                    Thread.sleep(1_000);
                    return new Reply(204, "");
                });
        Hook dead = hook();
        dead.close();
        subscribers.replaceFile(
                List.of(file(dead, SINGLE), file(slow, SINGLE), file(good, SINGLE)));

        comeAndGo(500, 100);

        await().atMost(SOON).until(() -> good.requests().size() == 1000);
        assertInOrderPerDevice(eventsAt(good));
        assertThat(subscribers.all().getFirst())
                .satisfies(
                        status -> {
                            assertThat(status.state()).isEqualTo(Subscribers.State.FAILING);
                            assertThat(status.lag()).isEqualTo(1000);
                            assertThat(status.reason()).containsIgnoringCase("refused");
                        });
    }

    @Test
    void whatASubscriberDidNotAcknowledgeIsSentAgainWithTheSameId() throws Exception {
        Hook hook = hook();
        AtomicInteger failures = new AtomicInteger(4);
        List<String> ids = new CopyOnWriteArrayList<>();
        hook.answers(
                request -> {
                    ids.add(request.json().get("id").asString());
                    return new Reply(failures.getAndDecrement() > 0 ? 503 : 204, "");
                });
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(UUID.randomUUID());

        await().atMost(SOON).until(() -> hook.requests().size() == 1);

        assertThat(ids).hasSize(5);
        assertThat(Set.copyOf(ids)).hasSize(1);
        await().atMost(SOON)
                .until(() -> subscribers.all().getFirst().state() == Subscribers.State.ACTIVE);
    }

    @Test
    void deliveryGoesOnAfterARestartWhereItWas() throws Exception {
        Hook hook = hook();
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        comeAndGo(5, 5);
        await().atMost(SOON).until(() -> hook.requests().size() == 10);
        hook.answers(_ -> new Reply(503, ""));
        comeAndGo(5, 5);
        events.flush().toCompletableFuture().join();
        restart();
        hook.answers(_ -> new Reply(204, ""));
        subscribers.replaceFile(List.of(file(hook, SINGLE)));

        await().atMost(SOON).until(() -> hook.requests().size() == 20);
        assertThat(eventsAt(hook).stream().map(SubscribersTest::sequence).sorted())
                .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
    }

    @Test
    void aNewSubscriberHearsWhatHappensFromNowOn() throws Exception {
        comeAndGo(5, 5);
        events.flush().toCompletableFuture().join();
        Hook hook = hook();
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        comeAndGo(1, 1);

        await().atMost(SOON).until(() -> hook.requests().size() == 2);
        assertThat(sequence(eventsAt(hook).getFirst())).isEqualTo(11);
    }

    @Test
    void whenTheFileChangesUnchangedSubscribersAreNotInterruptedAndOneThatReturnsGoesOn()
            throws Exception {
        Hook stays = hook();
        Hook goes = hook();
        subscribers.replaceFile(List.of(file(stays, SINGLE), file(goes, SINGLE)));
        comeAndGo(1, 1);
        await().atMost(SOON)
                .until(() -> stays.requests().size() == 2 && goes.requests().size() == 2);
        await().atMost(SOON).until(() -> subscribers.all().stream().allMatch(s -> s.lag() == 0));

        subscribers.replaceFile(List.of(file(stays, SINGLE)));
        comeAndGo(1, 1);
        await().atMost(SOON).until(() -> stays.requests().size() == 4);
        assertThat(goes.requests()).hasSize(2);
        subscribers.replaceFile(List.of(file(goes, BATCH), file(stays, SINGLE)));

        await().atMost(SOON).until(() -> eventsAt(goes).size() == 4);
        assertThat(sequence(eventsAt(goes).get(2))).isEqualTo(3);
    }

    @Test
    void subscribersOfTheApiAreStoredAndThoseOfTheFileCannotBeRemoved() throws Exception {
        Hook api = hook();
        Hook file = hook();
        Subscriber added = Subscriber.of(Origin.API, SINGLE, api.url());
        subscribers.add(added);
        subscribers.replaceFile(List.of(file(file, BATCH)));
        assertThatThrownBy(() -> subscribers.add(added))
                .isInstanceOf(Subscribers.AlreadyThereException.class);
        assertThatThrownBy(() -> subscribers.remove(file(file, BATCH).id()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configuration file");

        restart();
        assertThat(subscribers.all())
                .singleElement()
                .satisfies(status -> assertThat(status.subscriber()).isEqualTo(added));
        comeAndGo(1, 1);
        await().atMost(SOON).until(() -> api.requests().size() == 2);

        assertThat(subscribers.remove(added.id())).isTrue();
        assertThat(subscribers.remove(added.id())).isFalse();
        restart();
        assertThat(subscribers.all()).isEmpty();
    }

    @Test
    void aSubscriberThatAnswers410IsToldNothingMore() throws Exception {
        Hook hook = hook();
        AtomicInteger asked = new AtomicInteger();
        hook.answers(
                _ -> {
                    asked.incrementAndGet();
                    return new Reply(410, "");
                });
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(UUID.randomUUID());
        await().atMost(SOON)
                .until(() -> subscribers.all().getFirst().state() == Subscribers.State.GONE);
        comeAndGo(10, 10);
        events.flush().toCompletableFuture().join();

        assertThat(asked).hasValue(1);
    }

    @Test
    void anEventThatIsRejectedAgainAndAgainIsLeftOutAndTheRestGetsThrough() throws Exception {
        Hook hook = hook();
        UUID bad = new UUID(9, 9);
        hook.answers(
                request ->
                        new Reply(
                                request.json().get("subject").asString().equals(bad.toString())
                                        ? 422
                                        : 204,
                                ""));
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(bad);
        comeAndGo(50, 10);

        await().atMost(SOON).until(() -> hook.requests().size() == 100);
        await().atMost(SOON).until(() -> subscribers.all().getFirst().lag() == 0);
    }

    @Test
    void anAddressThatNoEntryAllowsIsNotConnectedTo() throws Exception {
        Hook hook = hook();
        egress.replaceRules(List.of());
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(UUID.randomUUID());

        await().atMost(SOON)
                .until(() -> subscribers.all().getFirst().reason().contains("egress.allow"));
        assertThat(hook.requests()).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        Hook elsewhere = hook();
        Hook hook = hook();
        hook.answers(_ -> new Reply(302, "", Map.of("Location", elsewhere.url().toString())));
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(UUID.randomUUID());

        await().atMost(SOON).until(() -> subscribers.all().getFirst().reason().contains("302"));
        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void theStatusCountsHoweverLongTheAnswerIs() throws Exception {
        Hook hook = hook();
        Hook gone = hook();
        hook.answers(_ -> new Reply(200, "x".repeat(200_000)));
        gone.answers(_ -> new Reply(410, "x".repeat(200_000)));
        subscribers.replaceFile(List.of(file(hook, SINGLE), file(gone, SINGLE)));
        comeAndGo(2, 1);

        await().atMost(SOON).until(() -> subscribers.all().getFirst().lag() == 0);
        await().atMost(SOON)
                .until(() -> subscribers.all().getLast().state() == Subscribers.State.GONE);
        assertThat(hook.requests()).hasSize(4);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        Hook hook = hook();
        hook.answers(_ -> Reply.ENDLESS);
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        come(UUID.randomUUID());

        await().atMost(SOON).until(() -> subscribers.all().getFirst().lag() == 0);
        assertThat(hook.requests()).hasSize(1);
    }

    @Test
    void withoutTheDatabaseNoSubscriberIsTakenAwayOrAdded() throws Exception {
        Subscriber there = Subscriber.of(Origin.API, SINGLE, hook().url());
        Subscriber other = Subscriber.of(Origin.API, SINGLE, hook().url());
        subscribers.add(there);
        database.close();

        assertThatThrownBy(() -> subscribers.remove(there.id()))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> subscribers.add(other)).isInstanceOf(CompletionException.class);

        assertThat(subscribers.all())
                .singleElement()
                .satisfies(status -> assertThat(status.subscriber()).isEqualTo(there));
        restart();
        assertThat(subscribers.all())
                .singleElement()
                .satisfies(status -> assertThat(status.subscriber()).isEqualTo(there));
    }

    @Test
    void aSubscriberOfTheApiReturnsWhenTheFileNoLongerHasItsAddress() throws Exception {
        Hook hook = hook();
        Subscriber ofApi = Subscriber.of(Origin.API, SINGLE, hook.url());
        subscribers.add(ofApi);
        comeAndGo(1, 1);
        await().atMost(SOON).until(() -> subscribers.all().getFirst().lag() == 0);
        subscribers.replaceFile(List.of(file(hook, BATCH)));
        assertThat(subscribers.all())
                .singleElement()
                .satisfies(status -> assertThat(status.subscriber()).isEqualTo(file(hook, BATCH)));

        subscribers.replaceFile(List.of());

        assertThat(subscribers.all())
                .singleElement()
                .satisfies(status -> assertThat(status.subscriber()).isEqualTo(ofApi));
        comeAndGo(1, 1);
        await().atMost(SOON).until(() -> hook.requests().size() == 4);
        assertThat(eventsAt(hook).stream().map(SubscribersTest::sequence).sorted())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(subscribers.remove(ofApi.id())).isTrue();
        subscribers.replaceFile(List.of());
        assertThat(subscribers.all()).isEmpty();
    }

    @Test
    void manyDevicesWhoseEventsFailHinderNoOther() throws Exception {
        Hook hook = hook();
        hook.answers(
                request -> {
                    UUID device = UUID.fromString(request.json().get("subject").asString());
                    return new Reply(device.getMostSignificantBits() == 9 ? 404 : 204, "");
                });
        subscribers.replaceFile(List.of(file(hook, SINGLE)));
        comeAndGo(1, 1);
        await().atMost(SOON).until(() -> hook.requests().size() == 2);
        for (int i = 0; i < 16; i++) {
            come(new UUID(9, i));
        }
        comeAndGo(20, 20);

        await().atMost(SOON).until(() -> hook.requests().size() == 42);
    }

    @Test
    void credentialsComeFromAFileAndReachOnlyWhoAsks() throws Exception {
        Path bearer = Files.writeString(folder.resolve("token"), "bearer abc.def\n");
        Path password = Files.writeString(folder.resolve("password"), "hook:p:w\n");
        Hook token = hook();
        Hook basic = hook();
        basic.answers(
                request ->
                        request.authorization() == null
                                ? new Reply(
                                        401, "", Map.of("WWW-Authenticate", "Basic realm=\"r\""))
                                : new Reply(204, ""));
        subscribers.replaceFile(
                List.of(with(file(token, SINGLE), bearer), with(file(basic, SINGLE), password)));
        come(UUID.randomUUID());

        await().atMost(SOON)
                .until(() -> token.requests().size() == 1 && basic.requests().size() == 1);
        assertThat(token.requests().getFirst().authorization()).isEqualTo("Bearer abc.def");
        assertThat(basic.requests().getFirst().authorization())
                .isEqualTo(
                        "Basic "
                                + java.util.Base64.getEncoder()
                                        .encodeToString(
                                                "hook:p:w"
                                                        .getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8)));
    }

    private static Subscriber with(Subscriber subscriber, Path credentials) {
        return new Subscriber(
                subscriber.origin(),
                subscriber.format(),
                subscriber.url(),
                null,
                credentials,
                subscriber.connectTimeout(),
                subscriber.responseTimeout());
    }

    @Test
    void consolesOfIntelsMpsGetTheirSoapNotification() throws Exception {
        Hook hook = hook();
        subscribers.replaceFile(List.of(file(hook, Format.MpsSoap.DEFAULT)));
        UUID id = UUID.randomUUID();
        ConnectedDevice device = come(id);
        recorder.disconnected(device, PORTS, DisconnectCause.CONNECTION_LOST, Instant.now());

        await().atMost(SOON).until(() -> hook.requests().size() == 2);

        Hook.Request request = hook.requests().getFirst();
        assertThat(request.contentType()).isEqualTo("text/xml; charset=utf-8");
        assertThat(request.soapAction())
                .isEqualTo("\"urn:outpost:mps:notification:1/EventNotification\"");
        assertThat(request.body())
                .containsSubsequence(
                        "<n:EventNotification",
                        "<n:State>CONNECTED</n:State>",
                        "<n:DeviceFqdn>pc&lt;1&gt;.test</n:DeviceFqdn>",
                        "<n:DevicePort>16992</n:DevicePort>",
                        "<n:DevicePort>16994</n:DevicePort>",
                        "<n:DeviceUuid>" + id + "</n:DeviceUuid>",
                        "<n:MpsAddress>192.0.2.9</n:MpsAddress>",
                        "<n:MpsHttpAddress>192.0.2.9</n:MpsHttpAddress>",
                        "<n:MpsHttpPort>8080</n:MpsHttpPort>",
                        "<n:MpsSocksPort>1080</n:MpsSocksPort>",
                        "<n:WantReply>false</n:WantReply>")
                .doesNotContain("623");
        assertThat(hook.requests().getLast().body())
                .containsSubsequence(
                        "<n:State>DISCONNECTED</n:State>", "<n:DeviceFqdn>pc&lt;1&gt;.test");
    }

    @Test
    void onlyAnAuthoritativeConsoleClosesATunnel() throws Exception {
        String no =
                "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"x\"><e:Body><r:Anything"
                        + " xmlns:r=\"y\"><r:KeepConnection> false </r:KeepConnection></r:Anything>"
                        + "</e:Body></e:Envelope>";
        Hook authority = hook();
        Hook other = hook();
        authority.answers(_ -> new Reply(200, no));
        other.answers(_ -> new Reply(200, no));
        Format.MpsSoap soap =
                new Format.MpsSoap(
                        "urn:x", "Note", "act", Format.SoapVersion.SOAP_1_2, true, true, true);
        Format.MpsSoap polite =
                new Format.MpsSoap(
                        "urn:x", "Note", "act", Format.SoapVersion.SOAP_1_1, true, true, false);
        subscribers.replaceFile(List.of(file(authority, soap), file(other, polite)));
        ConnectedDevice device = come(UUID.randomUUID());
        recorder.disconnected(device, PORTS, DisconnectCause.CONNECTION_LOST, Instant.now());

        await().atMost(SOON)
                .until(() -> authority.requests().size() == 2 && other.requests().size() == 2);
        assertThat(authority.requests().getFirst().contentType())
                .startsWith("application/soap+xml")
                .contains("action=\"act\"");
        assertThat(authority.requests().getFirst().body())
                .contains("State>0<", "WantReply>true<", "http://www.w3.org/2003/05/soap-envelope");
        await().atMost(SOON).until(() -> closedTunnels.size() == 1);
        assertThat(closedTunnels)
                .containsExactly(new Closed(device.key().id(), device.tunnel(), device.since()));
    }
}
