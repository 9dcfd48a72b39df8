package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every example of docs/clients.md, run as it stands there. */
@NeedsTool({"curl", "python3"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientExamplesIT {
    private static final Pattern BLOCK =
            Pattern.compile("^```(sh|python|java)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String SEED = "client-examples";

    private Path folder;
    private Server server;
    private Fleet fleet;
    private Map<String, String> environment;

    private record Example(String language, String code) {}

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = ServerSetup.in(folder).start();
        fleet =
                Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                SEED,
                                1,
                                "--ca",
                                server.caFile().toString(),
                                Fleet.WITH_PLAIN_PORTS)
                        .awaitConnected(Duration.ofSeconds(60));
        environment =
                Map.of(
                        "PROXY",
                        "http://127.0.0.1:" + server.config().httpProxyPort(),
                        "SOCKS",
                        "127.0.0.1:" + server.config().socksPort(),
                        "API",
                        "https://127.0.0.1:" + server.config().webPort(),
                        "OUTPOST_DATA",
                        server.dataDir().toString(),
                        "DEVICE",
                        Fleet.list(SEED, 1).getFirst().name(),
                        "AMT_USER",
                        Fleet.AMT_USER,
                        "AMT_PASSWORD",
                        Fleet.AMT_PASSWORD);
    }

    @AfterAll
    void stop() {
        fleet.close();
        server.close();
    }

    private static List<Example> examples() throws IOException {
        Path page = OutpostProcess.launcher().toAbsolutePath().resolveSibling("docs/clients.md");
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        List<Example> examples = new ArrayList<>();
        while (blocks.find()) {
            examples.add(new Example(blocks.group(1), blocks.group(2)));
        }
        return examples;
    }

    @TestFactory
    Stream<DynamicTest> everyExampleWorksAsItStands() throws IOException {
        List<Example> examples = examples();
        assertThat(examples).extracting(Example::language).contains("sh", "python", "java");
        return examples.stream()
                .map(
                        example ->
                                DynamicTest.dynamicTest(
                                        example.code().lines().findFirst().orElseThrow(),
                                        () -> run(example)));
    }

    private void run(Example example) throws IOException {
        Command command =
                switch (example.language()) {
                    case "python" -> Command.of("python3", written("example.py", example));
                    case "java" ->
                            Command.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    written("Example.java", example));
                    default -> Command.of("sh", "-eu", written("example.sh", example));
                };
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }

        String said = command.within(Duration.ofSeconds(60)).run().succeeded().out();

        assertThat(said)
                .containsPattern(
                        "Intel\\(R\\) Active Management Technology|Intel\\(R\\)"
                                + " AMT|IdentifyResponse|\""
                                + environment.get("DEVICE"));
    }

    private String written(String name, Example example) throws IOException {
        return Files.writeString(folder.resolve(name), example.code()).toString();
    }
}
