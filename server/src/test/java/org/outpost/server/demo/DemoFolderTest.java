package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class DemoFolderTest {
    @TempDir private Path folder;

    @Test
    void theFoldersItMakesAreForTheirOwnerAlone() throws Exception {
        Path data = folder.resolve("data");
        Path demo = data.resolve("demo");

        DemoFolder.open(demo).close();

        for (Path made : new Path[] {data, demo}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .as(made.toString())
                    .isEqualTo("rwx------");
        }
    }
}
