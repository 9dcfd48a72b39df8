package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Pattern;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.SocksClient;
import org.outpost.testkit.socks.WireSocket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fifty consoles talk to fifty devices at once: 2500 channels, many more than a device serves at a
 * time, so that opens wait their turn.
 */
final class ManyToManyIT {
    private static final int DEVICES = 50;
    private static final int CONSOLES = 50;
    private static final int BYTES = 16 * 1024;
    private static final int STREAM_PORT = 16994;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void everyConsoleTalksToEveryDeviceAndNoneFails() throws InterruptedException {
        List<Fleet.Member> members = Fleet.list("many", DEVICES);
        try (Server server = ServerSetup.in(folder).start();
                Fleet fleet =
                        Fleet.start(
                                        folder.resolve("fleet.log"),
                                        server.tunnelDoor(),
                                        "many",
                                        DEVICES,
                                        Fleet.WITH_PLAIN_PORTS)
                                .awaitConnected(PATIENCE)) {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int console = 0; console < CONSOLES; console++) {
                    for (int device = 0; device < DEVICES; device++) {
                        int number = console * DEVICES + device;
                        // neighbours begin at different devices
                        String name = members.get((device + console) % DEVICES).name();
                        all.add(threads.submit(() -> talk(server, name, number)));
                    }
                }
            }
            List<String> failures = new ArrayList<>();
            for (Future<?> one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(String.valueOf(e.getCause()));
                }
            }
            assertThat(failures).isEmpty();
            Duration took = Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
            Report.line(
                    "%d channels of %d bytes each way in %s".formatted(all.size(), BYTES, took));
            assertThat(fleet.count("connected")).isEqualTo(DEVICES);
            fleet.leave();
            server.stopCleanly(ServerSetup.PASSWORD, Fleet.AMT_PASSWORD);
        }
    }

    private static void talk(Server server, String device, int number) {
        if (number % 2 == 0) {
            try (SocksClient console = SocksClient.open(server.socks(), PATIENCE)) {
                assertThat(console.connect(device, STREAM_PORT)).as(device).isZero();
                echo(console.stream(), number);
            }
        } else {
            try (HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE)) {
                assertThat(console.connect(device + ":" + STREAM_PORT).status())
                        .as(device)
                        .isEqualTo(200);
                echo(console.stream(), number);
            }
        }
    }

    private static void echo(WireSocket stream, int number) {
        stream.send("ECHO\n");
        byte[] bytes = Pattern.bytes(number, 0, BYTES);
        stream.send(bytes);
        Pattern.check(number, 0, stream.read(BYTES));
    }
}
