package org.outpost.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.outpost.access.audit.TrailFixture.ALICE;
import static org.outpost.access.audit.TrailFixture.DEVICE;
import static org.outpost.access.audit.TrailFixture.KEYS;
import static org.outpost.access.audit.TrailFixture.NOON;
import static org.outpost.access.audit.TrailFixture.get;
import static org.outpost.access.audit.TrailFixture.reset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditReader.Span;
import org.outpost.access.audit.verify.AuditFileVerifier;
import org.outpost.access.audit.verify.AuditVerifier;
import org.outpost.access.audit.verify.Fault;
import org.outpost.access.audit.verify.Verification;
import org.outpost.access.audit.verify.Verification.Broken;
import org.outpost.access.audit.verify.Verification.Sound;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

@OnBothDatabases
class AuditTrailTest {
    private final TrailFixture fixture;

    AuditTrailTest(DatabaseKind kind, @TempDir Path folder) {
        fixture = new TrailFixture(kind.fresh(folder));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Verification verify() {
        return new AuditVerifier(fixture.reader(), KEYS.trusted()).verify(fixture.trail().last());
    }

    private Fault fault() {
        return ((Broken) verify()).fault();
    }

    @Test
    void whatIsRecordedIsThereInOrderAndTheChainHolds() {
        List<Entry> entries = fixture.record(25);

        assertThat(entries.stream().map(Entry::sequence))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
        assertThat(entries.getFirst().previous()).isEqualTo(AuditHash.NOTHING);
        assertThat(get(fixture.reader().find(AuditQuery.NEWEST)).entries())
                .hasSize(25)
                .first()
                .satisfies(newest -> assertThat(newest.what()).isEqualTo(reset(24)));
        assertThat(get(fixture.reader().checkpoints(Span.ALL)))
                .extracting(Checkpoint::sequence)
                .containsExactly(10L, 20L);
        assertThat(verify()).isEqualTo(new Sound(1, 25, 25, 20, false));
    }

    @Test
    void theChainGoesOnAfterACleanEndWhichSignsIt() {
        fixture.record(3);
        fixture.reopen();
        fixture.record(2);

        assertThat(verify()).isEqualTo(new Sound(1, 5, 5, 3, false));
    }

    @Test
    void theChainGoesOnAfterAKill() {
        fixture.record(13);
        fixture.reopenAfterKill();
        assertThat(new AuditVerifier(fixture.reader(), KEYS.trusted()).verifyTail())
                .isEqualTo(new Sound(11, 13, 3, 10, false));
        fixture.record(2);

        assertThat(verify()).isEqualTo(new Sound(1, 15, 15, 10, false));
    }

    @Test
    void afterSomeTimeACheckpointIsSignedIfThereIsAnythingToSign() {
        fixture.reopen(new AuditSettings(100, 500, Duration.ofMillis(20), Duration.ofSeconds(2)));
        fixture.record(1);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> get(fixture.reader().checkpoints(Span.ALL)).size() == 1);
        fixture.record(1);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> get(fixture.reader().checkpoints(Span.ALL)).size() == 2);
        assertThat(verify()).isEqualTo(new Sound(1, 2, 2, 2, false));
    }

    @Test
    void eightWritersMakeOneUnbrokenChain() throws Exception {
        List<CompletionStage<Entry>> all = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int w = 0; w < 8; w++) {
            int writer = w;
            writers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        awaitUninterruptibly(start);
                                        for (int i = 0; i < 100; i++) {
                                            CompletionStage<Entry> one =
                                                    fixture.trail().record(reset(writer * 100 + i));
                                            synchronized (all) {
                                                all.add(one);
                                            }
                                        }
                                    }));
        }
        start.countDown();
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(all.stream().map(one -> get(one).sequence()).sorted())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 800).boxed().toList());
        assertThat(verify()).isEqualTo(new Sound(1, 800, 800, 800, false));
        assertThat(numbers(AuditQuery.NEWEST.page(null, 1_000)))
                .as("each writer's entries are in its order")
                .satisfies(
                        newest -> {
                            for (int w = 0; w < 8; w++) {
                                int from = w * 100;
                                assertThat(
                                                newest.reversed().stream()
                                                        .filter(n -> n / 100 == from / 100))
                                        .isSorted();
                            }
                        });
    }

    private List<Integer> numbers(AuditQuery query) {
        return get(fixture.reader().find(query)).entries().stream()
                .map(entry -> Integer.parseInt(entry.what().details().get("number")))
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void queriesFilterAndTurnPages() {
        fixture.record(12);
        fixture.later(Duration.ofMinutes(1));
        Actor bob = new Actor("bob", "token", "2001:db8::1");
        get(
                fixture.trail()
                        .record(
                                AuditDraft.of(bob, "globex", "user.create")
                                        .at("carol_1 50%")
                                        .with(AuditResult.DENIED, "needs admin")));

        AuditQuery all = AuditQuery.NEWEST;
        assertThat(found(all.by("bob"))).containsExactly(13L);
        assertThat(found(all.within(Set.of("globex", "initech")))).containsExactly(13L);
        assertThat(found(all.within(Set.of()))).isEmpty();
        assertThat(found(all.about(DEVICE))).hasSize(12).doesNotContain(13L);
        assertThat(found(all.doing("user."))).containsExactly(13L);
        assertThat(found(all.doing("user"))).isEmpty();
        assertThat(found(all.doing("power.reset"))).hasSize(12);
        assertThat(found(all.ending(Set.of(AuditResult.DENIED, AuditResult.FAILED))))
                .containsExactly(13L);
        assertThat(found(all.containing("CAROL_1 50%"))).containsExactly(13L);
        assertThat(found(all.containing("carol-1"))).isEmpty();
        assertThat(found(all.containing("needs ADMIN"))).containsExactly(13L);
        assertThat(found(all.containing("inc-11"))).containsExactly(12L);
        assertThat(found(all.containing("' OR 1=1 --\0"))).isEmpty();
        assertThat(found(all.between(NOON.plusSeconds(1), null))).containsExactly(13L);
        assertThat(found(all.between(null, NOON.plusSeconds(1)))).hasSize(12);
        AuditPage first = get(fixture.reader().find(all.page(null, 7)));
        assertThat(first.entries()).extracting(AuditRow.Good::sequence).first().isEqualTo(13L);
        assertThat(first.next()).isEqualTo(7L);
        AuditPage last = get(fixture.reader().find(all.page(first.next(), 7)));
        assertThat(last.entries()).hasSize(6);
        assertThat(last.next()).isNull();
    }

    private List<Long> found(AuditQuery query) {
        return get(fixture.reader().find(query)).entries().stream()
                .map(AuditRow.Good::sequence)
                .toList();
    }

    @Test
    void aSearchGoesThroughALongTrailInStretches() {
        fixture.record(25);
        AuditQuery rare = AuditQuery.NEWEST.containing("INC-3");
        List<Long> found = new ArrayList<>();
        int pages = 0;
        for (Long before = null; pages == 0 || before != null; pages++) {
            AuditQuery query = rare.page(before, 100);
            AuditPage page =
                    get(fixture.database().read(handle -> new AuditSearch(query, 10).run(handle)));
            page.entries().forEach(entry -> found.add(entry.sequence()));
            before = page.next();
        }

        assertThat(found).containsExactly(4L);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void anEmptyTrailIsSoundAndHasNothingToShow() {
        assertThat(found(AuditQuery.NEWEST)).isEmpty();
        assertThat(verify()).isEqualTo(new Sound(0, 0, 0, 0, false));
    }

    @Test
    void whatIsChangedInTheDatabaseIsNamed() {
        fixture.record(25);
        fixture.execute("UPDATE audit_entry SET user_name = 'bob' WHERE sequence = 7");

        assertThat(verify())
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.fault()).isEqualTo(Fault.CHANGED);
                            assertThat(broken.sequence()).isEqualTo(7);
                        });
    }

    @Test
    void whatIsTakenAwayIsNamed() {
        fixture.record(25);
        fixture.execute("DELETE FROM audit_entry WHERE sequence = 7");
        assertThat(fault()).isEqualTo(Fault.REMOVED);
        fixture.execute("DELETE FROM audit_entry WHERE sequence < 7");
        assertThat(fault()).isEqualTo(Fault.NO_ANCHOR);
    }

    @Test
    void aTailThatIsCutIsNamedAndTheGapStays() {
        fixture.record(25);
        fixture.execute("DELETE FROM audit_entry WHERE sequence > 23");
        assertThat(fault()).as("the server knows what it wrote").isEqualTo(Fault.CUT);
        fixture.execute("DELETE FROM audit_entry WHERE sequence > 18");
        fixture.reopenAfterKill();
        assertThat(new AuditVerifier(fixture.reader(), KEYS.trusted()).verifyTail())
                .as("a checkpoint stands for what is gone")
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.fault()).isEqualTo(Fault.CUT);
                            assertThat(broken.sequence()).isEqualTo(19);
                        });

        assertThat(fixture.record(1).getFirst().sequence()).isEqualTo(21);

        assertThat(verify())
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.fault()).isEqualTo(Fault.REMOVED);
                            assertThat(broken.sequence()).isEqualTo(19);
                        });
    }

    @Test
    void aRewrittenTailDoesNotFitTheCheckpoint() {
        List<Entry> entries = fixture.record(10);
        Entry forged =
                AuditHash.entry(
                        10,
                        NOON,
                        AuditDraft.of(ALICE, "acme", "power.off"),
                        "00".repeat(16),
                        entries.get(8).hash());
        fixture.execute(
                "UPDATE audit_entry SET action = 'power.off', device = '', reason = '', ticket ="
                        + " '', details = '{}', salt = '"
                        + forged.salt()
                        + "', hash = '"
                        + forged.hash()
                        + "' WHERE sequence = 10");

        assertThat(fault()).isEqualTo(Fault.REWRITTEN);
        fixture.execute(
                "UPDATE audit_checkpoint SET hash = '" + forged.hash() + "' WHERE sequence = 10");
        assertThat(fault()).isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void aRowThatCanBeNoEntryIsNamedAndDoesNotHideOthers() {
        fixture.record(5);
        fixture.execute("UPDATE audit_entry SET result = 'perhaps' WHERE sequence = 3");

        assertThat(fault()).isEqualTo(Fault.MALFORMED);
        AuditPage page = get(fixture.reader().find(AuditQuery.NEWEST));
        assertThat(page.spoilt()).isOne();
        assertThat(page.entries()).hasSize(4);
        assertThatThrownBy(fixture::export)
                .hasCauseInstanceOf(AuditDamagedException.class)
                .hasMessageContaining("entry 3");
    }

    @Test
    void rowsThatSomebodyElseWroteDoNotStopTheTrail() {
        fixture.record(3);
        fixture.execute(
                "INSERT INTO audit_entry SELECT 4, time, 'mallory', method, address, tenant,"
                        + " action, device, target, reason, ticket, result, status, details, salt,"
                        + " hash FROM audit_entry WHERE sequence = 3");

        assertThat(fixture.record(1).getFirst().sequence()).isEqualTo(5);
        assertThat(verify())
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(4));
    }

    @Test
    void withoutTheDatabaseWhatMustBeRecordedFirstIsRefused() {
        fixture.record(1);
        fixture.database().close();

        assertThat(fixture.trail().recordFirst(reset(1)).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(AuditUnavailableException.class);
        await().until(() -> fixture.trail().isUnavailable());
        assertThat(fixture.trail().recordFirst(reset(1)).toCompletableFuture())
                .as("at once")
                .isCompletedExceptionally();
        CompletionStage<Entry> waits = fixture.trail().record(reset(2));
        assertThat(waits.toCompletableFuture()).isNotDone();
        fixture.trail().close();
        assertThat(waits.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void inAHungDatabaseWhatIsRecordedFirstIsGivenUpAndNotWrittenLater() {
        fixture.reopen(new AuditSettings(3, 10, Duration.ofHours(1), Duration.ofMillis(200)));
        CountDownLatch back = new CountDownLatch(1);
        fixture.database()
                .write(
                        _ -> {
                            awaitUninterruptibly(back);
                            return true;
                        });
        CompletionStage<Entry> underWay = fixture.trail().record(reset(0));
        await().until(() -> fixture.trail().waiting() == 0);

        assertThatThrownBy(() -> get(fixture.trail().recordFirst(reset(1))))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AuditUnavailableException.class);
        List<CompletionStage<Entry>> waiting =
                IntStream.range(2, 7).mapToObj(i -> fixture.trail().record(reset(i))).toList();
        assertThat(fixture.trail().lost()).as("there is room for three").isEqualTo(2);
        back.countDown();

        assertThat(get(underWay).sequence()).isEqualTo(1);
        assertThat(get(waiting.get(2)).sequence()).isEqualTo(4);
        assertThat(waiting.get(4).toCompletableFuture()).isCompletedExceptionally();
        await().until(() -> fixture.trail().last() == 5);
        assertThat(get(fixture.reader().find(AuditQuery.NEWEST.doing("audit.lost"))).entries())
                .singleElement()
                .satisfies(lost -> assertThat(lost.what().details()).containsEntry("entries", "2"));
        assertThat(verify()).isInstanceOf(Sound.class);
    }

    @Test
    void oldEntriesGoUpToACheckpointWhichStandsForThem() throws Exception {
        fixture.record(25);
        fixture.later(Duration.ofDays(31));
        fixture.record(5);
        AuditRetention retention =
                new AuditRetention(
                        fixture.database(), fixture.trail(), Duration.ofDays(30), fixture.time());

        assertThat(get(retention.run())).isEqualTo(20);
        assertThat(get(retention.run())).as("nothing more is old enough").isZero();

        assertThat(get(fixture.reader().kept())).contains(new Span(21, 31));
        assertThat(verify()).isEqualTo(new Sound(21, 31, 11, 30, false));
        assertThat(found(AuditQuery.NEWEST.doing("audit.expire"))).containsExactly(31L);
        assertThat(
                        AuditFileVerifier.verify(
                                KEYS.trusted(), new ByteArrayInputStream(fixture.export())))
                .isEqualTo(new Sound(21, 31, 11, 30, true));
        AuditRetention never =
                new AuditRetention(
                        fixture.database(), fixture.trail(), Duration.ZERO, fixture.time());
        assertThat(get(never.run())).isZero();
    }

    @Test
    void anExportShowsATenantItsOwnEntriesAndTheWholeChain() throws Exception {
        fixture.record(3);
        get(fixture.trail().record(AuditDraft.of(ALICE, "globex", "power.on").at("secret plan")));
        fixture.record(10);

        byte[] export = fixture.export("acme");

        assertThat(new String(export, StandardCharsets.UTF_8))
                .doesNotContain("globex", "secret plan")
                .contains("\"kind\":\"hidden\",\"sequence\":4");
        assertThat(AuditFileVerifier.verify(KEYS.trusted(), new ByteArrayInputStream(export)))
                .isEqualTo(new Sound(1, 14, 14, 10, true));
        assertThat(
                        AuditFileVerifier.verify(
                                SigningKeys.generate().trusted(), new ByteArrayInputStream(export)))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.fault()).isEqualTo(Fault.UNKNOWN_KEY));
    }

    @Test
    void aPartOfTheTrailIsExportedAndVerified() throws Exception {
        fixture.record(700);
        fixture.record(500);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditExport export = new AuditExport(fixture.reader(), KEYS, fixture.time());

        assertThat(export.write(new Span(25, 1_150), Set.of(), out)).isEqualTo(1_126);

        assertThat(
                        AuditFileVerifier.verify(
                                KEYS.trusted(), new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(new Sound(25, 1_150, 1_126, 1_150, true));
        assertThat(new AuditVerifier(fixture.reader(), KEYS.trusted()).verify(new Span(25, 33), 0))
                .as("from the checkpoint before it")
                .isEqualTo(new Sound(21, 33, 13, 30, false));
        out.reset();
        assertThat(export.write(NOON.plusSeconds(1), NOON.plusSeconds(2), Set.of(), out)).isZero();
        assertThat(
                        AuditFileVerifier.verify(
                                KEYS.trusted(), new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(new Sound(0, 0, 0, 0, true));
    }
}
