package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The commands for users, tokens and the audit trail, against a whole server. */
@TestInstance(Lifecycle.PER_CLASS)
class AccountCommandsTest {
    private Path folder;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        server = new RunningServer(folder, "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private record Ran(int code, String out, String err) {}

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                OutpostMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int code =
                line.execute(
                        Stream.concat(
                                        Stream.of(arguments),
                                        Stream.of(
                                                "--data-dir",
                                                server.data("").toAbsolutePath().toString()))
                                .toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private Ran ok(String... arguments) {
        Ran ran = run(arguments);
        assertThat(ran.code()).as("%s%s", ran.out(), ran.err()).isZero();
        return ran;
    }

    private Ran typing(String typed, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void imagesComeAndGo() throws Exception {
        Path image = Files.write(folder.resolve("rescue.iso"), new byte[4096]);

        assertThat(run("image", "add", image.toString(), "--as", "small.iso").out())
                .contains("The server has small.iso, 4.0 KiB.");
        assertThat(run("image", "list").out()).contains("small.iso").contains("upload");
        assertThat(run("image", "add", image.toString(), "--as", "no name").err())
                .contains("The name of an image");
        assertThat(run("image", "add", "missing.iso").err()).contains("cannot read the file");
        assertThat(run("image", "remove", "small.iso").code()).isZero();
        assertThat(run("image", "remove", "small.iso").code()).isEqualTo(1);
        assertThat(run("device", "mount", "nobody", "--image", "x.iso").err())
                .contains("no device is called 'nobody'");
        assertThat(run("device", "mount", "nobody").code()).isEqualTo(2);
    }

    @Test
    void keysAreRotatedByACommand() {
        Ran done = run("secret", "rotate");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).containsPattern("Encrypted \\d+ passwords under the new key");
        assertThat(run("secret", "rotate", "--json").out()).contains("\"retired\"");
    }

    @Test
    void usersAreMadeListedChangedAndRemoved() throws Exception {
        Ran made = typing("correct horse battery\n", "user", "add", "iris", "--role", "helpdesk");
        assertThat(made).isEqualTo(new Ran(0, "iris may sign in." + System.lineSeparator(), ""));
        server.signIn("iris", "correct horse battery");
        assertThat(ok("user", "list").out())
                .contains("NAME", "iris", "first password", "helpdesk", "administrator@*");

        Ran weak = typing("short\n", "user", "password", "iris");
        assertThat(weak.code()).isEqualTo(1);
        assertThat(weak.err()).contains("12 to 256 characters");
        assertThat(typing("another horse battery\n", "user", "password", "iris").out())
                .contains("was set");
        server.signIn("iris", "another horse battery");

        assertThat(ok("user", "change", "iris", "--role", "viewer", "--disable").out())
                .isEqualTo("iris: disabled, viewer" + System.lineSeparator());
        assertThat(run("user", "change", "iris", "--role", "a:b:c").err())
                .contains("write ROLE, ROLE:GROUP");
        assertThat(run("user", "change", "iris", "--role", "nothing").err())
                .contains("There is no role nothing");
        assertThat(run("user", "change", "iris").err()).contains("--enable or --disable");
        ok("user", "remove", "iris");
        assertThat(run("user", "remove", "iris").err()).contains("There is no user iris");
        assertThat(run("user", "remove", "admin").err()).contains("last user");
    }

    @Test
    void aTokenForAProgramIsMadeUsedAndRevoked() throws Exception {
        ok("user", "add", "backup", "--no-password", "--role", "viewer@*");
        List<String> made =
                ok("token", "create", "--user", "backup", "--label", "nightly", "--right", "view")
                        .out()
                        .lines()
                        .toList();
        String token = made.getFirst();
        assertThat(server.call("GET", "/api/v1/devices", token, "").status()).isEqualTo(200);

        assertThat(ok("token", "list", "--user", "backup").out())
                .contains("nightly", "view", "never")
                .doesNotContain(token);
        ok("token", "revoke", "--user", "backup", token.split("_", 3)[1]);
        assertThat(server.call("GET", "/api/v1/devices", token, "").status()).isEqualTo(401);
        assertThat(ok("token", "list", "--user", "backup").out()).contains("has no token");
        assertThat(run("token", "create").code()).isEqualTo(2);
    }

    @Test
    void theAuditTrailIsShownExportedAndVerified() throws Exception {
        ok("user", "add", "trail", "--no-password");
        ok("user", "remove", "trail");
        Path export = folder.resolve("export.jsonl");
        await().until(() -> ok("audit", "list", "--text", "trail").out().contains("remove-user"));
        assertThat(ok("audit", "list", "--action", "add-user").out())
                .contains("WHO", "@local", "add-user", "done", "trail");
        assertThat(ok("audit", "list", "--user", "nobody").out()).contains("Nothing of that kind");

        ok("audit", "export", export.toString());
        assertThat(run("audit", "export", export.toString()).err()).contains("is there already");
        assertThat(ok("audit", "verify", export.toString()).out()).contains("is sound", "sealed");
        Path keys = Files.writeString(folder.resolve("keys.pem"), ok("audit", "keys").out());
        ok("audit", "verify", export.toString(), "--keys", keys.toString());

        Files.writeString(
                export, Files.readString(export).replace("\"remove-user\"", "\"change-user\""));
        Ran broken = run("audit", "verify", export.toString());
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("is not sound", "entry");
    }
}
