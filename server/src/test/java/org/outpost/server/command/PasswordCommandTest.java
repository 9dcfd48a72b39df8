package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class PasswordCommandTest {
    private final InputStream before = System.in;

    @TempDir private Path folder;

    @AfterEach
    void restore() {
        System.setIn(before);
    }

    private static CommandRun with(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return CommandRun.of(arguments);
    }

    @Test
    void aHashedLineLetsInWithThatPasswordAndNoOther() throws Exception {
        CommandRun hash = with("pässwörd: x\n", "password", "hash", "zoë");
        assertThat(hash.exitCode()).isZero();
        assertThat(hash.out())
                .matches("zoë:\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$\\S{22}\\$\\S{43}\\R")
                .doesNotContain("pässwörd");
        Path file = Files.writeString(folder.resolve("users"), hash.out() + "bob:clear\n");

        CommandRun right = with("pässwörd: x\n", "password", "check", file.toString(), "zoë");
        assertThat(right.exitCode()).isZero();
        assertThat(right.out()).isEqualToIgnoringNewLines("zoë would be let in");
        assertThat(with("clear", "password", "check", file.toString(), "bob").exitCode()).isZero();
        for (String wrong : new String[] {"password", hash.out().trim().substring(4)}) {
            CommandRun refused = with(wrong, "password", "check", file.toString(), "zoë");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.out()).contains("refused: unknown user or wrong password");
        }
    }

    @Test
    void everyLineHasASaltOfItsOwn() {
        assertThat(with("same", "password", "hash", "a").out())
                .isNotEqualTo(with("same", "password", "hash", "a").out());
    }

    @Test
    void whatCannotStandInAFileIsRefused() {
        for (String user : new String[] {"", "a:b", "#a"}) {
            assertThatThrownBy(() -> new PasswordPrompt(InputStream.nullInputStream()).once(""))
                    .hasMessageContaining("no password was given");
            assertThat(with("x", "password", "hash", user).exitCode()).isEqualTo(1);
        }
        CommandRun empty = with("\n", "password", "hash", "a");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("the password is empty");
        CommandRun missing = with("x", "password", "check", folder + "/gone", "a");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("gone cannot be used: ");
    }
}
