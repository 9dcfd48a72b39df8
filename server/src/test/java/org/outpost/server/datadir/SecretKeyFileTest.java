package org.outpost.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SecretKeyFileTest {
    @TempDir private Path folder;

    @Test
    void theKeyIsMadeOnceForItsOwnerAlone() throws Exception {
        SecretKeyFile file = new SecretKeyFile(folder);

        String first = file.readOrMake(() -> false).toString();

        assertThat(file.readOrMake(() -> true)).hasToString(first);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        assertThat(first).doesNotContain(Files.readString(folder.resolve("secret.key")).strip());
    }

    @Test
    void aKeyThatWasLostIsNotMadeAnew() {
        assertThatThrownBy(() -> new SecretKeyFile(folder).readOrMake(() -> true))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("secret.key, is gone")
                .hasMessageContaining("restore it from the backup")
                .hasMessageContaining("openssl rand -base64 32");
        assertThat(folder.resolve("secret.key")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no Base64!", "c2hvcnQ="})
    void aFileThatHoldsNoKeyIsRefused(String content) throws Exception {
        Files.writeString(folder.resolve("secret.key"), content);

        assertThatThrownBy(() -> new SecretKeyFile(folder).readOrMake(() -> false))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("holds no key");
    }
}
