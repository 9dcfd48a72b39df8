package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;

class SettingsCommandTest {
    private static final String ALLOW =
            """
            {"path":"egress.allow","value":["a.example.com:443"],"hidden":false,"source":"file",
             "place":"/etc/outpost.yaml:9","documentation":"Host names.",
             "change":"configuration-file","how":"Counts at once."}
            """;
    private static final String URL =
            """
            {"path":"database.url","value":null,"hidden":false,"source":"default","place":"",
             "documentation":"A PostgreSQL database.","change":"restart","how":"Restart."}
            """;

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
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--data-dir=" + folder;
        return CommandRun.of(all);
    }

    @Test
    void listsKeysWithTheirValuesAndWhereTheyComeFrom() {
        api.answer(
                "GET /api/v1/settings",
                200,
                "{\"data\":[" + URL + "," + ALLOW + "],\"totalCount\":2}");

        assertThat(run("settings", "list").out())
                .isEqualTo(
                        """
                        KEY           VALUE                  FROM
                        database.url  -                      default
                        egress.allow  ["a.example.com:443"]  /etc/outpost.yaml:9
                        """);
    }

    @Test
    void asksForAPart() {
        api.answer("GET /api/v1/settings?under=x.&written=true", 200, "{\"data\":[]}");

        assertThat(run("settings", "list", "x.", "--written").out())
                .isEqualTo("There is no such setting.\n");
    }

    @Test
    void showsOne() {
        api.answer("GET /api/v1/settings/egress.allow", 200, ALLOW);

        assertThat(run("settings", "show", "egress.allow").out())
                .isEqualTo(
                        """
                        Key      egress.allow
                        Value    ["a.example.com:443"]
                        From     /etc/outpost.yaml:9
                        Meaning  Host names.
                        Change   Counts at once.
                        """);
    }

    @Test
    void aKeyOfAListIsAskedForAsItIsWritten() {
        assertThat(run("settings", "show", "tunnel.listeners[0].port").exitCode()).isEqualTo(1);

        assertThat(api.requests())
                .containsExactly("GET /api/v1/settings/tunnel.listeners%5B0%5D.port");
    }
}
