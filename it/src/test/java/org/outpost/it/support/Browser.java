package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A headless Chromium with Open DMT's toolkit from npm; scenarios are in {@code drive.mjs}. */
public final class Browser {
    private static final String SETTINGS = "BROWSER_TEST";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SOURCES = Path.of("src", "test", "browser");
    private static final Path FOLDER = Path.of("target", "browser");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "page.html", "drive.mjs");
    private static final Duration INSTALL = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Map<String, String> settings;

    private Browser(Map<String, String> settings) {
        this.settings = settings;
    }

    /** Installs the toolkit where that was not done yet. Blocks. */
    public static Browser install(URI server, String bearer) {
        try {
            Files.createDirectories(FOLDER);
            for (String file : FILES) {
                Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.of(
                        "npm",
                        "ci",
                        "--prefix",
                        FOLDER.toString(),
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund")
                .within(INSTALL)
                .run()
                .succeeded();
        return new Browser(
                Map.of(
                        "server",
                        server.toString(),
                        "bearer",
                        bearer,
                        "browser",
                        Command.find("chromium").orElseThrow().toString(),
                        "pictures",
                        FOLDER.toAbsolutePath().toString()));
    }

    /** Plays a scenario with a device; gives what was seen. */
    public JsonNode play(String scenario, String guid) {
        return play(scenario, guid, FOLDER);
    }

    /**
     * Plays a scenario with a device; gives what was seen.
     *
     * @param image of a CD
     */
    public JsonNode play(String scenario, String guid, Path image) {
        Command.Result result = command(scenario, guid, image).within(PATIENCE).run();
        assertThat(result.exit()).as("%s%n%s", result.out(), result.err()).isZero();
        return JSON.readTree(result.out());
    }

    /** Plays a scenario that goes on until the process is closed. */
    public OutpostProcess begin(Path logFile, String scenario, String guid) {
        return OutpostProcess.start(
                logFile,
                Map.of(SETTINGS, settings(scenario, guid, FOLDER)),
                List.of("node", FOLDER.resolve("drive.mjs").toString()));
    }

    private Command command(String scenario, String guid, Path image) {
        return Command.of("node", FOLDER.resolve("drive.mjs").toString())
                .with(SETTINGS, settings(scenario, guid, image));
    }

    private String settings(String scenario, String guid, Path image) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("scenario", scenario);
        all.put("guid", guid);
        all.put("image", image.toAbsolutePath().toString());
        return JSON.writeValueAsString(all);
    }
}
