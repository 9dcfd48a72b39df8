package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class LogLevelCommandTest {
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

    @Test
    void listsTheLevels() {
        api.answer(
                "GET /api/v1/log-levels",
                200,
                "{\"data\":[{\"logger\":\"ROOT\",\"level\":\"info\"},"
                        + "{\"logger\":\"org.outpost\",\"level\":\"debug\"}]}");

        CommandRun run = CommandRun.of("log-level", "list", "--data-dir", folder.toString());

        assertThat(run.out())
                .isEqualTo(
                        """
                        LOGGER       LEVEL
                        ROOT         info
                        org.outpost  debug
                        """);
    }

    @Test
    void changesALevel() {
        api.answer("PUT /api/v1/log-levels/org.outpost.gateway", 204, "");

        CommandRun run =
                CommandRun.of(
                        "log-level", "set", "org.outpost.gateway", "debug", "--data-dir=" + folder);

        assertThat(run.out()).isEqualTo("org.outpost.gateway now logs at level debug.\n");
        assertThat(api.requests())
                .containsExactly(
                        "PUT /api/v1/log-levels/org.outpost.gateway {\"level\":\"debug\"}");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void knowsTheLevelsThereAre() {
        CommandRun run = CommandRun.of("log-level", "set", "root", "loud", "--data-dir=" + folder);

        assertThat(run.err()).contains("trace, debug, info, warn, error, off");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }
}
