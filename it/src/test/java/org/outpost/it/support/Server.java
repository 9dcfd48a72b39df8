package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.certificate.TlsContexts;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostConfig;
import org.outpost.testkit.process.OutpostProcess;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

/** A running server of the packaged program. */
public final class Server implements Closeable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(30);

    private final ServerSetup setup;
    private final OutpostProcess process;
    private final Management management;

    Server(ServerSetup setup, OutpostProcess process) {
        this.setup = setup;
        this.process = process;
        this.management = new Management(setup.managementPort());
    }

    Server awaitReady() {
        try {
            process.awaitPort(setup.managementPort(), START);
            process.awaitPorts(setup.config(), START);
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> management.ready() || !process.isAlive());
            assertThat(process.isAlive()).as("the server runs:%n%s", process.log()).isTrue();
            return this;
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** Its configuration. */
    public OutpostConfig config() {
        return setup.config();
    }

    /** Its process. */
    public OutpostProcess process() {
        return process;
    }

    /** Its metrics and health. */
    public Management management() {
        return management;
    }

    /** Its API, with the token it left for commands. */
    public Api api() {
        return new Api(config());
    }

    /** Its folder for keys and data. */
    public Path dataDir() {
        return config().dataDir();
    }

    /** The certificate of the CA it made. */
    public Path caFile() {
        return dataDir().resolve("ca.crt");
    }

    /** A TLS context that trusts its CA alone. */
    public SSLContext trust() {
        return TlsContexts.trusting(caFile());
    }

    /** The HTTP proxy over IPv4. */
    public InetSocketAddress httpProxy() {
        return new InetSocketAddress(ServerSetup.loopback4(), config().httpProxyPort());
    }

    /** The SOCKS door over IPv4. */
    public InetSocketAddress socks() {
        return new InetSocketAddress(ServerSetup.loopback4(), config().socksPort());
    }

    /** The first tunnel listener over IPv4. */
    public InetSocketAddress tunnelDoor() {
        return tunnelDoor(0);
    }

    /** A tunnel listener over IPv4, from 0 in the order they were added. */
    public InetSocketAddress tunnelDoor(int index) {
        return new InetSocketAddress(ServerSetup.loopback4(), config().tunnelPorts().get(index));
    }

    /** A device of this server that is called so; its UUID follows from the number. */
    public static DeviceIdentity device(int number, String name) {
        DeviceIdentity usual =
                DeviceIdentity.numbered(number, ServerSetup.USER, ServerSetup.PASSWORD);
        return new DeviceIdentity(
                usual.uuid(), usual.user(), usual.password(), name, DeviceIdentity.AMT_PORTS);
    }

    /** Lets a device call in over the first listener's TLS; it is in the running state then. */
    public ApfDevicePeer callIn(DeviceIdentity device) {
        return started(new ApfDevicePeer(ApfConnection.tls(tunnelDoor(), trust()), device));
    }

    /** Lets a device call in over a plain listener; it is in the running state then. */
    public ApfDevicePeer callInPlainly(int listener, DeviceIdentity device) {
        return started(new ApfDevicePeer(ApfConnection.plain(tunnelDoor(listener)), device));
    }

    private static ApfDevicePeer started(ApfDevicePeer peer) {
        try {
            return peer.start();
        } catch (RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    /** Waits until so many tunnels are open. */
    public void awaitTunnels(int count, Duration within) {
        await().atMost(within)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(management.tunnels()).isEqualTo(count));
    }

    /** Runs a command of the program that asks this server; returns its result, good or bad. */
    public Command.Result outpost(String... arguments) {
        String[] words =
                Stream.of(
                                Stream.of(OutpostProcess.launcher().toString()),
                                Arrays.stream(arguments),
                                Stream.of("--data-dir", dataDir().toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new);
        return Command.of(words).within(Duration.ofSeconds(60)).run();
    }

    /** What it logged so far, in lines. */
    public Stream<String> logLines() {
        return process.log().lines();
    }

    /**
     * Lets it collect its garbage, without which a lost buffer is not noticed; what it serves next
     * makes it report.
     */
    public void collectGarbage() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.of(jcmd, Long.toString(process.pid()), "GC.run").run().succeeded();
    }

    /** Stops it by SIGTERM; asserts exit code 0, no lost buffer and none of these in its log. */
    public void stopCleanly(String... secrets) {
        collectGarbage();
        // the report comes with a buffer that is made after the loss was collected
        management.text();
        config().tunnelPorts().forEach(this::poke);
        poke(config().httpProxyPort());
        poke(config().socksPort());
        assertThat(process.stop(END)).as("exit code; log:%n%s", process.log()).isZero();
        process.assertNoLeaks(secrets);
    }

    private void poke(int port) {
        process.awaitPort(port, Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        process.close();
    }
}
