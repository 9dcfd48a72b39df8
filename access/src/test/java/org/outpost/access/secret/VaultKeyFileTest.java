package org.outpost.access.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;

class VaultKeyFileTest {
    /** A key of 32 bytes 0 to 31, and its id: HMAC-SHA-256 of "outpost-vault-key/1" under it. */
    private static final String LINE =
            "key 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                    + " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final InstantSource TIME =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir private Path folder;

    private VaultKeyFile file() {
        return new VaultKeyFile(folder.resolve("vault.keys"), TIME);
    }

    @Test
    void theFirstKeyIsMadeOnceForItsOwnerAlone() throws Exception {
        KeyRing made = file().readOrMake(() -> false);

        assertThat(file().readOrMake(() -> true).text()).isEqualTo(made.text());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("vault.keys"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
        assertThat(made)
                .asString()
                .contains(made.newest().id())
                .doesNotContain(made.newest().base64());
        assertThat(made.newest()).asString().doesNotContain(made.newest().base64());
    }

    @Test
    void theLastLineEncryptsAndAllDecrypt() throws Exception {
        VaultKey newest = VaultKey.generate(TIME.instant());
        KeyRing ring = KeyRing.parse("# comment\n\n" + LINE + "\n").with(newest);
        file().write(ring);

        KeyRing read = file().readOrMake(() -> true);

        assertThat(read.newest().id()).isEqualTo(newest.id());
        assertThat(read.ids()).containsExactly("50d85ae34bc3aefc", newest.id());
        assertThat(read.find("50d85ae34bc3aefc")).isPresent();
        assertThat(read.find("0000000000000000")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                        + " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "key 50d85ae34bc3aefc 2026-11-21T12:00:00Z",
                "key 50d85ae34bc3aefc yesterday AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "key 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                        + " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
                "key 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                        + " BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "key 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                        + " ?AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                " key 50d85ae34bc3aefc 2026-11-21T12:00:00Z"
                        + " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
            })
    void aLineThatIsNoKeyIsNamedAndNotShown(String line) throws Exception {
        Files.writeString(folder.resolve("vault.keys"), "# keys\n" + line + "\n");

        assertThatThrownBy(() -> file().readOrMake(() -> false))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("vault.keys")
                .hasMessageContaining("line 2")
                .hasMessageContaining("restore it from the backup")
                .hasMessageNotContaining("AECAwQFBgcICQ");
    }

    @Test
    void whatHoldsNoKeyIsRefused() throws Exception {
        for (String text : new String[] {"", "# nothing\n", LINE + "\n" + LINE + "\n"}) {
            Files.writeString(folder.resolve("vault.keys"), text);
            assertThatThrownBy(() -> file().readOrMake(() -> false))
                    .as(text)
                    .isInstanceOf(KeyFileException.class);
        }
        Files.write(folder.resolve("vault.keys"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> file().readOrMake(() -> false))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("it is no text");
        Files.write(folder.resolve("vault.keys"), new byte[PrivateFile.LONGEST + 1]);
        assertThatThrownBy(() -> file().readOrMake(() -> false))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("is longer than");
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        VaultKeyFile nowhere = new VaultKeyFile(folder.resolve("no/vault.keys"), TIME);

        assertThatThrownBy(() -> nowhere.readOrMake(() -> false))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("cannot be written");
    }
}
