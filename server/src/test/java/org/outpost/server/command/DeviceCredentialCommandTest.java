package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

class DeviceCredentialCommandTest {
    private static final String DEVICE = "4c4c4544-005a-3510-8047-b4c04f564433";
    private static final String LIST =
            "GET /api/v1/device-credentials?revoked=false&%24top=100&%24skip=0";

    @TempDir private Path folder;
    private FakeApi api;

    @BeforeEach
    void startServer() throws Exception {
        TestAuthority authority = new TestAuthority();
        api = new FakeApi(authority.serverContext());
        api.describe(folder, authority);
    }

    @AfterEach
    void stopServer() {
        api.close();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(
                Stream.of(
                                Stream.of("device", "credential"),
                                Stream.of(arguments),
                                Stream.of("--data-dir=" + folder))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    @Test
    void showsThePasswordOnceWhenItIsMade() {
        api.answer(
                "POST /api/v1/device-credentials",
                201,
                """
                {"data":[{"id":"i","user":"dabc","password":"Aa2!xxxxxxxxxxxx","device":"%s",
                 "label":"desk","created":"2026-11-01T12:00:00Z"}],"totalCount":1}
                """
                        .formatted(DEVICE));

        CommandRun run = run("create", "--device", DEVICE, "--label", "desk");

        assertThat(run.out())
                .isEqualTo(
                        """
                        USER  PASSWORD          DEVICE                                LABEL
                        dabc  Aa2!xxxxxxxxxxxx  4c4c4544-005a-3510-8047-b4c04f564433  desk
                        The password is not shown again.
                        """);
        assertThat(api.requests())
                .singleElement()
                .asString()
                .contains("\"device\":\"" + DEVICE + "\"")
                .contains("\"count\":1");
    }

    @Test
    void listsWithoutPasswords() {
        api.answer(
                LIST,
                200,
                """
                {"data":[{"id":"i","user":"dabc","device":null,"label":"","created":"%s",
                 "revoked":null}],"totalCount":3}
                """
                        .formatted(Instant.now().minusSeconds(150)));

        CommandRun run = run("list");

        assertThat(run.out())
                .isEqualTo(
                        """
                        USER  STATE  CREATED    DEVICE  LABEL
                        dabc  good   2 min ago  -       -
                        Credentials 1 to 1 of 3.
                        """);
    }

    @Test
    void saysHowToMakeTheFirst() {
        api.answer(LIST, 200, "{\"data\":[],\"totalCount\":0}");

        assertThat(run("list").out()).contains("outpost device credential create");
    }

    @Test
    void revokesWhatThereIsAndNamesWhatThereIsNot() {
        api.answer("DELETE /api/v1/device-credentials/dabc", 200, "{\"user\":\"dabc\"}");
        api.answer("DELETE /api/v1/device-credentials/nobody", 404, "{}");

        CommandRun run = run("revoke", "dabc", "nobody");

        assertThat(run.out()).isEqualTo("Credential dabc revoked.\n");
        assertThat(run.err()).contains("no credential has the id or user name 'nobody'");
        assertThat(run.exitCode()).isOne();
    }

    @Test
    void whatTheServerRefusesIsSaidInItsWords() {
        api.answer(
                "POST /api/v1/device-credentials",
                409,
                "{\"detail\":\"No device could sign in with it.\"}");

        CommandRun run = run("create");

        assertThat(run.err()).contains("No device could sign in with it");
        assertThat(run.exitCode()).isOne();
    }
}
