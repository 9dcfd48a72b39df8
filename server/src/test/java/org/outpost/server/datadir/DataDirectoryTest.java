package org.outpost.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

final class DataDirectoryTest {
    @TempDir private Path temp;

    @Test
    void aMissingFolderIsMadeForItsOwnerAlone() throws Exception {
        Path folder = temp.resolve("var/lib/outpost");

        try (DataDirectory directory = DataDirectory.open(folder)) {
            assertThat(directory.folder()).isEqualTo(folder).isDirectory();
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("outpost.lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void anExistingFolderKeepsItsModeAndOneThatOthersMayWriteIsWarnedAbout() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxr-x"));

        try (CapturedLog log = new CapturedLog(DataDirectory.class);
                DataDirectory _ = DataDirectory.open(temp)) {
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("others than its owner may write")
                    .contains("chmod 700 " + temp);
            assertThat(mode(temp)).isEqualTo("rwxrwxr-x");
        }
    }

    @Test
    void anExistingFolderThatOthersMayOnlyReadIsFine() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (CapturedLog log = new CapturedLog(DataDirectory.class);
                DataDirectory _ = DataDirectory.open(temp)) {
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsAnError() throws IOException {
        Path file = Files.writeString(temp.resolve("data"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessage(
                        "cannot make the data folder %s: something else is there under that name",
                        file);
    }

    @Test
    void aFolderBelowAFileIsAnError() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith("cannot make the data folder " + file.resolve("data"));
    }

    @Test
    void aFolderWithoutRoomForTheLockIsAnError() throws IOException {
        Files.createDirectory(temp.resolve("outpost.lock"));

        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith(
                        "cannot lock the data folder " + temp + " by its file outpost.lock: ");
    }

    @Test
    void twoServersInOneProcessCannotShareAFolder() throws Exception {
        try (DataDirectory _ = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            "another server in this very process runs on the data folder %s: stop"
                                    + " it, or give this one a data-dir of its own",
                            temp);
        }
    }

    @Test
    void aClosedFolderCanBeOpenedAgain() throws Exception {
        DataDirectory.open(temp).close();

        try (DataDirectory again = DataDirectory.open(temp)) {
            assertThat(again.folder()).isEqualTo(temp);
        }
    }

    @Test
    void anotherProcessKeepsTheFolderUntilItEndsHoweverThatIs() throws Exception {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                temp.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            try (BufferedReader output = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.lines().anyMatch(("has " + temp)::equals)).isTrue();

                assertThatThrownBy(() -> DataDirectory.open(temp))
                        .isInstanceOf(DataDirectoryException.class)
                        .hasMessage(
                                "another server (process %d) runs on the data folder %s: stop it,"
                                        + " or give this one a data-dir of its own",
                                other.pid(), temp);
            }
        } finally {
            other.destroyForcibly();
        }
        await().until(() -> !other.isAlive());

        DataDirectory.open(temp).close();
    }

    @Test
    void theTokenIsMadeOnceAndForItsOwnerAlone() throws Exception {
        String token;
        try (DataDirectory directory = DataDirectory.open(temp)) {
            token = directory.cliToken();
            assertThat(directory.cliToken()).isEqualTo(token);
        }

        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(mode(temp.resolve("cli.token"))).isEqualTo("rw-------");
        assertThat(Files.readString(temp.resolve("cli.token"))).isEqualTo(token + "\n");
        try (DataDirectory again = DataDirectory.open(temp)) {
            assertThat(again.cliToken()).isEqualTo(token);
        }
    }

    @Test
    void everyFolderHasATokenOfItsOwnAndNoLogHasIt() throws Exception {
        try (CapturedLog log = new CapturedLog(DataDirectory.class);
                DataDirectory one = DataDirectory.open(temp.resolve("one"));
                DataDirectory two = DataDirectory.open(temp.resolve("two"))) {
            assertThat(one.cliToken()).isNotEqualTo(two.cliToken());
            String token = one.cliToken();
            assertThat(log.all()).noneMatch(line -> line.contains(token));
            assertThat(one.toString()).doesNotContain(token);
        }
    }

    @Test
    void aTokenThatOthersMayReadIsUsedWithAWarning() throws Exception {
        try (CapturedLog log = new CapturedLog(DataDirectory.class);
                DataDirectory directory = DataDirectory.open(temp)) {
            String token = directory.cliToken();
            Path file = temp.resolve("cli.token");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

            assertThat(directory.cliToken()).isEqualTo(token);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("the token for the command line is open to others than its owner")
                    .contains("chmod 600 " + file)
                    .doesNotContain(token);
        }
    }

    @Test
    void aTokenOfTheOperatorsOwnIsKept() throws Exception {
        Path file = temp.resolve("cli.token");
        Files.writeString(file, "correct-horse-battery-staple-0123456789\n");

        try (DataDirectory directory = DataDirectory.open(temp)) {
            assertThat(directory.cliToken()).isEqualTo("correct-horse-battery-staple-0123456789");
        }
    }

    @Test
    void whatIsNoTokenIsAnErrorAndNotReplaced() throws Exception {
        Path file = Files.writeString(temp.resolve("cli.token"), "too short\n");

        try (DataDirectory directory = DataDirectory.open(temp)) {
            assertThatThrownBy(directory::cliToken)
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            "%s holds no token, which is one line of 32 or more visible ASCII"
                                    + " characters: delete it, and the next start makes a new one",
                            file);
        }
        assertThat(file).hasContent("too short");
    }

    @Test
    void aTokenThatCannotBeReadIsAnError() throws Exception {
        Path file = Files.createDirectory(temp.resolve("cli.token"));

        try (DataDirectory directory = DataDirectory.open(temp)) {
            assertThatThrownBy(directory::cliToken)
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            "cannot read or make the token for the command line, %s: Is a"
                                    + " directory",
                            file);
        }
    }

    @Test
    void theApisLocationIsWrittenAndReplaced() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temp)) {
            directory.writeApiLocation(URI.create("https://127.0.0.1:1"));
            directory.writeApiLocation(URI.create("https://[::1]:8443"));
        }

        JsonNode written = new JsonMapper().readTree(temp.resolve("api.json"));
        assertThat(written.propertyNames()).containsExactlyInAnyOrder("url", "ca");
        assertThat(written.get("url").asString()).isEqualTo("https://[::1]:8443");
        assertThat(written.get("ca").asString()).isEqualTo("ca.crt");
        assertThat(mode(temp.resolve("api.json"))).isEqualTo("rw-r--r--");
    }

    @Test
    void theApisLocationNamesTheOperatorsOwnCertificate() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temp)) {
            directory.writeApiLocation(
                    URI.create("https://mps.example:8443"), Path.of("/etc/pki/web.pem"));
        }

        JsonNode written = new JsonMapper().readTree(temp.resolve("api.json"));
        assertThat(written.propertyNames()).containsExactlyInAnyOrder("url", "certificate");
        assertThat(written.get("certificate").asString()).isEqualTo("/etc/pki/web.pem");
    }

    @Test
    void aLocationThatCannotBeWrittenIsAnError() throws Exception {
        Path file = Files.createDirectories(temp.resolve("api.json/in the way")).getParent();

        try (DataDirectory directory = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> directory.writeApiLocation(URI.create("https://localhost:1")))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageStartingWith("cannot write " + file + ", which tells commands");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
