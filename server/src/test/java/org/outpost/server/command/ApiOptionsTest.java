package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How the commands find their server and trust it, and what they say when they do not. */
class ApiOptionsTest {
    @TempDir private Path folder;
    private TestAuthority authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = new TestAuthority();
    }

    private FakeApi server() throws Exception {
        FakeApi api = new FakeApi(authority.serverContext());
        api.answer("GET /api/v1/tunnels", 200, "{\"data\":[],\"totalCount\":0}");
        return api;
    }

    private CommandRun list(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "tunnel";
        arguments[1] = "list";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(arguments);
    }

    private String dataDirectory() {
        return "--data-dir=" + folder;
    }

    @Test
    void findsTheServerByItsDataFolder() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);

            assertThat(list(dataDirectory()).exitCode()).isZero();
        }
    }

    @Test
    void findsTheServerByAllThatIsNamed() throws Exception {
        try (FakeApi api = server()) {
            authority.write(folder.resolve("authority.pem"));
            Files.writeString(folder.resolve("token"), FakeApi.TOKEN + "\n");

            assertThat(
                            list(
                                            "--server",
                                            api.url().replace("https://", ""),
                                            "--ca",
                                            folder.resolve("authority.pem").toString(),
                                            "--token-file",
                                            folder.resolve("token").toString())
                                    .out())
                    .isEqualTo("No tunnel is open.\n");
            assertThat(
                            list(
                                            "--server=" + api.url(),
                                            "--ca=" + folder.resolve("authority.pem"),
                                            "--token=" + FakeApi.TOKEN)
                                    .exitCode())
                    .isZero();
        }
    }

    @Test
    void saysHowToStartAServerWhereNoneHasRun() {
        CommandRun run = list(dataDirectory());

        assertThat(run.err())
                .isEqualTo(
                        "outpost: no server has run on "
                                + folder
                                + " (it has no api.json); start one with ./outpost serve, or name"
                                + " its folder with --data-dir or its address with --server\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void saysHowToStartTheServerWhenNobodyAnswers() throws Exception {
        String url;
        try (FakeApi api = server()) {
            api.describe(folder, authority);
            url = api.url();
        }

        CommandRun run = list(dataDirectory());

        assertThat(run.err())
                .isEqualTo(
                        "outpost: no server answers at "
                                + url
                                + "; start it with ./outpost serve\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void saysThatNobodyKnowsTheHost() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);
        }

        assertThat(list(dataDirectory(), "--server=nowhere.invalid").err())
                .contains("nobody knows the host nowhere.invalid");
    }

    @Test
    void saysThatTheTokenIsNotKnown() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);
            Files.writeString(folder.resolve("cli.token"), "another");

            CommandRun run = list(dataDirectory());

            assertThat(run.err())
                    .contains("does not know the token in " + folder.resolve("cli.token"))
                    .doesNotContain("another");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void saysThatThereIsNoToken() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);
            Files.delete(folder.resolve("cli.token"));

            assertThat(list(dataDirectory()).err())
                    .contains("there is no token in " + folder.resolve("cli.token"));
        }
    }

    @Test
    void saysWhoseTokenItMayNotRead() throws Exception {
        Path file = folder.resolve("cli.token");
        Files.writeString(file, FakeApi.TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads everything");

        try (FakeApi api = server()) {
            api.describe(folder.resolve("other"), authority);
            CommandRun run = list("--data-dir=" + folder.resolve("other"), "--token-file=" + file);
            assertThat(run.err())
                    .contains("may not read the token in " + file)
                    .contains(Files.getOwner(file).getName());
        }
    }

    @Test
    void trustsNoOtherAuthorityEvenOfTheSameName() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, new TestAuthority());

            CommandRun run = list(dataDirectory());

            assertThat(run.err())
                    .isEqualTo(
                            "outpost: the server at "
                                    + api.url()
                                    + " shows a certificate that is not from the CA in "
                                    + folder.resolve("ca.crt")
                                    + ": it is another server, or --ca must name another file\n");
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        GeneralName other = new GeneralName(GeneralName.dNSName, "other.test");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        try (FakeApi api = new FakeApi(authority.serverContext(other, tomorrow))) {
            api.describe(folder, authority);

            assertThat(list(dataDirectory()).err()).contains("is for another name");
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        GeneralName address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        try (FakeApi api = new FakeApi(authority.serverContext(address, yesterday))) {
            api.describe(folder, authority);

            assertThat(list(dataDirectory()).err()).contains("has expired");
        }
    }

    @Test
    void refusesToTalkInTheClear() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);

            assertThat(list(dataDirectory(), "--server=http://127.0.0.1:1").err())
                    .contains("write it as https://HOST:PORT");
        }
    }

    @Test
    void saysThatWhatAnswersIsNoServerOfOurs() throws Exception {
        try (FakeApi api = server()) {
            api.describe(folder, authority);
            api.answer("GET /api/v1/tunnels", 200, "<html>");
            assertThat(list(dataDirectory()).err()).contains("is not an Outpost server");

            api.answer("GET /api/v1/tunnels", 200, "{\"data\":7}");
            assertThat(list(dataDirectory()).err()).contains("is not an Outpost server");

            api.answer("GET /api/v1/tunnels", 502, "<html>");
            assertThat(list(dataDirectory()).err()).contains("answered with status 502");
        }
    }

    @Test
    void saysThatTheConnectionBroke() throws Exception {
        try (FakeApi api = server();
                ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            api.describe(folder, authority);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    closing.accept().close();
                                } catch (IOException _) {
                                    // the test is over
                                }
                            });

            CommandRun run = list(dataDirectory(), "--server=127.0.0.1:" + closing.getLocalPort());

            assertThat(run.err()).startsWith("outpost: ").doesNotContain("null");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void takesOneTokenOnly() {
        CommandRun run = list("--token=a", "--token-file=b");

        assertThat(run.err()).contains("mutually exclusive");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void looksForDataBelowTheInstallationUnlessTheEnvironmentNamesAnother() {
        assertThat(DefaultDataDirectory.of(Map.of(), "/opt/outpost").path())
                .isEqualTo(Path.of("/opt/outpost/data"));
        assertThat(DefaultDataDirectory.of(Map.of(), null).path()).isEqualTo(Path.of("data"));
        assertThat(DefaultDataDirectory.of(Map.of("OUTPOST_DATA_DIR", "/d"), "/opt").path())
                .isEqualTo(Path.of("/d"));
    }
}
