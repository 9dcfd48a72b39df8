package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

class WhyCommandTest {
    private static final String GUID = "4c4c4544-0046-4810-8031-b8c04f4d3332";

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
    void tellsTheAnswerInParagraphs() {
        api.answer(
                "GET /api/v1/why?target=pc-1",
                200,
                """
                {"known":true,"text":["pc-1 is not\\u001b connected.","Do this."],"devices":[]}
                """);

        CommandRun run = run("why", "pc-1");

        assertThat(run.out()).isEqualTo("pc-1 is not\\u001b connected.\n\nDo this.\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whereNothingIsKnownTheAdviceComesAllTheSameAndTheExitCodeIsOne() {
        api.answer(
                "GET /api/v1/why?target=pc-9",
                200,
                "{\"known\":false,\"text\":[\"Check the firewall.\"]}");

        CommandRun run = run("why", "pc-9");

        assertThat(run.out()).isEqualTo("Check the firewall.\n");
        assertThat(run.err()).isEqualTo("outpost: nothing is known of 'pc-9'\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void longParagraphsAreBrokenBetweenWords() {
        assertThat(Paragraph.of("one two three four five six", 20))
                .containsExactly("one two three four", "five six");
        assertThat(Paragraph.of("averyveryverylongwordthatstandsalone x", 20))
                .containsExactly("averyveryverylongwordthatstandsalone", "x");
        assertThat(Paragraph.of("", 80)).containsExactly("");
    }

    @Test
    void listsAttempts() {
        String time = Instant.now().minusSeconds(181).toString();
        api.answer(
                "GET /api/v1/attempts?address=203.0.113.0%2F24&failed=true&%24top=100&%24skip=0",
                200,
                """
                {"data":[{"source":"203.0.113.7","guid":null,"hostname":"","user":"",
                  "reached":"tls","outcome":"ca_not_trusted","failing":true,"tunnels":0,
                  "failures":12,"last":"%s","outcomes":[]}],"totalCount":1}
                """
                        .formatted(time));

        CommandRun run = run("attempts", "list", "--address", "203.0.113.0/24", "--failed");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                        ADDRESS      LAST       REACHED  OUTCOME         FAILED  TUNNELS  NAME  USER  GUID
                        203.0.113.7  3 min ago  tls      ca_not_trusted      12        0  -     -     -
                        """);
    }

    @Test
    void forgetsADeviceThatIsNotConnected() {
        device(false);
        api.answer("DELETE /api/v1/devices/" + GUID, 204, "");

        CommandRun run = run("device", "forget", "pc-1");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        "Forgotten: pc-1, " + GUID + ", which was bound to the credential one.\n");
    }

    @Test
    void aConnectedDeviceIsForgottenByForceOnly() {
        device(true);
        api.answer("DELETE /api/v1/devices/" + GUID + "?force=true", 204, "");

        assertThat(run("device", "forget", "pc-1"))
                .satisfies(
                        run -> {
                            assertThat(run.exitCode()).isEqualTo(1);
                            assertThat(run.err())
                                    .isEqualTo(
                                            "outpost: 'pc-1' is connected; to end its tunnel and"
                                                    + " forget it, add --force\n");
                        });
        assertThat(run("device", "forget", "pc-1", "--force").exitCode()).isZero();
        assertThat(api.requests()).endsWith("DELETE /api/v1/devices/" + GUID + "?force=true");
    }

    private void device(boolean connected) {
        api.answer(
                "GET /api/v1/devices/pc-1",
                200,
                """
                {"guid":"%s","hostname":"pc-1","connectionStatus":%b,"credential":"one",
                 "announcedGuid":"%s","address":"203.0.113.7","tunnel":null}
                """
                        .formatted(GUID, connected, GUID));
    }
}
