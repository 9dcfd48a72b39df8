package org.outpost.simulator.operation;

import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.outpost.amt.connection.PortConnector;
import org.outpost.simulator.support.TestServer;
import org.outpost.simulator.support.TestTunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simulator in a process of its own, with devices that call in and listen on the LAN, and the
 * server that they call.
 */
final class SimulatorProcess implements AutoCloseable {
    static final String PASSWORD = "P@ssw0rd";
    private static final String USER = "dev";
    private static final String TUNNEL_PASSWORD = "secret";
    private static final Pattern CODE = Pattern.compile("consent code of (\\S+) is (\\d{6})");

    private final TestServer server = new TestServer(USER, TUNNEL_PASSWORD, Optional.empty());
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Process process;
    private final Path log;
    private final String lan;

    /**
     * Starts it, and waits until all devices are connected.
     *
     * @param folder for its log
     * @param lan the first three numbers of the devices' addresses, with a point behind
     * @param devices how many; those of even number are laptops
     * @param options more of the simulator
     */
    SimulatorProcess(Path folder, String lan, int devices, String... options) throws IOException {
        this.lan = lan;
        log = folder.resolve("simulator.log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.outpost.simulator.SimulateMain",
                                "--server=127.0.0.1:" + server.address().getPort(),
                                "--no-tls",
                                "--user=" + USER,
                                "--password=" + TUNNEL_PASSWORD,
                                "--amt-user=admin",
                                "--amt-password=" + PASSWORD,
                                "--devices=" + devices,
                                "--lan=" + lan + 1,
                                "--reconnect-scale=0.02"));
        command.addAll(Arrays.asList(options));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                !process.isAlive()
                                        || server.tunnels().stream()
                                                        .filter(one -> !one.names().isEmpty())
                                                        .count()
                                                == devices);
        if (!process.isAlive()) {
            close();
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private static String name(int number) {
        return "pc-%04d".formatted(number);
    }

    /** The device's open tunnel. */
    Optional<TestTunnel> tunnel(int number) {
        return server.tunnels().stream()
                .filter(TestTunnel::isOpen)
                .filter(tunnel -> tunnel.ports().size() > 1)
                .filter(
                        tunnel ->
                                tunnel.names().stream()
                                        .anyMatch(name -> name.startsWith(name(number))))
                .findFirst();
    }

    /** The way to a device's ports. */
    PortConnector ports(int number, boolean throughTunnel) {
        return throughTunnel
                ? (port, handler) ->
                        tunnel(number)
                                .map(tunnel -> TestServer.connect(tunnel, port, handler))
                                .orElseGet(() -> failed(handler))
                : (port, handler) ->
                        new Bootstrap()
                                .group(loops)
                                .channel(NioSocketChannel.class)
                                .handler(handler)
                                .connect(lan + number, port);
    }

    private ChannelFuture failed(ChannelHandler handler) {
        NioSocketChannel channel = new NioSocketChannel();
        channel.pipeline().addLast(handler);
        loops.register(channel).syncUninterruptibly();
        channel.close().syncUninterruptibly();
        return channel.newFailedFuture(new ClosedChannelException());
    }

    /** Where the client's timers run. */
    EventLoopGroup loops() {
        return loops;
    }

    /** The code that a device shows on its screen, the last one of several. */
    Optional<Integer> consentCode(int number) {
        try {
            Matcher codes = CODE.matcher(Files.readString(log));
            Optional<Integer> last = Optional.empty();
            while (codes.find()) {
                if (codes.group(1).equals(name(number))) {
                    last = Optional.of(Integer.parseInt(codes.group(2)));
                }
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        server.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
