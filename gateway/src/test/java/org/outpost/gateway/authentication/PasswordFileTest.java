package org.outpost.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

final class PasswordFileTest {
    @TempDir private Path folder;
    private Path file;
    private final PasswordHasher hasher = new PasswordHasher();
    private PasswordFile users;

    @BeforeEach
    void name() {
        file = folder.resolve("devices.passwd");
        users = new PasswordFile(file, hasher, PasswordFile.ClearPasswords.WARNED_OF);
    }

    @AfterEach
    void close() {
        hasher.close();
    }

    @Test
    void acceptsTheUsersItNamesAndNoOthers() throws Exception {
        Files.writeString(
                file, "# fleet\n\nalice:secret\nbob:with:colons and spaces \nzoë:pässwörd\n");

        assertThat(ask("alice", "secret")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask("bob", "with:colons and spaces ")).isEqualTo(new Verdict.Accepted("bob"));
        assertThat(ask("zoë", "pässwörd")).isEqualTo(new Verdict.Accepted("zoë"));
        assertThat(ask("alice", "Secret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("Alice", "secret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("alice", "")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("alice", null)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("", null)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("# fleet", "")).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void isReadAgainWhenItChanges() throws Exception {
        Files.writeString(file, "alice:one\n");
        assertThat(ask("alice", "one")).isInstanceOf(Verdict.Accepted.class);

        Files.writeString(file, "alice:three\nbob:two\n");

        assertThat(ask("alice", "one")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("bob", "two")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aMissingFileSaysSoUntilItIsThere() throws Exception {
        assertThat(ask("alice", "secret"))
                .isEqualTo(new Verdict.Unavailable("password file does not exist"));

        Files.writeString(file, "alice:secret\n");
        assertThat(ask("alice", "secret")).isInstanceOf(Verdict.Accepted.class);

        Files.delete(file);
        assertThat(ask("alice", "secret")).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void aBadLineIsNamedByItsNumberAndNeverQuoted() throws Exception {
        Files.writeString(file, "alice:secret\njust-a-password\n");

        assertThat(ask("alice", "secret"))
                .isEqualTo(new Verdict.Unavailable("password file line 2: expected user:password"));
        assertThatThrownBy(() -> PasswordFile.check(file))
                .isInstanceOf(PasswordFileException.class)
                .hasMessage("line 2: expected user:password");
    }

    @Test
    void emptyNamesEmptyPasswordsAndDoublesAreBadLines() throws Exception {
        Files.writeString(file, ":x\n");
        assertThatThrownBy(() -> PasswordFile.check(file)).hasMessage("line 1: the user is empty");
        Files.writeString(file, "x:\n");
        assertThatThrownBy(() -> PasswordFile.check(file))
                .hasMessage("line 1: the password is empty");
        Files.writeString(file, "x:1\n#\nx:2\n");
        assertThatThrownBy(() -> PasswordFile.check(file))
                .hasMessage("line 3: a user of this name was named before");
        Files.write(file, new byte[] {'x', ':', (byte) 0xFF, '\n'});
        assertThat(ask("x", "y"))
                .isEqualTo(new Verdict.Unavailable("password file is not UTF-8 text"));
    }

    @Test
    void aChangeForTheWorseLeavesTheLastGoodUsers() throws Exception {
        Files.writeString(file, "alice:secret\n");
        assertThat(ask("alice", "secret")).isInstanceOf(Verdict.Accepted.class);

        Files.writeString(file, "alice:other\nbob\n");

        assertThat(ask("alice", "secret")).isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict ask(String user, @Nullable String password) throws Exception {
        return users.authenticate(
                new Credentials(user, password, null, null, InetAddress.getLoopbackAddress()));
    }
}
