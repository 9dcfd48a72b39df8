package org.outpost.access.audit;

import org.outpost.access.AccessControl;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.testkit.database.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A trail on a database of a test. */
public final class TrailFixture implements AutoCloseable {
    public static final Actor ALICE = new Actor("alice", "password", "192.0.2.7");
    public static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final SigningKeys KEYS = SigningKeys.generate();

    private final TestDatabase place;
    private Instant now = NOON;
    private final InstantSource time = () -> now;
    private AuditSettings settings =
            new AuditSettings(1_000, 10, Duration.ofHours(1), Duration.ofSeconds(2));
    private List<AuditSink> sinks = List.of();
    private Database database;
    private AuditTrail trail;

    public TrailFixture(TestDatabase place) {
        this.place = place;
        this.database = openDatabase(place);
        this.trail = openTrail();
    }

    public static Database openDatabase(TestDatabase place) {
        List<String> migrations = List.of(AccessControl.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    private AuditTrail openTrail() {
        return new AuditTrail(database, KEYS, settings, sinks, time);
    }

    /** Starts again, after a clean end. */
    void reopen() {
        close();
        database = openDatabase(place);
        trail = openTrail();
    }

    void reopen(AuditSettings changed, AuditSink... to) {
        settings = changed;
        sinks = List.of(to);
        reopen();
    }

    /** What a second process would find that starts after a kill -9: no last words are written. */
    void reopenAfterKill() {
        database.close();
        trail.close();
        database = openDatabase(place);
        trail = openTrail();
    }

    public Database database() {
        return database;
    }

    public AuditTrail trail() {
        return trail;
    }

    public AuditReader reader() {
        return new AuditReader(database);
    }

    InstantSource time() {
        return time;
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    public static AuditDraft reset(int number) {
        return AuditDraft.of(ALICE, "acme", "power.reset")
                .on(DEVICE)
                .because("does not answer", "INC-" + number)
                .with(AuditResult.DONE, "")
                .detail("number", Integer.toString(number));
    }

    /** Records resets and waits until they are durable. */
    public List<AuditLine.Entry> record(int count) {
        List<CompletionStage<AuditLine.Entry>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(trail.record(reset(i)));
        }
        return all.stream().map(TrailFixture::get).toList();
    }

    public byte[] export(String... tenants) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new AuditExport(reader(), KEYS, time).write(AuditReader.Span.ALL, Set.of(tenants), out);
        } catch (IOException | AuditDamagedException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    int execute(String sql) {
        return get(database.write(handle -> handle.execute(sql)));
    }

    public static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        trail.close();
        database.close();
    }
}
