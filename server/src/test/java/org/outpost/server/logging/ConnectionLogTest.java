package org.outpost.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;
import org.outpost.server.configuration.ConnectionLogSettings;
import org.outpost.server.report.ConnectionReport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class ConnectionLogTest {
    private static final UUID DEVICE = new UUID(1, 1);

    @TempDir private Path folder;

    @Test
    void aLineForEachThatConnectsAndDisconnectsAndForTheServerItself() throws Exception {
        try (ConnectionLog log = open(20)) {
            log.noted(attempt(Outcome.CONNECTED, 7, "pc-ä\u0007"));
            log.noted(attempt(Outcome.RENAMED, 7, "pc-1"));
            log.noted(attempt(Outcome.KEEPALIVE_TIMEOUT, 7, "pc-1"));
        }

        List<JsonNode> lines = lines();
        assertThat(lines)
                .extracting(line -> line.path("event").asString())
                .containsExactly("server_started", "connected", "disconnected", "server_stopped");
        assertThat(lines.get(1).path("name").asString()).isEqualTo("pc-ä\u0007");
        assertThat(lines.get(1).path("guid").asString()).isEqualTo(DEVICE.toString());
        assertThat(lines.get(2).path("cause").asString()).isEqualTo("keepalive_timeout");
        assertThat(lines.get(2).path("tunnel").asLong()).isEqualTo(7);
        assertThat(Files.readString(file())).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void aFloodOfFailuresIsSummedUpAndConnectsAreNot() throws Exception {
        try (ConnectionLog log = open(20)) {
            for (int i = 0; i < 5_000; i++) {
                log.noted(attempt(Outcome.NOTHING_SENT, 0, ""));
            }
            for (int i = 1; i <= 100; i++) {
                log.noted(attempt(Outcome.CONNECTED, i, "pc"));
            }
        }

        assertThat(lines().size()).isLessThan(150);
        ConnectionReport read = read();
        assertThat(read.report().failures()).isEqualTo(5_000);
        assertThat(read.report().connects()).isEqualTo(100);
        assertThat(read.report().peak()).isEqualTo(100);
        assertThat(read.report().open()).as("the server stopped").isZero();
    }

    @Test
    void whatFindsNoRoomIsCountedInTheLog() throws Exception {
        ConnectionLog log = open(20);
        for (int i = 0; i < 200_000; i++) {
            log.noted(attempt(Outcome.NOTHING_SENT, 0, ""));
        }
        log.close();

        assertThat(read().report().failures() + read().report().lost()).isEqualTo(200_000);
        assertThat(read().report().lost()).isEqualTo(log.lost());
    }

    @Test
    void aLargeFileGivesWayToAnotherAndTheReportReadsBoth() throws Exception {
        int tunnels = 12_000;
        try (ConnectionLog log = open(1)) {
            for (int i = 1; i <= tunnels; i++) {
                log.noted(attempt(Outcome.CONNECTED, i, "pc-" + i + ".example.test"));
                log.noted(attempt(Outcome.ENDED_BY_DEVICE, i, "pc-" + i + ".example.test"));
            }
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .anyMatch(name -> name.matches("connections\\.log\\..*\\.gz"));
        }
        ConnectionReport read = read();
        assertThat(read.problems()).isEmpty();
        assertThat(read.report().connects()).isEqualTo(tunnels);
        assertThat(read.report().disconnects()).isEqualTo(tunnels);
    }

    private ConnectionLog open(int megabytes) {
        return new ConnectionLog(
                file(), new ConnectionLogSettings(true, null, megabytes, 90, 1000));
    }

    private Path file() {
        return folder.resolve("connections.log");
    }

    private ConnectionReport read() throws Exception {
        return ConnectionReport.read(
                file(), Instant.MIN, Instant.MAX, ZoneOffset.UTC, ChronoUnit.HOURS);
    }

    private List<JsonNode> lines() throws Exception {
        JsonMapper json = new JsonMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file())) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private static Attempt attempt(Outcome outcome, long tunnel, String name) {
        return new Attempt(
                Instant.now(),
                new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 50_000),
                tunnel > 0 ? Step.TUNNEL : Step.TCP,
                outcome,
                "",
                tunnel > 0 ? DEVICE : null,
                tunnel > 0,
                "",
                name,
                "TLSv1.2",
                tunnel,
                Duration.ofSeconds(1));
    }
}
