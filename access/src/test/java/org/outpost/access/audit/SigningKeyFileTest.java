package org.outpost.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.secret.KeyFileException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

class SigningKeyFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir private Path folder;

    private Path path() {
        return folder.resolve(SigningKeyFile.NAME);
    }

    private SigningKeys read(boolean needed) throws KeyFileException {
        return new SigningKeyFile(path()).readOrMake(() -> needed);
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerAloneAndSignsTheSameAfterwards() throws Exception {
        SigningKeys made = read(false);
        SigningKeys again = read(true);

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.trusted().check(made.checkpoint(1, "0".repeat(64), NOW)))
                .isEqualTo(TrustedKeys.Finding.GOOD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(made).hasToString("SigningKeys[" + made.id() + "]");
    }

    @Test
    void thePublicKeyIsEnoughToVerifyWith() throws Exception {
        SigningKeys made = read(false);
        AuditLine.Checkpoint good = made.checkpoint(7, "a".repeat(64), NOW);

        TrustedKeys given = TrustedKeys.ofPem(made.trusted().pem());

        assertThat(given.ids()).containsExactly(made.id());
        assertThat(given.check(good)).isEqualTo(TrustedKeys.Finding.GOOD);
        assertThat(
                        given.check(
                                new AuditLine.Checkpoint(
                                        8, good.hash(), NOW, good.key(), good.signature())))
                .isEqualTo(TrustedKeys.Finding.BAD);
        assertThat(
                        given.check(
                                new AuditLine.Checkpoint(
                                        7, good.hash(), NOW, good.key(), "no Base64!")))
                .isEqualTo(TrustedKeys.Finding.BAD);
        assertThat(given.check(SigningKeys.generate().checkpoint(7, good.hash(), NOW)))
                .isEqualTo(TrustedKeys.Finding.UNKNOWN_KEY);
        assertThatThrownBy(() -> TrustedKeys.ofPem("nothing"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void olderPublicKeysInTheFileStillCount() throws Exception {
        SigningKeys old = read(false);
        Path first = folder.resolve("old.pem");
        Files.move(path(), first);
        read(false);
        Files.writeString(path(), Files.readString(path()) + old.trusted().pem());

        SigningKeys both = read(true);

        assertThat(both.id()).isNotEqualTo(old.id());
        assertThat(both.trusted().check(old.checkpoint(1, "0".repeat(64), NOW)))
                .isEqualTo(TrustedKeys.Finding.GOOD);
    }

    @Test
    void aKeyThatWasLostIsNotMadeAnew() {
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(path().toString())
                .hasMessageContaining("is gone")
                .hasMessageContaining("restore it from the backup");
        assertThat(path()).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoPairIsRefused() throws Exception {
        String good = pem();
        String other = SigningKeys.generate().trusted().pem();
        int half = good.indexOf("-----BEGIN PUBLIC");
        for (String text :
                new String[] {
                    "",
                    good.substring(0, half),
                    good.substring(half),
                    good.substring(0, half) + other,
                    good.replaceFirst("M", "?"),
                    good.replace("-----END PUBLIC KEY-----", ""),
                    good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                    good.substring(0, half).replaceAll("\n.*\n", "\nAAAA\n") + good.substring(half)
                }) {
            Files.writeString(path(), text);
            assertThatThrownBy(() -> read(false))
                    .as(text)
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining("cannot be used")
                    .hasMessageContaining("Restore it from the backup");
        }
    }

    private String pem() throws Exception {
        read(false);
        return Files.readString(path());
    }

    /** What the message about a lost key tells an operator to do. */
    @Test
    void aPairThatOpensslMadeIsTaken() throws Exception {
        Files.writeString(
                path(),
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
                -----END PRIVATE KEY-----
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PUBLIC KEY-----
                """);

        SigningKeys keys = read(true);

        assertThat(keys.trusted().check(keys.seal(3, "0".repeat(64), NOW)))
                .isEqualTo(TrustedKeys.Finding.GOOD);
    }
}
