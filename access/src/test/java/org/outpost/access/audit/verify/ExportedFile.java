package org.outpost.access.audit.verify;

import org.outpost.access.audit.TrailFixture;
import org.outpost.testkit.database.TestDatabase;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An export of 25 entries with checkpoints at 10 and 20: what tests change in it, line by line. */
final class ExportedFile {
    private ExportedFile() {}

    static byte[] bytes() {
        try {
            Path folder = Files.createTempDirectory("outpost-audit-");
            Path file = folder.resolve("outpost.db");
            try (TrailFixture fixture = new TrailFixture(new TestDatabase.SqliteFile(file))) {
                fixture.record(25);
                return fixture.export();
            } finally {
                for (String name : List.of("", "-wal", "-shm")) {
                    Files.deleteIfExists(folder.resolve("outpost.db" + name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(byte[] export) {
        return new ArrayList<>(new String(export, StandardCharsets.UTF_8).lines().toList());
    }

    static byte[] bytes(List<String> lines) {
        return lines.isEmpty()
                ? new byte[0]
                : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Verification verify(byte[] file) {
        try {
            return AuditFileVerifier.verify(
                    TrailFixture.KEYS.trusted(), new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
