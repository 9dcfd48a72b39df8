package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The log of connections, the report over it, and what the server says of its own life. */
final class ReportIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void theReportCountsWhatHappenedWithoutARunningServer() throws IOException {
        ServerSetup setup = ServerSetup.in(folder);
        Path log;
        try (Server server = setup.start()) {
            log = server.dataDir().resolve("connections.log");
            Devices devices = new Devices(server);
            devices.gone("gone.example.test");
            try (ApfDevicePeer stays = server.callIn(devices.next("stays.example.test"))) {
                stays.keepAlive(1);
                try (Socket silent = new Socket()) {
                    silent.connect(server.tunnelDoor());
                }
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(Files.readString(log))
                                                .contains("\"cause\":\"nothing_sent\"")
                                                .contains("\"cause\":\"connection_lost\""));
                JsonNode running = report("--format", "json");
                assertThat(running.path("open").asInt()).isEqualTo(1);
                assertThat(running.path("connects").asInt()).isEqualTo(2);

                server.process().terminate();
                assertThat(server.process().awaitExit(PATIENCE)).isZero();
            }
            assertThat(server.process().log()).contains("starting").contains("stopped");
        }

        assertThat(Files.readString(log)).doesNotContain(ServerSetup.PASSWORD);
        JsonNode all = report("--format", "json");
        assertThat(all.path("open").asInt()).isZero();
        assertThat(all.path("disconnects").asInt()).isEqualTo(2);
        assertThat(all.path("failures").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(all.path("starts").asInt()).isEqualTo(1);
        assertThat(all.path("problems")).isEmpty();
        assertThat(outpostReport("--by", "cause", "--format", "csv").succeeded().out())
                .startsWith("event,cause,count,first,last\r\n")
                .contains("\r\ndisconnected,shutdown,1,")
                .contains("\r\ndisconnected,connection_lost,1,");
        assertThat(outpostReport("--by", "day").succeeded().out())
                .contains("START")
                .contains("2 connects, 2 disconnects, ");
        assertThat(outpostReport("--from", "tomorrow").exit()).isEqualTo(2);

        Files.writeString(log, Files.readString(log) + "not a line of ours\n");
        Command.Result withProblem = outpostReport("--by", "day").succeeded();
        assertThat(withProblem.err()).contains("1 line of " + log + " could not be read");
    }

    @Test
    void aReportWithoutALogSaysWhereItLooked() {
        Command.Result result = outpostReport();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("there is no log of connections")
                .contains("connections.log")
                .contains("--file");
    }

    @Test
    void aStartThatFailsIsLoggedAndEndsWithOne() throws IOException {
        ServerSetup setup = ServerSetup.in(folder);
        setup.config().write();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(setup.config().tunnelPort()));
            try (OutpostProcess process = setup.launch()) {
                assertThat(process.awaitExit(PATIENCE.multipliedBy(3))).isEqualTo(1);
                assertThat(process.log())
                        .contains("starting")
                        .containsPattern("ERROR .*the server cannot start")
                        .containsPattern("(?m)^outpost: cannot start: .*tunnel\\.listeners");
            }
        }
    }

    private JsonNode report(String... options) {
        return new JsonMapper().readTree(outpostReport(options).succeeded().out());
    }

    private Command.Result outpostReport(String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                OutpostProcess.launcher().toString(),
                                "report",
                                "--data-dir",
                                folder.resolve("data").toString()));
        words.addAll(List.of(options));
        return Command.of(words.toArray(String[]::new)).within(Duration.ofSeconds(60)).run();
    }
}
