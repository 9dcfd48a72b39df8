package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.EchoLoads;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Hook;
import org.outpost.it.support.MutualTls;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.certificate.PemIdentity;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Whatever is replaced on disk counts for who comes next, told by serial number, while the tunnels
 * that are open carry load and none of them is lost.
 */
@NeedsTool("openssl")
final class CertificateSwapIT {
    private static final int DEVICES = 200;
    private static final int BYTES_PER_SECOND = 40_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The listener with a certificate of our own CA. */
    private static final int OURS = 0;

    /** The listener with a certificate that the operator brought. */
    private static final int BROUGHT = 1;

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // the test sets it before its parts use it
    private Server server;

    @Test
    void certificatesListsUsersAndSubscribersAreSwappedUnderLoadAndNoTunnelIsLost()
            throws Exception {
        TestCa elsewhere = TestCa.in(Files.createDirectory(folder.resolve("elsewhere")));
        Path brought = Files.createDirectory(folder.resolve("brought"));
        install(elsewhere.server(), brought);
        ServerSetup setup =
                ServerSetup.in(folder)
                        .withoutLeakDetection()
                        .with("tls: { reload-interval: 200ms }")
                        .listener("client-certificate: optional")
                        .listener(
                                "certificate: %1$s/own.crt, key: %1$s/own.key".formatted(brought));
        int hook = setup.config().freePort();
        List<Fleet.Member> members = Fleet.list("swap", DEVICES);
        try (Server started = setup.start();
                Fleet fleet =
                        Fleet.start(
                                folder.resolve("fleet.log"),
                                started.tunnelDoor(OURS),
                                "swap",
                                DEVICES,
                                Fleet.WITH_PLAIN_PORTS)) {
            server = started;
            fleet.awaitConnected(Duration.ofSeconds(90));
            try (ApfDevicePeer other =
                            new ApfDevicePeer(
                                            ApfConnection.tls(
                                                    server.tunnelDoor(BROUGHT),
                                                    elsewhere.clientContext()),
                                            Server.device(1, "brought.test"))
                                    .start();
                    EchoLoads loads =
                            EchoLoads.open(
                                    server.socks(),
                                    members.stream().map(Fleet.Member::name).toList(),
                                    BYTES_PER_SECOND)) {
                Set<String> tunnels = tunnels();
                assertThat(tunnels).hasSize(DEVICES + 1);

                List<Swap> swaps =
                        List.of(
                                this::ourCertificate,
                                () -> broughtCertificate(elsewhere, brought),
                                this::revocationList,
                                this::users,
                                () -> subscribers(hook));
                for (Swap swap : swaps) {
                    swap.run();
                    // Those that the swap itself opened are still on their way out.
                    await().atMost(SOON)
                            .untilAsserted(
                                    () ->
                                            assertThat(tunnels())
                                                    .as("each tunnel, since when it is open")
                                                    .isEqualTo(tunnels));
                }

                EchoLoads.Rates rates = loads.measure(Duration.ofSeconds(3));
                Report.line(
                        """
                        after 5 swaps under load: %d tunnels, the same as before; bytes per second \
                        each way: wanted %d, least %d, median %d\
                        """
                                .formatted(
                                        DEVICES + 1,
                                        BYTES_PER_SECOND,
                                        rates.least(),
                                        rates.median()));
                assertThat(rates.median()).isGreaterThan(BYTES_PER_SECOND * 95L / 100);
                assertThat(rates.least()).isGreaterThan(BYTES_PER_SECOND * 80L / 100);
                assertThat(other.connection().end()).isNull();
            }
            assertThat(fleet.report().orElseThrow().path("ends").size()).isZero();
            assertThat(fleet.count("established")).isEqualTo(DEVICES);
            assertThat(server.process().stop(SOON)).isZero();
        }
    }

    private interface Swap {
        void run() throws Exception;
    }

    private void ourCertificate() {
        BigInteger before = shown(OURS);
        JsonNode renewed =
                new JsonMapper()
                        .readTree(certs("server", "--json").succeeded().out())
                        .path("data")
                        .get(0);
        BigInteger next = new BigInteger(renewed.path("serial").asString(), 16);
        assertThat(next).isNotEqualTo(before);
        awaitShown(OURS, next);
    }

    private void broughtCertificate(TestCa elsewhere, Path brought) throws IOException {
        BigInteger before = shown(BROUGHT);
        TestIdentity next = elsewhere.server("next", "localhost", List.of("127.0.0.1"));
        assertThat(next.certificate().getSerialNumber()).isNotEqualTo(before);

        Files.copy(
                next.certificateFile(),
                brought.resolve("own.crt"),
                StandardCopyOption.REPLACE_EXISTING);
        server.process().awaitLog("of no use; the former ones stay", SOON);
        assertThat(shown(BROUGHT)).as("a certificate without its key").isEqualTo(before);

        install(next, brought);
        awaitShown(BROUGHT, next.certificate().getSerialNumber());
    }

    private void revocationList() throws Exception {
        Path out = Files.createDirectory(folder.resolve("devices"));
        TestIdentity kept = issue(out, "kept");
        TestIdentity lost = issue(out, "lost");
        try (ApfDevicePeer open = callIn(lost, 2)) {
            assertThat(certs("revoke", "lost").succeeded().out())
                    .contains(lost.certificate().getSerialNumber().toString(16));
            await().atMost(SOON).untilAsserted(() -> refused(() -> callIn(lost, 3)));
            assertThat(server.logLines())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .contains("revoked")
                                            .contains(
                                                    lost.certificate()
                                                            .getSerialNumber()
                                                            .toString(16)));
            callIn(kept, 4).close();
            assertThat(open.connection().end()).as("what is open stays").isNull();
        }
    }

    private void users() throws Exception {
        Path file = server.config().passwordFile();
        String before = Files.readString(file);
        replace(file, "another:An0ther-Passw0rd\n");
        DeviceIdentity former = Server.device(5, "former.test");
        await().atMost(SOON).untilAsserted(() -> refused(() -> server.callIn(former)));
        server.callIn(
                        new DeviceIdentity(
                                Server.device(6, "x").uuid(),
                                "another",
                                "An0ther-Passw0rd",
                                "another.test",
                                DeviceIdentity.AMT_PORTS))
                .close();
        replace(file, before);
        await().atMost(SOON).ignoreExceptions().until(() -> open(() -> server.callIn(former)));
    }

    private void subscribers(int port) throws Exception {
        Path file = server.config().file();
        String before = Files.readString(file);
        try (Hook hook = Hook.on(port)) {
            replace(
                    file,
                    before
                            + """
                            notifications:
                              subscribers: [ { type: cloudevents-http, url: "http://127.0.0.1:%1$d/" } ]
                            egress: { allow: [ "127.0.0.1:%1$d" ] }
                            """
                                    .formatted(port));
            server.process().awaitLog("configuration file was read again", SOON);
            DeviceIdentity device = Server.device(7, "told.test");
            server.callIn(device).close();
            await().atMost(SOON)
                    .until(
                            () ->
                                    hook.receipts().stream()
                                            .anyMatch(
                                                    one ->
                                                            one.device()
                                                                    .equals(
                                                                            device.uuid()
                                                                                    .toString())));
            replace(file, before);
        }
    }

    /** What each tunnel is, and since when. */
    private Set<String> tunnels() {
        Set<String> all = new TreeSet<>();
        JsonNode page = server.api().read("tunnels");
        page.path("data").forEach(one -> all.add(one.path("id") + " " + one.path("since")));
        return all;
    }

    private ApfDevicePeer callIn(TestIdentity shown, int number) {
        return new ApfDevicePeer(
                        ApfConnection.tls(
                                server.tunnelDoor(OURS), MutualTls.context(server.caFile(), shown)),
                        Server.device(number, "certified-%d.test".formatted(number)))
                .start();
    }

    private static boolean open(Callable<ApfDevicePeer> call) throws Exception {
        call.call().close();
        return true;
    }

    private static void refused(Callable<ApfDevicePeer> call) {
        assertThatThrownBy(() -> open(call)).isNotNull();
    }

    private TestIdentity issue(Path out, String name) {
        certs("device", name, "--out", out.toString()).succeeded();
        return PemIdentity.read(out.resolve(name + ".crt"), out.resolve(name + ".key"));
    }

    private Command.Result certs(String... arguments) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(OutpostProcess.launcher().toString(), "certs"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--config", server.config().file().toString()));
        return Command.of(words.toArray(String[]::new)).within(Duration.ofSeconds(60)).run();
    }

    private void awaitShown(int listener, BigInteger serial) {
        await().atMost(SOON).untilAsserted(() -> assertThat(shown(listener)).isEqualTo(serial));
    }

    /** The serial number of what a listener shows in a handshake. */
    private BigInteger shown(int listener) {
        Command.Result handshake =
                Command.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.config().tunnelPorts().get(listener))
                        .run();
        String serial =
                Command.of("openssl", "x509", "-noout", "-serial")
                        .fedWith(handshake.out())
                        .run()
                        .succeeded()
                        .out();
        return new BigInteger(serial.strip().substring("serial=".length()), 16);
    }

    private static void install(TestIdentity identity, Path folder) throws IOException {
        for (List<Path> each :
                List.of(
                        List.of(identity.keyFile(), folder.resolve("own.key")),
                        List.of(identity.certificateFile(), folder.resolve("own.crt")))) {
            Path beside = folder.resolve("next");
            Files.copy(each.getFirst(), beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, each.getLast(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
