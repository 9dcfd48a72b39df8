package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Curl;
import org.outpost.it.support.ManagedDevice;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Somebody whose role is recorded, a colleague whose role is not, and who looks at it later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordingIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSWORD = "correct horse battery";

    private Path folder;
    private ManagedDevice device;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        device =
                new ManagedDevice(folder, "recording", ServerSetup.in(folder).apiUsersAsConsoles());
        user("iris", true);
        user("otto", false);
        device.restart();
    }

    private void user(String name, boolean recorded) throws IOException {
        made(
                "roles",
                "{\"name\":\"role-of-%s\",\"rights\":[\"view\",\"power\",\"redirect\",\"tunnel:*\"],\"recorded\":%s}"
                        .formatted(name, recorded));
        made(
                "users",
                "{\"name\":\"%s\",\"password\":\"%s\",\"grants\":[{\"role\":\"role-of-%s\",\"tenant\":\"*\"}]}"
                        .formatted(name, PASSWORD, name));
        HttpResponse<String> session =
                device.server()
                        .api()
                        .post(
                                "authorize",
                                "{\"username\":\"%s\",\"password\":\"%s\"}"
                                        .formatted(name, PASSWORD));
        Files.writeString(
                token(name), JSON.readTree(session.body()).path("token").asString() + "\n");
    }

    private void made(String what, String body) {
        HttpResponse<String> answer = device.server().api().post(what, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private Path token(String name) {
        return folder.resolve(name + ".token");
    }

    @AfterAll
    void stop() {
        device.close();
    }

    /** Types at the PC's login until its system runs and answers. */
    private Command.Result typesAs(String name) {
        return await().atMost(Duration.ofSeconds(90))
                .until(
                        () ->
                                device.outpost(
                                                "device",
                                                "sol",
                                                device.name(),
                                                "--linger",
                                                "3",
                                                "--token-file",
                                                token(name).toString())
                                        .fedWith("root\runame -a\r")
                                        .run(),
                        result -> result.out().contains("Linux"));
    }

    private List<JsonNode> recordings() {
        return JSON.readTree(device.outpost("recording", "list", "--json").run().succeeded().out())
                .path("data")
                .valueStream()
                .toList();
    }

    @Test
    void whatARecordedPersonSawIsPlayedAndThatIsWrittenDown() throws IOException {
        Command.Result seen = typesAs("iris");
        assertThat(seen.err()).contains("recorded");
        assertThat(seen.out()).contains("This session is recorded.");

        JsonNode made =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () -> recordings().getFirst(),
                                one -> one.path("state").asString().equals("whole"));
        String id = made.path("id").asString();
        assertThat(made.path("user").asString()).isEqualTo("iris");
        assertThat(made.path("guid").asString()).isEqualTo(device.guid());
        assertThat(device.outpost("recording", "list").run().succeeded().out())
                .contains(id, "iris", "whole");
        assertThat(device.outpost("recording", "play", id).run().succeeded().out())
                .contains("This session is recorded.", "Linux");
        Path file = folder.resolve("session.cast");
        device.outpost("recording", "save", id, file.toString()).run().succeeded();
        assertThat(Files.readAllLines(file).getFirst()).contains("\"version\": 2", "\"width\"");

        assertThat(device.outpost("audit", "list").run().succeeded().out())
                .contains("play-recording");
        assertThat(
                        device.outpost(
                                        "recording",
                                        "play",
                                        id,
                                        "--token-file",
                                        token("iris").toString())
                                .run()
                                .exit())
                .as("for who has the right admin alone")
                .isEqualTo(1);
    }

    @Test
    void whoIsNotRecordedHearsNothingOfIt() {
        Command.Result seen = typesAs("otto");

        assertThat(seen.out() + seen.err()).doesNotContain("recorded");
        assertThat(recordings().stream().map(one -> one.path("user").asString()))
                .doesNotContain("otto");
    }

    @Test
    @NeedsTool("curl")
    void whoMustBeRecordedIsLetThroughNoDoor() {
        assertThat(throughTheProxy("iris")).isEqualTo("403");
        assertThat(throughTheProxy("otto")).isNotEqualTo("403");
        assertThat(
                        Curl.run(
                                        "-x",
                                        "socks5h://iris:%s@127.0.0.1:%d"
                                                .formatted(
                                                        PASSWORD.replace(" ", "%20"),
                                                        device.server().config().socksPort()),
                                        "-k",
                                        "https://" + device.name() + ":16993/")
                                .exit())
                .as("curl: the proxy's handshake failed")
                .isEqualTo(97);
    }

    private String throughTheProxy(String name) {
        return Curl.run(
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_connect}",
                        "-k",
                        "-p",
                        "-x",
                        "http://127.0.0.1:" + device.server().config().httpProxyPort(),
                        "-U",
                        name + ":" + PASSWORD,
                        "https://" + device.name() + ":16993/")
                .out();
    }
}
