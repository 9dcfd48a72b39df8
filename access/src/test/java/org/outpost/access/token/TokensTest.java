package org.outpost.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessException;
import org.outpost.access.TestAccess;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Scope;
import org.outpost.database.Database;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

@OnBothDatabases
class TokensTest {
    private static final TokenKey KEY = key(1);

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final TestDatabase place;
    private Database database;
    private Tokens tokens;

    TokensTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = TestAccess.open(place);
        tokens = new Tokens(database, KEY, now::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static TokenKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new TokenKey(bytes);
    }

    private void reopen(TokenKey key) {
        database.close();
        database = TestAccess.open(place);
        tokens = new Tokens(database, key, now::get);
    }

    private NewToken session(String user) {
        return tokens.make(
                user, Token.Kind.SESSION, "", Scope.ALL, "password", Duration.ofHours(1));
    }

    private NewToken api(String user) {
        return tokens.make(user, Token.Kind.API, "backup", Scope.ALL, "token", null);
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void aTokenIsFoundByItsTextAlsoAfterARestart() {
        NewToken made = session("iris");
        assertThat(made.text()).startsWith("op_" + made.token().id() + "_").hasSize(63);
        assertThat(tokens.find(made.text())).contains(made.token());

        reopen(KEY);

        assertThat(tokens.find(made.text())).contains(made.token());
    }

    @Test
    void neitherAnotherSecretNorAnotherKeyWillDo() {
        NewToken made = session("iris");
        NewToken other = session("iris");
        String mixed = made.text().substring(0, 20) + other.text().substring(20);
        assertThat(tokens.find(mixed)).isEmpty();
        assertThat(tokens.find(made.text() + "x")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
        assertThat(tokens.find(made.token().id())).isEmpty();

        reopen(key(2));

        assertThat(tokens.find(made.text())).isEmpty();
    }

    @Test
    void theDatabaseDoesNotHoldTheText() {
        NewToken made = session("iris");
        String secret = made.text().substring(20);
        List<String> documents =
                database.read(
                                handle ->
                                        handle.createQuery("SELECT document FROM access_document")
                                                .mapTo(String.class)
                                                .list())
                        .toCompletableFuture()
                        .join();
        assertThat(documents).hasSize(1).noneMatch(text -> text.contains(secret));
        assertThat(made.toString()).doesNotContain(secret);
        assertThat(made.token().toString()).doesNotContain(made.token().mac());
    }

    @Test
    void aSessionExpiresAndAnApiTokenDoesNot() {
        NewToken session = session("iris");
        NewToken api = api("iris");
        later(Duration.ofMinutes(59));
        assertThat(tokens.find(session.text())).isPresent();
        later(Duration.ofMinutes(1));
        assertThat(tokens.find(session.text())).isEmpty();
        assertThat(tokens.find(api.text())).isPresent();
        assertThat(tokens.of("iris")).containsExactly(api.token());
    }

    @Test
    void aRevokedTokenIsGoneForGood() {
        NewToken made = api("iris");
        assertThat(tokens.revoke(made.token().id())).isTrue();
        assertThat(tokens.revoke(made.token().id())).isFalse();
        assertThat(tokens.find(made.text())).isEmpty();
        reopen(KEY);
        assertThat(tokens.find(made.text())).isEmpty();
    }

    @Test
    void aChangedPasswordEndsOtherSessionsAndLeavesApiTokens() {
        NewToken here = session("iris");
        NewToken there = session("iris");
        NewToken api = api("iris");
        NewToken other = session("otto");

        tokens.endSessions("iris", here.token().id());

        assertThat(tokens.find(there.text())).isEmpty();
        assertThat(tokens.find(here.text())).isPresent();
        assertThat(tokens.find(api.text())).isPresent();
        assertThat(tokens.find(other.text())).isPresent();
        tokens.revokeAll("iris");
        assertThat(tokens.of("iris")).isEmpty();
        assertThat(tokens.of("otto")).hasSize(1);
    }

    @Test
    void ofTooManySessionsTheOldestEndsAndTooManyApiTokensAreRefused() {
        NewToken first = session("iris");
        for (int i = 0; i < 200; i++) {
            later(Duration.ofMillis(1));
            session("iris");
            api("otto");
        }
        assertThat(tokens.find(first.text())).isEmpty();
        assertThat(tokens.of("iris")).hasSize(200);
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> api("otto"))
                .withMessageContaining("revoke some");
    }

    @Test
    void whenItWasUsedLastIsKnown() {
        NewToken made = api("iris");
        assertThat(tokens.lastUse(made.token())).isEmpty();
        later(Duration.ofMinutes(5));
        tokens.find(made.text());
        assertThat(tokens.lastUse(made.token())).contains(now.get());
    }

    @Test
    void aTicketOpensOneConnectionOfEachKindWithinHalfAMinute() {
        long[] nanos = {0};
        Tickets tickets = new Tickets(() -> nanos[0]);
        Ticket ticket =
                new Ticket(
                        new Caller(
                                "iris",
                                "",
                                "password",
                                List.of(),
                                new Scope(List.of("redirect"), Set.of())),
                        "iris",
                        UUID.randomUUID());
        String used = tickets.make(ticket);
        String late = tickets.make(ticket);

        assertThat(tickets.take(used, "kvm")).contains(ticket);
        assertThat(tickets.take(used, "kvm")).isEmpty();
        assertThat(tickets.take(used, "ider")).contains(ticket);
        nanos[0] = TimeUnit.SECONDS.toNanos(30) + 1;
        assertThat(tickets.take(late, "kvm")).isEmpty();
        assertThat(tickets.take(used, "sol")).isEmpty();
        assertThat(tickets.take("", "kvm")).isEmpty();
    }
}
