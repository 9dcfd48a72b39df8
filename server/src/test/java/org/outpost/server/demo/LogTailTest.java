package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

class LogTailTest {
    @TempDir private Path folder;

    @Test
    void showsTheLastLines() throws Exception {
        Path log = folder.resolve("a.log");
        Files.write(log, IntStream.range(0, 5000).mapToObj(i -> "line " + i).toList());

        assertThat(LogTail.of(log))
                .startsWith("; the end of " + log + ":\n  | line 4985\n")
                .endsWith("\n  | line 4999");
    }

    @Test
    void saysThatThereIsNothingToShow() throws Exception {
        Path log = folder.resolve("a.log");

        assertThat(LogTail.of(log)).isEqualTo("; its log " + log + " cannot be read");
        Files.createFile(log);
        assertThat(LogTail.of(log)).isEqualTo("; it wrote nothing to " + log);
    }
}
