package org.outpost.inventory.attempt;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The SQL of the table {@code attempt}: a row for each outcome of each entry. */
final class AttemptTable {
    private AttemptTable() {}

    /** Hands over the rows of the entries, those heard of last at the end. */
    static void rows(Handle handle, int most, Consumer<AttemptEntry> each) {
        handle.createQuery(
                        "SELECT * FROM (SELECT source, device, outcome, admitted, reached,"
                                + " user_name, name, tls, detail, occurrences, first_time,"
                                + " last_time FROM attempt ORDER BY last_time DESC LIMIT :most)"
                                + " AS newest ORDER BY last_time")
                .bind("most", most)
                .map((row, context) -> row(row))
                .useIterator(rows -> rows.forEachRemaining(row -> row.ifPresent(each)));
    }

    /** Empty for an outcome of another release. */
    private static Optional<AttemptEntry> row(ResultSet row) throws SQLException {
        Outcome outcome = Outcome.of(row.getString("outcome")).orElse(null);
        return outcome == null ? Optional.empty() : Optional.of(entry(outcome, row));
    }

    private static AttemptEntry entry(Outcome outcome, ResultSet row) throws SQLException {
        return new AttemptEntry(
                Source.parse(row.getString("source")),
                uuid(row.getString("device")),
                row.getInt("admitted") != 0,
                step(row.getString("reached")),
                row.getString("user_name"),
                row.getString("name"),
                row.getString("tls"),
                List.of(
                        new Tally(
                                outcome,
                                row.getLong("occurrences"),
                                Instant.ofEpochMilli(row.getLong("first_time")),
                                Instant.ofEpochMilli(row.getLong("last_time")),
                                row.getString("detail"))));
    }

    private static @Nullable UUID uuid(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    private static Step step(String label) {
        for (Step step : Step.values()) {
            if (step.label().equals(label)) {
                return step;
            }
        }
        return Step.TCP;
    }

    private static String text(@Nullable UUID device) {
        return device == null ? "" : device.toString();
    }

    /** Writes rows, each an entry with one outcome. */
    static void write(Handle handle, Collection<AttemptEntry> rows) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO attempt (source, device, outcome, admitted, reached,"
                                + " user_name, name, tls, detail, occurrences, first_time,"
                                + " last_time) VALUES (:source, :device, :outcome, :admitted,"
                                + " :reached, :user, :name, :tls, :detail, :occurrences, :first,"
                                + " :last) ON CONFLICT (source, device, outcome) DO UPDATE SET"
                                + " admitted = excluded.admitted, reached = excluded.reached,"
                                + " user_name = excluded.user_name, name = excluded.name,"
                                + " tls = excluded.tls, detail = excluded.detail,"
                                + " occurrences = excluded.occurrences,"
                                + " first_time = excluded.first_time,"
                                + " last_time = excluded.last_time");
        for (AttemptEntry row : rows) {
            Tally tally = row.tallies().getFirst();
            batch.bind("source", row.source().toString())
                    .bind("device", text(row.device()))
                    .bind("outcome", tally.outcome().label())
                    .bind("admitted", row.admitted() ? 1 : 0)
                    .bind("reached", row.reached().label())
                    .bind("user", storable(row.user()))
                    .bind("name", storable(row.name()))
                    .bind("tls", row.tls())
                    .bind("detail", storable(tally.detail()))
                    .bind("occurrences", tally.count())
                    .bind("first", tally.first().toEpochMilli())
                    .bind("last", tally.last().toEpochMilli())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** PostgreSQL takes no NUL in a text, and peers may send one. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static void delete(Handle handle, Collection<EntryKey> keys) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "DELETE FROM attempt WHERE source = :source AND device = :device");
        for (EntryKey key : keys) {
            batch.bind("source", key.source().toString()).bind("device", text(key.device())).add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    static void deleteAll(Handle handle) {
        handle.execute("DELETE FROM attempt");
    }
}
