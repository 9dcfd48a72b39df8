package org.outpost.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the launcher in an installation of its own, with programs that tell how they are run.
 */
class LauncherTest {
    private static final String NO_JDK_ELSEWHERE = "/usr/lib/jvm";
    private static final String TELLS_ITS_ARGUMENTS =
            "#!/bin/sh\nfor argument in \"$@\"; do printf '%s\\n' \"$argument\"; done\n";

    @TempDir private Path folder;
    private Path home;
    private Path launcher;
    private Path jdk;

    private record Outcome(int code, List<String> out, String err) {}

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("the house")).toRealPath();
        launcher = home.resolve("outpost");
        Files.copy(Path.of("..", "outpost"), launcher);
        executable(launcher);
        jdk = jdk("jdk", "25.0.3");
    }

    @Test
    void aServerGetsItsOwnLimitsAndTheUsersOptionsLast() throws Exception {
        build();

        Outcome outcome =
                run(
                        folder,
                        Map.of("OUTPOST_JAVA_OPTS", "-Xmx3g -Dtwo=2"),
                        launcher.toString(),
                        "serve",
                        "--config",
                        "a b.yaml");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Doutpost.home=" + home,
                        home + "/server/target/outpost/lib/*",
                        "-XX:+ExitOnOutOfMemoryError")
                .anyMatch(option -> option.matches("-XX:MaxDirectMemorySize=[0-9]+m"))
                .endsWith(
                        "-Xmx3g",
                        "-Dtwo=2",
                        "org.outpost.server.command.OutpostMain",
                        "serve",
                        "--config",
                        "a b.yaml");
    }

    @Test
    void smallCommandsStartFast() throws Exception {
        build();

        Outcome outcome = run(folder, Map.of(), launcher.toString(), "version");

        assertThat(outcome.out())
                .contains("-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .endsWith("org.outpost.server.command.OutpostMain", "version");
    }

    @Test
    void simulateIsAProgramOfItsOwn() throws Exception {
        build();

        Outcome outcome = run(folder, Map.of(), launcher.toString(), "simulate", "--devices", "3");

        assertThat(outcome.out()).endsWith("org.outpost.simulator.SimulateMain", "--devices", "3");
    }

    @Test
    void itFindsItsInstallationThroughLinksFromAnyFolder() throws Exception {
        build();
        Path link = Files.createSymbolicLink(folder.resolve("direct"), launcher);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("direct"));

        Outcome outcome = run(Path.of("/"), Map.of(), relative.toString());

        assertThat(link).isSymbolicLink();
        assertThat(outcome.out()).contains("-Doutpost.home=" + home);
    }

    @Test
    void aJavaOfAnotherReleaseIsRefusedByName() throws Exception {
        build();
        Path old = jdk("old", "17.0.15");

        Outcome outcome =
                run(folder, Map.of("OUTPOST_JAVA", old.toString()), launcher.toString(), "version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("OUTPOST_JAVA=" + old, "not a JDK 25");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void theJavaProgramItselfMayBeNamed() throws Exception {
        build();

        Outcome outcome =
                run(
                        folder,
                        Map.of("OUTPOST_JAVA", jdk.resolve("bin/java").toString()),
                        launcher.toString(),
                        "version");

        assertThat(outcome.code()).isZero();
    }

    @Test
    void withoutAnyJdkItSaysWhatItLookedForAndWhatToDo() throws Exception {
        build();
        Path blind = folder.resolve("blind");
        Files.writeString(
                blind, Files.readString(launcher).replace(NO_JDK_ELSEWHERE, folder + "/nothing"));
        Files.move(blind, launcher, StandardCopyOption.REPLACE_EXISTING);
        executable(launcher);

        Outcome outcome =
                run(
                        folder,
                        Map.of("OUTPOST_JAVA", "", "PATH", tools().toString()),
                        launcher.toString(),
                        "version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("no JDK 25 found", "OUTPOST_JAVA", "JAVA_HOME", "PATH", "Install one");
    }

    @Test
    void withoutABuildAndWithoutMavenItSaysSo() throws Exception {
        Outcome outcome =
                run(folder, Map.of("PATH", tools().toString()), launcher.toString(), "version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("not built yet", "no Maven", "Install Maven");
    }

    @Test
    void whatIsMissingIsBuiltOnceAndShown() throws Exception {
        Path tools = tools();
        program(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                echo "$JAVA_HOME" >> maven-runs
                echo '[INFO] Building Outpost APF 0.1.0-SNAPSHOT       [3/8]'
                mkdir -p server/target/outpost/lib
                : > server/target/outpost/lib/server-0.1.0.jar
                """);

        Outcome first = run(folder, Map.of("PATH", tools.toString()), launcher.toString());
        Outcome second = run(folder, Map.of("PATH", tools.toString()), launcher.toString());

        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("building", "[3/8] Outpost APF 0.1.0-SNAPSHOT", "built.");
        assertThat(first.out()).noneMatch(line -> line.contains("Building"));
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(home.resolve("maven-runs"))).containsExactly(jdk.toString());
    }

    @Test
    void aBuildThatFailsShowsItsLog() throws Exception {
        Path tools = tools();
        program(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] no such thing'\nexit 1\n");

        Outcome outcome =
                run(folder, Map.of("PATH", tools.toString()), launcher.toString(), "version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("[ERROR] no such thing", "the build failed", "outpost-build.log");
    }

    private void build() throws IOException {
        Path lib = Files.createDirectories(home.resolve("server/target/outpost/lib"));
        Files.createFile(lib.resolve("server-0.1.0.jar"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path made = folder.toRealPath().resolve(name);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(made.resolve("bin/java"), TELLS_ITS_ARGUMENTS);
        program(made.resolve("bin/javac"), TELLS_ITS_ARGUMENTS);
        return made;
    }

    /** A folder with what the script itself runs, and neither Java nor Maven. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name :
                List.of(
                        "bash",
                        "sh",
                        "env",
                        "dirname",
                        "readlink",
                        "grep",
                        "sed",
                        "awk",
                        "cat",
                        "tee",
                        "tail",
                        "mkdir",
                        "flock")) {
            Path system = Path.of("/usr/bin", name);
            Path link = tools.resolve(name);
            if (Files.exists(system) && !Files.exists(link)) {
                Files.createSymbolicLink(link, system);
            }
        }
        return tools;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Path from, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .directory(from.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OUTPOST_"));
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("OUTPOST_JAVA", jdk.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }
}
