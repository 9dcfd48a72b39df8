package org.outpost.server.serve;

import org.outpost.access.audit.AuditTrail;
import org.outpost.database.Database;
import org.outpost.inventory.recording.RecordingStore;
import org.outpost.server.configuration.RecordingsConfiguration;
import org.outpost.server.recording.RecordingSetup;
import org.outpost.server.recording.Recordings;

import java.nio.file.Path;
import java.time.InstantSource;

/** Recordings of text consoles, put together from the configuration. */
final class ConsoleRecordings {
    private static final long BYTES_OF_A_MIB = 1 << 20;

    private ConsoleRecordings() {}

    /** Blocks. */
    static Recordings of(
            RecordingsConfiguration settings, Path folder, Database database, AuditTrail trail) {
        Path written = settings.directory();
        return new Recordings(
                new RecordingStore(database),
                new RecordingSetup(
                        written == null ? folder.resolve("recordings") : written,
                        settings.keep(),
                        settings.largest() * BYTES_OF_A_MIB),
                trail,
                InstantSource.system());
    }
}
