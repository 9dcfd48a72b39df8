package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

class ChannelCommandTest {
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

    private static String channel(String guid, String tunnel, String user) {
        return """
        {"id":52,"guid":%s,"hostname":"pc-1","port":16995,"route":"%s","tunnel":%s,
         "door":"web","means":"kvm","user":"%s","address":"192.0.2.8:51234","since":"%s",
         "bytesToDevice":10,"bytesToConsole":2048,
         "bytesToDevicePerSecond":0,"bytesToConsolePerSecond":1536}
        """
                .formatted(
                        guid,
                        tunnel.equals("null") ? "lan" : "tunnel",
                        tunnel,
                        user,
                        Instant.now().minusSeconds(12));
    }

    private void answerList(String query, String channel, int total) {
        api.answer(
                "GET /api/v1/channels?%24top=100&%24skip=0" + query,
                200,
                "{\"data\":[" + channel + "],\"totalCount\":" + total + "}");
    }

    @Test
    void listsWhoTalksToWhom() {
        answerList("", channel('"' + GUID + '"', "17", "ann\\u001b[2J"), 1);

        assertThat(run("channel", "list").out().replaceAll("1[2-9] s ago", "12 s ago"))
                .isEqualTo(
                        """
                        ID  DEVICE   PORT  USER          DOOR  MEANS  SINCE     TO DEVICE  TO CONSOLE  RATE TO  RATE FROM  ADDRESS          ROUTE
                        52  pc-1    16995  ann\\u001b[2J  web   kvm    12 s ago       10 B     2.0 KiB        -  1.5 KiB/s  192.0.2.8:51234  tunnel 17
                        """);
    }

    @Test
    void asksForOneDeviceOneUserAndOneDoor() {
        api.answer(
                "GET /api/v1/devices/pc-1",
                200,
                "{\"guid\":\"" + GUID + "\",\"connectionStatus\":true}");
        answerList("&guid=" + GUID + "&user=ann&door=web", channel("null", "null", ""), 3);

        assertThat(run("channel", "list", "--device", "pc-1", "--user", "ann", "--door", "web"))
                .satisfies(
                        run -> {
                            assertThat(run.out()).contains(" lan\n", "Channels 1 to 1 of 3.\n");
                            assertThat(run.exitCode()).isZero();
                        });
    }

    @Test
    void saysThatThereIsNone() {
        answerList("", "", 0);

        assertThat(run("channel", "list").out()).isEqualTo("No such channel is open.\n");
    }

    @Test
    void showsOne() {
        api.answer("GET /api/v1/channels/52", 200, channel("null", "null", "ann"));

        assertThat(run("channel", "show", "52").out())
                .contains(
                        "GUID        -\n",
                        "Route       lan\n",
                        "To device   10 B\n",
                        "To console  2.0 KiB, now 1.5 KiB/s\n");
    }

    @Test
    void cutsTheOthersWhenOneIsNotThere() {
        api.answer("DELETE /api/v1/channels/52", 204, "");
        api.answer(
                "DELETE /api/v1/channels/9",
                404,
                "{\"detail\":\"No channel has the number 9; it may have been closed.\"}");

        CommandRun run = run("channel", "reset", "9", "52");

        assertThat(run.out()).isEqualTo("Channel 52 is cut.\n");
        assertThat(run.err()).contains("No channel has the number 9");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run("channel", "reset", "pc-1").exitCode()).isEqualTo(2);
    }
}
