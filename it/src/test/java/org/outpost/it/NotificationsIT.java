package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Hook;
import org.outpost.it.support.Hook.Receipt;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Subscribers of the packaged program: told everything, in order, whatever the others do. */
final class NotificationsIT {
    private static final int DEVICES = 2_000;
    private static final int CHURN_PER_SECOND = 60;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofMinutes(2);

    @TempDir Path folder;

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/events";
    }

    private static String subscriber(String type, int port) {
        return "{ type: %s, url: \"%s\" }".formatted(type, url(port));
    }

    private static String egress(int... ports) {
        StringBuilder entries = new StringBuilder();
        for (int port : ports) {
            entries.append(entries.isEmpty() ? "" : ", ")
                    .append("\"127.0.0.1:%d\"".formatted(port));
        }
        return "egress: { allow: [ " + entries + " ] }";
    }

    private static String subscribers(String... entries) {
        return "notifications: { subscribers: [ " + String.join(", ", entries) + " ] }";
    }

    @Test
    void aDeadAndASlowSubscriberHurtNoOtherWhileTwoThousandDevicesChurn() {
        ServerSetup setup = ServerSetup.in(folder).withoutLeakDetection();
        int dead = setup.config().freePort();
        int slow = setup.config().freePort();
        int good = setup.config().freePort();
        setup.with(egress(dead, slow, good))
                .with(
                        subscribers(
                                subscriber("cloudevents-http", dead),
                                subscriber("cloudevents-http", slow),
                                subscriber("cloudevents-http", good)));
        try (Hook slowHook = Hook.slow(slow, Duration.ofSeconds(2));
                Hook goodHook = Hook.on(good);
                Server server = setup.start()) {
            Instant churning;
            Instant leaving;
            try (Fleet fleet =
                    Fleet.start(
                            folder.resolve("fleet.log"),
                            server.tunnelDoor(),
                            "notify",
                            DEVICES,
                            "--churn",
                            Integer.toString(CHURN_PER_SECOND))) {
                // Never all at once: some are always on their way back.
                await().atMost(CONNECT).until(() -> fleet.count("connected") > DEVICES * 9 / 10);
                churning = Instant.now();
                long before = fleet.count("established");
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> fleet.count("established") > before + 8L * CHURN_PER_SECOND);
                leaving = Instant.now();
                fleet.leave();
            }
            server.awaitTunnels(0, SOON);
            double established =
                    server.management().metrics().value("outpost_tunnel_established_total");
            await().atMost(SOON).until(() -> goodHook.count() >= 2 * established);

            List<Receipt> all = goodHook.receipts();
            assertComplete(all, (long) established);
            assertInOrder(all);
            report("from first to last, storms of sign-ins and good-byes included", all);
            List<Receipt> churn =
                    all.stream().filter(one -> one.toldBetween(churning, leaving)).toList();
            report("while devices churned", churn);
            assertThat(churn).hasSizeGreaterThan(8 * CHURN_PER_SECOND);
            assertThat(percentile(churn, 0.99)).isLessThan(Duration.ofSeconds(1));
            assertThat(slowHook.count()).isLessThan(all.size());
            assertThat(server.api().read("subscribers").path("data"))
                    .extracting(one -> one.path("state").asString())
                    .contains("failing", "active");
            assertThat(server.logLines().filter(line -> line.contains("does not take")))
                    .as("one line when it breaks")
                    .hasSize(1);
        }
    }

    private static void assertComplete(List<Receipt> all, long established) {
        assertThat(all.stream().filter(one -> one.type().equals("connected")).count())
                .isEqualTo(established);
        assertThat(all.stream().filter(one -> one.type().equals("disconnected")).count())
                .isEqualTo(established);
        Set<Long> sequences = new HashSet<>();
        all.forEach(one -> sequences.add(one.sequence()));
        assertThat(sequences).as("nothing twice, nothing left out").hasSize(all.size());
        assertThat(sequences.stream().mapToLong(Long::longValue).max()).hasValue(all.size());
    }

    private static void assertInOrder(List<Receipt> all) {
        Map<String, Receipt> last = new HashMap<>();
        for (Receipt one : all) {
            Receipt before = last.put(one.device(), one);
            if (before == null) {
                assertThat(one.type()).isEqualTo("connected");
            } else {
                assertThat(one.sequence()).isGreaterThan(before.sequence());
                assertThat(one.type()).isNotEqualTo(before.type());
            }
        }
    }

    private static Duration percentile(List<Receipt> all, double part) {
        List<Duration> delays = all.stream().map(Receipt::delay).sorted().toList();
        return delays.get((int) Math.min(delays.size() - 1L, Math.round(delays.size() * part)));
    }

    private static void report(String when, List<Receipt> all) {
        Report.line(
                "%d notifications %s, from deliverable to received: p50 %d ms, p99 %d ms, max %d ms"
                        .formatted(
                                all.size(),
                                when,
                                percentile(all, 0.5).toMillis(),
                                percentile(all, 0.99).toMillis(),
                                percentile(all, 1).toMillis()));
    }

    @Test
    void subscribersAreReplacedInTheFileUnderLoadAndNoTunnelIsLost() throws IOException {
        ServerSetup setup = ServerSetup.in(folder).withoutLeakDetection();
        int first = setup.config().freePort();
        int second = setup.config().freePort();
        setup.with(egress(first)).with(subscribers(subscriber("cloudevents-http", first)));
        int devices = 300;
        try (Hook one = Hook.on(first);
                Hook two = Hook.on(second);
                Server server = setup.start();
                Fleet fleet =
                        Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                "swap",
                                devices)) {
            fleet.awaitConnected(CONNECT);
            await().atMost(SOON).until(() -> one.count() == devices);
            String good = Files.readString(setup.config().file());
            Path file = setup.config().file();
            Files.writeString(file, good.replace("cloudevents-http", "cloudevents-nothing"));
            server.process().awaitLog("the configuration file has errors.*outpost.yaml:\\d+", SOON);
            Files.writeString(
                    file,
                    good.replace(egress(first), egress(first, second))
                            .replace(
                                    subscribers(subscriber("cloudevents-http", first)),
                                    subscribers(subscriber("cloudevents-http-batch", second))));
            server.process().awaitLog("configuration file was read again", SOON);
            try (ApfDevicePeer late = server.callIn(Server.device(1, "late.test"))) {
                await().atMost(SOON).until(() -> two.count() >= 1);
                assertThat(late.device().uuid()).hasToString(two.receipts().getFirst().device());
                assertThat(two.receipts().getFirst().event().path("data").path("name").asString())
                        .isEqualTo("late.test");
            }
            await().atMost(SOON).until(() -> two.count() == 2);
            Files.writeString(file, good);
            await().atMost(SOON).until(() -> one.count() == devices + 2);
            assertInOrder(one.receipts());
            assertThat(one.receipts()).extracting(Receipt::id).doesNotHaveDuplicates();
            assertThat(server.management().tunnels()).isEqualTo(devices);
            assertThat(fleet.report().orElseThrow().path("ends").size()).isZero();
        }
    }

    @Test
    void commandsAddListTestAndRemoveASubscriberAndFollowWhatHappens() throws Exception {
        ServerSetup setup = ServerSetup.in(folder);
        int port = setup.config().freePort();
        int other = setup.config().freePort();
        setup.with(egress(port));
        try (Hook hook = Hook.on(port);
                Server server = setup.start()) {
            assertThat(server.outpost("subscriber", "list").succeeded().out())
                    .contains("Nobody is told");
            assertThat(server.outpost("subscriber", "add", "ftp://x").exit()).isEqualTo(1);
            server.outpost("subscriber", "add", url(port)).succeeded();
            assertThat(server.outpost("subscriber", "add", url(port)).err()).contains("already");
            server.outpost("subscriber", "add", "--type=mps-soap", url(other)).succeeded();
            JsonNode listed = server.api().read("subscribers");
            String id = listed.path("data").get(0).path("id").asString();
            String refused = listed.path("data").get(1).path("id").asString();
            server.outpost("subscriber", "test", id).succeeded();
            assertThat(hook.receipts().getFirst().event().path("data").path("name").asString())
                    .isEqualTo("test.invalid");
            assertThat(server.outpost("subscriber", "test", refused).err())
                    .as("no entry allows the port")
                    .contains("egress.allow");
            server.outpost("subscriber", "remove", refused).succeeded();

            OutpostProcess following =
                    OutpostProcess.outpost(
                            folder.resolve("events.log"),
                            "events",
                            "--follow",
                            "--json",
                            "--data-dir",
                            server.dataDir().toString());
            try (following) {
                await().atMost(SOON)
                        .until(
                                () -> {
                                    server.callIn(Server.device(2, "seen.test")).close();
                                    return following.log().contains("device.connected");
                                });
                following.awaitLog("device\\.disconnected", SOON);
            }
            await().atMost(SOON)
                    .until(
                            () ->
                                    hook.receipts().stream()
                                            .anyMatch(one -> one.type().equals("disconnected")));
            assertThat(server.outpost("events").succeeded().out())
                    .contains("connected  seen.test")
                    .contains("disconnected  seen.test");
            server.outpost("subscriber", "remove", id).succeeded();
            assertThat(server.api().read("subscribers").path("totalCount").asInt()).isZero();
            server.stopCleanly();
        }
    }
}
