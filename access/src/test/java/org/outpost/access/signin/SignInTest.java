package org.outpost.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessControl;
import org.outpost.access.TestAccess;
import org.outpost.access.right.Grant;
import org.outpost.access.signin.SignInOutcome.Accepted;
import org.outpost.access.signin.SignInOutcome.Refused;
import org.outpost.access.signin.SignInOutcome.TooMany;
import org.outpost.access.signin.SignInOutcome.Unavailable;
import org.outpost.authenticator.Verdict;
import org.outpost.database.Database;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.authentication.PasswordHasher;
import org.outpost.testkit.database.DatabaseKind;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class SignInTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");
    private static final String PASSWORD = "correct horse battery";

    private final Database database;
    private final AccessControl access;
    private final PasswordHasher hasher = new PasswordHasher();
    private final List<Duration> pauses = new ArrayList<>();

    SignInTest(@TempDir Path folder) {
        database = TestAccess.open(DatabaseKind.SQLITE.fresh(folder));
        access = new AccessControl(database);
        access.users().add("Iris", "", PASSWORD, false, List.of());
    }

    @AfterEach
    void close() {
        hasher.close();
        database.close();
    }

    private SignIn signIn(SignIn.@Nullable Directory directory) {
        return new SignIn(access, hasher, directory, pauses::add);
    }

    private static AuthenticationService says(Verdict verdict) {
        return credentials -> CompletableFuture.completedFuture(verdict);
    }

    @Test
    void theRightPasswordIsAccepted() throws Exception {
        SignInOutcome outcome = signIn(null).signIn("iris", PASSWORD, HERE);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> {
                            assertThat(accepted.user().name()).isEqualTo("Iris");
                            assertThat(accepted.means()).isEqualTo("password");
                        });
        assertThat(pauses).isEmpty();
    }

    @Test
    void wrongUnknownAndDisabledAreToldAlike() throws Exception {
        access.users().add("otto", "", PASSWORD, false, List.of());
        access.users().setEnabled("otto", false);
        SignIn signIn = signIn(null);
        assertThat(signIn.signIn("iris", "wrong horse", HERE)).isEqualTo(new Refused());
        assertThat(signIn.signIn("nobody", PASSWORD, HERE)).isEqualTo(new Refused());
        assertThat(signIn.signIn("otto", PASSWORD, HERE)).isEqualTo(new Refused());
        assertThat(signIn.signIn("iris", "", HERE)).isEqualTo(new Refused());
        assertThat(signIn.signIn("iris", "x".repeat(2000), HERE)).isEqualTo(new Refused());
    }

    @Test
    void guessesGetSlowerAndTheRightPasswordDoesNot() throws Exception {
        SignIn signIn = signIn(null);
        for (int i = 0; i < 8; i++) {
            signIn.signIn("IRIS", "wrong " + i, HERE);
        }
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
        pauses.clear();

        assertThat(signIn.signIn("iris", PASSWORD, HERE)).isInstanceOf(Accepted.class);
        signIn.signIn("iris", "wrong", THERE);
        signIn.signIn("otto", "wrong", HERE);
        signIn.signIn("iris", "wrong", HERE);

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(250L, 250L, 250L);
    }

    @Test
    void onlySomeGuessesWaitSideBySideAndTheRightPasswordNever() throws Exception {
        CountDownLatch waiting = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        SignIn signIn =
                new SignIn(
                        access,
                        hasher,
                        null,
                        time -> {
                            waiting.countDown();
                            go.await();
                        });
        List<Future<SignInOutcome>> guesses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < 4; i++) {
                    String guess = "wrong " + i;
                    guesses.add(threads.submit(() -> signIn.signIn("iris", guess, HERE)));
                }
                assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

                assertThat(signIn.signIn("iris", "wrong", HERE)).isInstanceOf(TooMany.class);
                assertThat(signIn.signIn("iris", PASSWORD, HERE)).isInstanceOf(Accepted.class);
                assertThat(signIn.signIn("iris", PASSWORD, THERE)).isInstanceOf(Accepted.class);
            } finally {
                go.countDown();
            }
        }
        for (Future<SignInOutcome> guess : guesses) {
            assertThat(result(guess)).isEqualTo(new Refused());
        }
    }

    @Test
    void whoHasOneAddressOfANetworkHasAllOfIt() throws Exception {
        SignIn signIn = signIn(null);
        for (int i = 1; i <= 3; i++) {
            signIn.signIn("iris", "wrong", InetAddress.ofLiteral("2001:db8:0:1::" + i));
        }
        signIn.signIn("iris", "wrong", InetAddress.ofLiteral("2001:db8:0:2::1"));
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L, 250L);
    }

    private static SignInOutcome result(Future<SignInOutcome> future)
            throws ExecutionException, InterruptedException {
        return future.get();
    }

    @Test
    void aUserOfTheDirectoryIsMadeAtTheFirstSignIn() throws Exception {
        SignIn signIn =
                signIn(
                        new SignIn.Directory(
                                says(new Verdict.Accepted("otto")),
                                List.of(Grant.everywhere("viewer"))));

        assertThat(signIn.signIn("otto", "from the directory", HERE))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> {
                            assertThat(accepted.means()).isEqualTo("directory");
                            assertThat(accepted.user().hash()).isNull();
                            assertThat(accepted.user().grants())
                                    .containsExactly(Grant.everywhere("viewer"));
                        });
        access.users().setEnabled("otto", false);
        assertThat(signIn.signIn("otto", "from the directory", HERE)).isEqualTo(new Refused());
    }

    @Test
    void aDirectoryDoesNotSpeakForUsersWithAPasswordHere() throws Exception {
        SignIn signIn = signIn(new SignIn.Directory(says(new Verdict.Accepted("iris")), List.of()));
        assertThat(signIn.signIn("iris", "from the directory", HERE)).isEqualTo(new Refused());
    }

    @Test
    void withoutGrantsADirectoryLetsInOnlyThoseThatAreKnown() throws Exception {
        access.users().add("otto", "", null, false, List.of());
        SignIn signIn = signIn(new SignIn.Directory(says(new Verdict.Accepted("otto")), List.of()));
        assertThat(signIn.signIn("otto", "good", HERE)).isInstanceOf(Accepted.class);
        assertThat(signIn.signIn("ida", "good", HERE)).isEqualTo(new Refused());
        assertThat(signIn.signIn("otto", "", HERE)).isEqualTo(new Refused());
    }

    @Test
    void aSilentDirectoryIsNotAWrongPassword() throws Exception {
        SignIn signIn =
                signIn(
                        new SignIn.Directory(
                                says(new Verdict.Unavailable("ldap: timed out")), List.of()));
        assertThat(signIn.signIn("otto", "good", HERE))
                .isEqualTo(new Unavailable("ldap: timed out"));
        assertThat(pauses).isEmpty();
    }
}
