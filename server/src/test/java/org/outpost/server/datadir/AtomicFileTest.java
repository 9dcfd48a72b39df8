package org.outpost.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

final class AtomicFileTest {
    @TempDir private Path folder;

    @Test
    void preparedContentIsPrivateBeforeItHasItsName() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("secret"), Visibility.PRIVATE);

        file.prepare("content");

        assertThat(folder.resolve("secret")).doesNotExist();
        assertThat(file.pending()).hasContent("content");
        assertThat(mode(file.pending())).isEqualTo("rw-------");
    }

    @Test
    void aLeftoverOfACrashLendsItsModeToNoSecret() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("secret"), Visibility.PRIVATE);
        Files.writeString(file.pending(), "half of it");
        Files.setPosixFilePermissions(file.pending(), PosixFilePermissions.fromString("rw-rw-rw-"));

        file.write("content");

        assertThat(file.path()).hasContent("content");
        assertThat(mode(file.path())).isEqualTo("rw-------");
        assertThat(file.pending()).doesNotExist();
    }

    @Test
    void writingAgainReplacesTheWholeContent() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("page"), Visibility.PUBLIC);
        file.write("a long content");

        file.write("short");

        assertThat(file.path()).hasContent("short");
        assertThat(mode(file.path())).isEqualTo("rw-r--r--");
    }

    @Test
    void whatCannotBeWrittenLeavesTheFormerContent() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("page"), Visibility.PUBLIC);
        file.write("former");
        Files.createDirectories(file.pending().resolve("in the way"));

        assertThatThrownBy(() -> file.write("new")).isInstanceOf(IOException.class);

        assertThat(file.path()).hasContent("former");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
