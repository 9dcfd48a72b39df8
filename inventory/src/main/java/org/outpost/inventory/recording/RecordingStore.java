package org.outpost.inventory.recording;

import org.outpost.database.Database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Recordings in the database. Stages fail with {@link org.outpost.database.DatabaseException} when
 * it does not do what is asked.
 */
public final class RecordingStore {
    private final Database database;

    /**
     * Keeps them in a database.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     */
    public RecordingStore(Database database) {
        this.database = database;
    }

    /**
     * A part of a list.
     *
     * @param total how many there are in all that are seen
     */
    public record Page(List<Recording> entries, long total) {}

    /** Adds one that runs. */
    public CompletionStage<Boolean> add(Recording recording) {
        return database.write(
                handle -> {
                    RecordingTable.add(handle, recording);
                    return true;
                });
    }

    /** Writes the end of one that runs; says whether there was one. */
    public CompletionStage<Boolean> end(String id, Recording.End end) {
        return database.write(handle -> RecordingTable.end(handle, id, end));
    }

    /** The recording of this id. */
    public CompletionStage<Optional<Recording>> find(String id) {
        return database.read(handle -> RecordingTable.find(handle, id));
    }

    /** Those that have not ended, as far as was written. */
    public CompletionStage<List<Recording>> running() {
        return database.read(RecordingTable::running);
    }

    /** Those that ended before a time, the oldest first. */
    public CompletionStage<List<Recording>> endedBefore(Instant time, int most) {
        return database.read(handle -> RecordingTable.endedBefore(handle, time, most));
    }

    /** The bytes of all that have ended. */
    public CompletionStage<Long> bytes() {
        return database.read(RecordingTable::bytes);
    }

    /** Recordings, the newest first. */
    public CompletionStage<Page> list(RecordingQuery query) {
        return database.read(
                handle -> {
                    List<Recording> part = new ArrayList<>();
                    long[] total = {0};
                    RecordingTable.each(
                            handle,
                            query.device(),
                            query.user(),
                            recording -> {
                                if (!query.seen().test(recording)) {
                                    return;
                                }
                                if (total[0] >= query.skip() && part.size() < query.top()) {
                                    part.add(recording);
                                }
                                total[0]++;
                            });
                    return new Page(part, total[0]);
                });
    }

    /** Takes one out; says whether it was there. */
    public CompletionStage<Boolean> remove(String id) {
        return database.write(handle -> RecordingTable.remove(handle, id));
    }
}
