package org.outpost.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.PasswordFile.ClearPasswords;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Entries of password files that are hashed. */
final class HashedPasswordsTest {
    /** From the tests of Argon2's reference implementation: "password" with the salt "somesalt". */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @TempDir private Path folder;

    private final PasswordHasher hasher = new PasswordHasher();

    @AfterEach
    void close() {
        hasher.close();
    }

    private PasswordFile file(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), text);
        return new PasswordFile(file, hasher, ClearPasswords.FINE);
    }

    private static Verdict ask(PasswordFile file, String user, String password) throws Exception {
        return file.authenticate(
                new Credentials(user, password, null, null, InetAddress.getLoopbackAddress()));
    }

    @Test
    void aHashThatAnotherProgramMadeIsUnderstood() throws Exception {
        PasswordFile users = file("alice:" + REFERENCE + "\n");

        assertThat(ask(users, "alice", "password")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask(users, "alice", "Password")).isEqualTo(PasswordFile.WRONG);
        assertThat(ask(users, "alice", REFERENCE)).isEqualTo(PasswordFile.WRONG);
        assertThat(ask(users, "alice", "")).isEqualTo(PasswordFile.WRONG);
        assertThat(ask(users, "bob", "password")).isEqualTo(PasswordFile.WRONG);
    }

    @Test
    void clearAndHashedLinesStandSideBySide() throws Exception {
        PasswordFile users =
                file("alice:" + PasswordHasher.hash("päss:wörd") + "\nbob:with:colon\n");

        assertThat(ask(users, "alice", "päss:wörd")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask(users, "bob", "with:colon")).isEqualTo(new Verdict.Accepted("bob"));
        assertThat(PasswordFile.check(folder.resolve("users")))
                .isEqualTo(new PasswordFile.Summary(2, 1));
    }

    @Test
    void aChangedEntryCountsAtOnceWhateverWasVerifiedBefore() throws Exception {
        PasswordFile users = file("alice:" + PasswordHasher.hash("old") + "\n");
        assertThat(ask(users, "alice", "old")).isInstanceOf(Verdict.Accepted.class);

        Files.writeString(
                folder.resolve("users"), "alice:" + PasswordHasher.hash("new one") + "\n\n");
        assertThat(ask(users, "alice", "old")).isEqualTo(PasswordFile.WRONG);
        assertThat(ask(users, "alice", "new one")).isInstanceOf(Verdict.Accepted.class);

        Files.writeString(folder.resolve("users"), "bob:x\n");
        assertThat(ask(users, "alice", "new one")).isEqualTo(PasswordFile.WRONG);
    }

    @Test
    void aStormOfReconnectsCostsNoHashing() throws Exception {
        PasswordFile users = file("fleet:" + PasswordHasher.hash("secret") + "\n");
        long start = System.nanoTime();
        assertThat(ask(users, "fleet", "secret")).isInstanceOf(Verdict.Accepted.class);
        long one = System.nanoTime() - start;

        start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            assertThat(ask(users, "fleet", "secret")).isInstanceOf(Verdict.Accepted.class);
        }
        assertThat(System.nanoTime() - start)
                .as("10,000 sign-ins, against 10,000 times %d ns", one)
                .isLessThan(Duration.ofNanos(one).multipliedBy(2000).toNanos());
    }

    /** Else the time of the answer would tell who is known. */
    @Test
    void everyRefusalTakesTheTimeOfAHash() throws Exception {
        PasswordFile users = file("alice:" + PasswordHasher.hash("secret") + "\nbob:clear\n");
        ask(users, "alice", "warm up");

        long hashed = median(users, "alice");
        assertThat(median(users, "nobody")).isBetween(hashed / 5, hashed * 5);
        assertThat(median(users, "bob")).isBetween(hashed / 5, hashed * 5);
    }

    private static long median(PasswordFile users, String user) throws Exception {
        long[] nanos = new long[9];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(ask(users, user, "wrong " + i)).isEqualTo(PasswordFile.WRONG);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
                "$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=2000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2y$10$abcdefghijklmnopqrstuuXzTrhhYd4Q3cEhn8yF7xfR6zJb0q1fG",
                "{SSHA512}0123456789abcdef0123456789abcdef",
            })
    void aHashThatCannotBeUsedIsNamedByItsLineAndNeverTakenForAPassword(String hash)
            throws Exception {
        PasswordFile users = file("bob:x\nalice:" + hash + "\n");

        assertThatThrownBy(() -> PasswordFile.check(folder.resolve("users")))
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining("outpost password hash USER")
                .hasMessageNotContaining("CTFh");
        assertThat(ask(users, "alice", hash)).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void passwordsOfTheOriginalFilesStayPasswords() throws Exception {
        PasswordFile users = file("a:$5$bill\nb:{x}\nc:$2\n");

        assertThat(ask(users, "a", "$5$bill")).isInstanceOf(Verdict.Accepted.class);
        assertThat(ask(users, "b", "{x}")).isInstanceOf(Verdict.Accepted.class);
        assertThat(ask(users, "c", "$2")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void hashingTakesAPartOfTheProcessorsAndOfTheMemory() {
        long gib = 1L << 30;
        assertThat(PasswordHasher.threads(2, gib)).isEqualTo(1);
        assertThat(PasswordHasher.threads(16, 8 * gib)).isEqualTo(8);
        assertThat(PasswordHasher.threads(16, gib)).isEqualTo(2);
        assertThat(PasswordHasher.threads(16, 1 << 20)).isEqualTo(1);
    }
}
