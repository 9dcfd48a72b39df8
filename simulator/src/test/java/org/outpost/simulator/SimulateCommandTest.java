package org.outpost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.support.TestServer;

import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class SimulateCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();
    private final StopSignal stop = new StopSignal();
    private final StringWriter helpText = new StringWriter();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    @Test
    void listPrintsTheSameJsonLinesForTheSameSeedAndConnectsNowhere() {
        assertThat(run("--list", "--devices", "2", "--seed", "s", "--moods", "calm,far")).isZero();
        List<String> first = lines();
        out.reset();
        assertThat(
                        run(
                                "--list",
                                "--devices",
                                "1",
                                "--first",
                                "2",
                                "--seed",
                                "s",
                                "--moods",
                                "calm,far"))
                .isZero();

        assertThat(first).hasSize(2);
        assertThat(first.get(1))
                .matches(
                        "\\{\"index\":2,\"uuid\":\"[0-9a-f-]{36}\",\"name\":\"pc-0002.example.test\","
                            + "\"generation\":\"12.0\",\"mood\":\"far\",\"amtVersion\":\"12[.0-9]+\","
                            + "\"ports\":\\[16993,16992,664,623,16995,16994,5900\\],\"faults\":\\[\\]}");
        assertThat(lines()).containsExactly(first.get(1));
    }

    @Test
    void aFleetConnectsReportsInJsonAndLeaves() {
        try (TestServer server = new TestServer("dev", "secret", Optional.empty())) {
            assertThat(
                            runUntil(
                                    () -> text().contains("\"event\":\"ready\""),
                                    "--devices=3",
                                    "--server=127.0.0.1:" + server.address().getPort(),
                                    "--user=dev",
                                    "--password=secret",
                                    "--amt-user=admin",
                                    "--amt-password=P@ssw0rd",
                                    "--no-tls",
                                    "--json"))
                    .isZero();

            assertThat(lines())
                    .filteredOn(line -> line.startsWith("{\"event\":\"ready\""))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("\"devices\":3,\"connecting\":0,\"connected\":3,\"pausing\":0");
            assertThat(lines().getLast())
                    .startsWith("{\"event\":\"stopped\"")
                    .contains("\"established\":3")
                    .contains("\"ends\":{\"own\":3}");
            assertThat(server.tunnels()).hasSize(3);
        }
    }

    @Test
    void credentialsThatAreNotGivenAreMadeUpAndToldOnce() {
        try (TestServer server = new TestServer("dev", "secret", Optional.empty())) {
            assertThat(
                            run(
                                    "--server=localhost:" + server.address().getPort(),
                                    "--no-tls",
                                    "--duration=1"))
                    .isZero();
        }
        assertThat(lines().get(0))
                .matches("The devices sign in as sim\\w{8} with password \\w{16}");
        assertThat(lines().get(1))
                .matches("Sign in at the devices as admin with password \\w{14}-[A-Z][a-z][0-9]");
        assertThat(lines().getLast()).contains("0 of 1 connected");
    }

    @Test
    void aGivenPasswordIsNotRepeatedBesideOneThatIsMadeUp() {
        try (TestServer server = new TestServer("dev", "secret", Optional.empty())) {
            assertThat(
                            run(
                                    "--server=localhost:" + server.address().getPort(),
                                    "--user=dev",
                                    "--password=secret",
                                    "--no-tls",
                                    "--json",
                                    "--duration=1"))
                    .isZero();
        }
        assertThat(lines().getFirst()).contains("\"amtPassword\"");
        assertThat(text()).doesNotContain("secret");
    }

    @Test
    void optionsMayStandInAFileSoThatPasswordsAreNotSeen(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("options");
        Files.writeString(file, "--password=secret\n--amt-password=P@ssw0rd\n");
        try (TestServer server = new TestServer("dev", "secret", Optional.empty())) {
            assertThat(
                            runUntil(
                                    () -> text().contains("all connected"),
                                    "--server=localhost:" + server.address().getPort(),
                                    "--user=dev",
                                    "--no-tls",
                                    "@" + file))
                    .isZero();
        }
        assertThat(lines().getLast()).contains("ended: 1 own");
        assertThat(text()).doesNotContain("secret").doesNotContain("P@ss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices 0                               | --devices is at least 1",
                "--devices 1                               | --server HOST:PORT is missing",
                "--server 192.0.2.1:4433                   | --yes-this-is-mine",
                "--server 192.0.2.1:4433 --yes-this-is-mine| --ca FILE",
                "--server [::1                             | the ] is missing",
                "--server localhost --ca /nowhere/ca.pem   | --ca /nowhere/ca.pem",
                "--list --moods angry                      | no mood 'angry'",
                "--list --generations 12.0,9               | --generations: no generation '9'",
                "--list --reconnect-scale 0                | --reconnect-scale",
                "--list --domain -x-                       | --domain",
                "--list --name-prefix a_b                  | --name-prefix",
                "--list --amt-user a:b                     | --amt-user",
                "--list --amt-fault tired                  | --amt-fault: no fault 'tired'; there"
                        + " are",
                "--list --amt-fault slow:2                 | slow:AMOUNT takes a time such as"
                        + " 500ms",
                "--list --consent maybe                    | --consent is one of none, kvm, all",
                "--list --control-mode me                  | --control-mode is one of client,"
                        + " admin",
                "--list --lan localhost                    | --lan: an IPv4 address such as"
                        + " 127.1.0.1",
                "--list --lan 192.0.2.1                    | say --lan-anywhere",
                "--list --lan 127.255.255.255 --devices 2  | 2 devices do not fit",
                "--nonsense                                | --nonsense"
            })
    void wrongUsageIsToldInALineWithExitCodeTwo(String arguments, String expected) {
        assertThat(run(arguments.strip().split(" +", -1))).isEqualTo(2);

        assertThat(errors.toString()).contains(expected).contains("Try 'outpost simulate --help'.");
        assertThat(errors.toString().lines()).hasSize(2);
    }

    @Test
    void helpNamesEveryMood() {
        assertThat(run("--help")).isZero();

        String help = helpText.toString().replaceAll("\\s+", " ");
        for (String mood : org.outpost.simulator.impairment.Moods.names().split(", ", -1)) {
            assertThat(help).contains(mood);
        }
    }

    private int run(String... arguments) {
        CommandLine line = SimulateMain.commandLine(new SimulateCommand(stream, stream, stop));
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(helpText, true));
        return line.execute(arguments);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Runs the command and stops it, as a signal would, when it has come so far. */
    private int runUntil(Callable<Boolean> condition, String... arguments) {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(arguments));
        await().atMost(Duration.ofSeconds(30)).until(condition);
        stop.ask();
        return code.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
