package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

class TunnelCommandTest {
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

    private static String device(String tunnel) {
        return "{\"guid\":\"g\",\"connectionStatus\":true,\"tunnel\":" + tunnel + "}";
    }

    @Test
    void listsTunnelsInATable() {
        String since = Instant.now().minusSeconds(12).toString();
        api.answer(
                "GET /api/v1/tunnels",
                200,
                """
                {"data":[{"id":7,"guid":"4c4c","hostname":"pc-0001","credential":"demo",
                 "address":"[::1]:50812","since":"%s","protocol":"TLSv1.2","cipher":"X",
                 "ports":[16992],"channels":2,"bytesIn":2048,"bytesOut":10,"bytesInPerSecond":1536,"bytesOutPerSecond":0,
                 "keepAliveSeconds":30}],"totalCount":1}
                """
                        .formatted(since));

        CommandRun run = run("tunnel", "list");

        assertThat(run.out().replaceAll("1[2-9] s ago", "12 s ago"))
                .isEqualTo(
                        """
                        ID  NAME     SINCE     CHANNELS  FROM DEVICE  TO DEVICE  RATE FROM  RATE TO  TLS      ADDRESS      GUID
                         7  pc-0001  12 s ago         2      2.0 KiB       10 B  1.5 KiB/s        -  TLSv1.2  [::1]:50812  4c4c
                        """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theBusiestComeFirstWhereThatIsWanted() {
        api.answer(
                "GET /api/v1/tunnels?sort=busiest&%24top=1",
                200,
                """
                {"data":[{"id":7,"guid":"4c4c","channels":2,"bytesIn":2048,"bytesOut":10,
                 "bytesInPerSecond":0,"bytesOutPerSecond":0,"keepAliveSeconds":30}],
                 "totalCount":3}
                """);

        assertThat(run("tunnel", "list", "--busiest", "--top", "1").out())
                .endsWith("1 of 3 tunnels.\n");
        assertThat(run("tunnel", "list", "--top", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void watchingNeedsATerminal() {
        CommandRun run = run("tunnel", "list", "--watch");

        assertThat(run.err()).contains("--watch needs a terminal");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void showsOneTunnel() {
        api.answer(
                "GET /api/v1/tunnels/7",
                200,
                """
                {"id":7,"guid":"4c4c","hostname":"pc-1","ports":[16992],"channels":2,
                 "bytesIn":2048,"bytesOut":10,"bytesInPerSecond":1536,"bytesOutPerSecond":0,
                 "keepAliveSeconds":30}
                """);

        assertThat(run("tunnel", "show", "7").out())
                .contains("  from device  2.0 KiB, now 1.5 KiB/s\n  to device    10 B\n");
    }

    @Test
    void saysThatNoTunnelIsOpen() {
        api.answer("GET /api/v1/tunnels", 200, "{\"data\":[],\"totalCount\":0}");

        assertThat(run("tunnel", "list").out()).isEqualTo("No tunnel is open.\n");
    }

    @Test
    void endsTunnelsByNumberAndByDevice() {
        api.answer("DELETE /api/v1/tunnels/7", 204, "");
        api.answer("DELETE /api/v1/tunnels/9", 204, "");
        api.answer("GET /api/v1/devices/pc-0002", 200, device("{\"id\":9}"));

        CommandRun run = run("tunnel", "reset", "7", "pc-0002");

        assertThat(run.out()).isEqualTo("Tunnel 7 ended.\nTunnel 9 of pc-0002 ended.\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void endsTheOthersWhenOneCannotBeEnded() {
        api.answer("DELETE /api/v1/tunnels/7", 404, "{}");
        api.answer("GET /api/v1/devices/pc-0002", 200, device("null"));
        api.answer("GET /api/v1/devices/pc-0003", 200, device("3"));
        api.answer("DELETE /api/v1/tunnels/3", 204, "");

        CommandRun run = run("tunnel", "reset", "7", "pc-0002", "pc-0003", "--json");

        assertThat(run.out())
                .isEqualTo(
                        """
                        {
                          "data" : [ {
                            "target" : "pc-0003",
                            "tunnel" : "3"
                          } ]
                        }
                        """);
        assertThat(run.err())
                .isEqualTo(
                        """
                        outpost: no tunnel has the number 7; see which there are with: outpost tunnel list
                        'pc-0002' has no tunnel: it is not connected
                        """);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void needsToKnowWhich() {
        CommandRun run = run("tunnel", "reset");

        assertThat(run.err()).contains("Missing required parameter: 'ID|NAME|GUID'");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
