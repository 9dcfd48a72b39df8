package org.outpost.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.datadir.CapturedLog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Each line is a look; nothing here waits for time to pass. */
final class FileWatchTest {
    private final FileWatch watch = new FileWatch();

    @TempDir private Path folder;
    private Path certificate;
    private Path key;
    private int taken;
    private boolean fails;

    @BeforeEach
    void init() throws IOException {
        certificate = Files.writeString(folder.resolve("own.crt"), "one");
        key = Files.writeString(folder.resolve("own.key"), "one");
        watch.add(
                "the listener",
                List.of(certificate, key),
                () -> {
                    if (fails) {
                        throw new IdentityException("they do not belong together");
                    }
                    taken++;
                });
    }

    @Test
    void whatStandsStillIsLeftAlone() {
        watch.look();
        watch.look();
        assertThat(taken).isZero();
    }

    @Test
    void aChangeCountsOnceItHasStoodStillForOneLook() throws IOException {
        Files.writeString(certificate, "longer");
        watch.look();
        assertThat(taken).isZero();
        Files.writeString(key, "longer");
        watch.look();
        assertThat(taken).as("the key came a little later").isZero();
        watch.look();
        assertThat(taken).isOne();
        watch.look();
        assertThat(taken).isOne();
    }

    @Test
    void aFileOfTheSameSizeAndTimeThatWasRenamedOverIsSeen() throws IOException {
        FileTime time = Files.getLastModifiedTime(certificate);
        Path next = Files.writeString(folder.resolve("next"), "two");
        Files.setLastModifiedTime(next, time);
        Files.move(next, certificate, StandardCopyOption.ATOMIC_MOVE);
        watch.look();
        watch.look();
        assertThat(taken).isOne();
    }

    @Test
    void aFileThatIsGoneAndComesBackIsSeen() throws IOException {
        Files.delete(key);
        watch.look();
        watch.look();
        Files.writeString(key, "another");
        watch.look();
        watch.look();
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void whatFailsIsSaidOnceAndTriedAgain() throws IOException {
        fails = true;
        try (CapturedLog log = new CapturedLog(FileWatch.class)) {
            Files.writeString(certificate, "spoiled");
            for (int i = 0; i < 5; i++) {
                watch.look();
            }
            assertThat(log.all()).hasSize(1);
            assertThat(log.all().getFirst()).contains("they do not belong together");
            fails = false;
            watch.look();
        }
        assertThat(taken).isOne();
    }
}
