package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

class DeviceCommandTest {
    private static final String GUID = "4c4c4544-0046-4810-8031-b8c04f4d3332";
    private static final String TUNNEL =
            """
            {"id":17,"guid":"%s","hostname":"pc-0001.example.test","credential":"demo",
             "address":"127.0.0.1:50812","since":"%s","protocol":"TLSv1.3",
             "cipher":"TLS_AES_128_GCM_SHA256","ports":[623,16992],"channels":2,
             "bytesIn":1536,"bytesOut":99,
             "bytesInPerSecond":0,"bytesOutPerSecond":2048,"keepAliveSeconds":30}
            """
                    .formatted(GUID, minutesAgo(3));

    @TempDir private Path folder;
    private TestAuthority authority;
    private FakeApi api;

    @BeforeEach
    void startServer() throws Exception {
        authority = new TestAuthority();
        api = new FakeApi(authority.serverContext());
        api.describe(folder, authority);
    }

    @AfterEach
    void stopServer() {
        api.close();
    }

    private static String minutesAgo(int minutes) {
        return Instant.now().minusSeconds(minutes * 60L + 1).toString();
    }

    private static String device(String name, boolean connected, String tunnel) {
        return """
        {"guid":"%s","hostname":"%s","connectionStatus":%b,"credential":"demo",
         "announcedGuid":"%s","firstSeen":"%s","lastSeen":"%s","address":"127.0.0.1:50812",
         "tunnel":%s}
        """
                .formatted(GUID, name, connected, GUID, minutesAgo(120), minutesAgo(3), tunnel);
    }

    private CommandRun run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--data-dir=" + folder;
        return CommandRun.of(all);
    }

    @Test
    void listsDevicesInATable() {
        api.answer(
                "GET /api/v1/devices?%24top=100&%24skip=0&%24count=true",
                200,
                "{\"data\":["
                        + device("pc-0001.example.test", true, "17")
                        + ","
                        + device("pc-0002", false, "null")
                        + "],\"totalCount\":2}");

        CommandRun run = run("device", "list");

        assertThat(run.out())
                .isEqualTo(
                        """
                        NAME                  STATE      LAST SEEN  GUID                                  ADDRESS          CREDENTIAL
                        pc-0001.example.test  connected  3 min ago  4c4c4544-0046-4810-8031-b8c04f4d3332  127.0.0.1:50812  demo
                        pc-0002               offline    3 min ago  4c4c4544-0046-4810-8031-b8c04f4d3332  127.0.0.1:50812  demo
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void asksForAPartOfTheDevices() {
        api.answer(
                "GET /api/v1/devices?search=lab%20%26%20co&connected=false&%24top=1&%24skip=7&%24count=true",
                200, "{\"data\":[" + device("lab & co", false, "null") + "],\"totalCount\":9}");

        CommandRun run =
                run("device", "list", "--search", "lab & co", "--offline", "--top=1", "--skip=7");

        assertThat(run.out()).endsWith("Devices 8 to 8 of 9.\n").contains("lab & co  offline");
    }

    @Test
    void saysThatThereAreNone() {
        api.answer(
                "GET /api/v1/devices?%24top=100&%24skip=0&%24count=true",
                200, "{\"data\":[],\"totalCount\":0}");
        api.answer(
                "GET /api/v1/devices?search=x&%24top=100&%24skip=0&%24count=true",
                200, "{\"data\":[],\"totalCount\":0}");
        api.answer(
                "GET /api/v1/devices?%24top=100&%24skip=9&%24count=true",
                200, "{\"data\":[],\"totalCount\":1}");

        assertThat(run("device", "list").out()).isEqualTo("No device has called in yet.\n");
        assertThat(run("device", "list", "--search=x").out())
                .isEqualTo("There is no such device.\n");
        assertThat(run("device", "list", "--skip=9").out())
                .isEqualTo("There are only 1 device to list.\n");
    }

    @Test
    void printsTheAnswerForProgramsAsOneAsciiDocument() {
        api.answer(
                "GET /api/v1/devices?%24top=100&%24skip=0&%24count=true",
                200,
                "{\"data\":[{\"guid\":\"g\",\"hostname\":\"Büro\\u001b[2J\\u009b\",\"new\":1}],"
                        + "\"totalCount\":1}");

        assertThat(run("device", "list", "--json").out())
                .isEqualTo(
                        """
                        {
                          "data" : [ {
                            "guid" : "g",
                            "hostname" : "B\\u00FCro\\u001B[2J\\u009B",
                            "new" : 1
                          } ],
                          "totalCount" : 1
                        }
                        """);
    }

    @Test
    void refusesTwoStatesAtOnceAndNegativeNumbers() {
        assertThat(run("device", "list", "--connected", "--offline").exitCode()).isEqualTo(2);
        CommandRun run = run("device", "list", "--top=0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--top must be 1 or more");
    }

    @Test
    void showsADeviceAndItsTunnel() {
        api.answer(
                "GET /api/v1/devices/pc-0001", 200, device("pc-0001.example.test", true, TUNNEL));

        CommandRun run = run("device", "show", "pc-0001");

        assertThat(run.out().replaceAll("\\d{4}-\\d\\d-\\d\\d .{15}", "MOMENT"))
                .isEqualTo(
                        """
                        Name           pc-0001.example.test
                        GUID           4c4c4544-0046-4810-8031-b8c04f4d3332
                        State          connected
                        Credential     demo
                        Address        127.0.0.1:50812
                        First seen     MOMENT (2 h ago)
                        Last seen      MOMENT (3 min ago)
                        Tunnel         17
                          since        MOMENT (3 min ago)
                          security     TLSv1.3, TLS_AES_128_GCM_SHA256
                          ports        623, 16992
                          channels     2
                          from device  1.5 KiB
                          to device    99 B, now 2.0 KiB/s
                          keep-alive   every 30 s
                        """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysThatADeviceIsUnknown() {
        api.answer(
                "GET /api/v1/devices/a%2Fb",
                404, "{\"title\":\"Not Found\",\"detail\":\"No such device\"}");

        CommandRun run = run("device", "show", "a/b");

        assertThat(run.err())
                .isEqualTo(
                        "outpost: no device is called 'a/b'; see which there are with: outpost"
                                + " device list\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void passesOnWhichDevicesANameMayMean() {
        api.answer(
                "GET /api/v1/devices/pc",
                409,
                "{\"title\":\"Ambiguous name\",\"detail\":\"'pc' may be pc.a.test or pc.b.test\"}");

        CommandRun run = run("device", "show", "pc");

        assertThat(run.err())
                .isEqualTo("outpost: Ambiguous name: 'pc' may be pc.a.test or pc.b.test\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void runsAsAProcessAndFitsTheTerminal() throws Exception {
        api.answer(
                "GET /api/v1/devices?%24top=100&%24skip=0&%24count=true",
                200,
                "{\"data\":[" + device("pc-0001.example.test", true, "17") + "],\"totalCount\":1}");

        CommandRun run =
                CommandRun.inProcess(
                        Map.of("OUTPOST_DATA_DIR", folder.toString(), "COLUMNS", "76"),
                        folder,
                        "device",
                        "list");

        assertThat(run.out())
                .isEqualTo(
                        """
                        NAME              STATE      LAST SEEN  GUID
                        pc-0001.examp...  connected  3 min ago  4c4c4544-0046-4810-8031-b8c04f4d3332
                        (not shown in this narrow terminal: ADDRESS, CREDENTIAL)
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }
}
