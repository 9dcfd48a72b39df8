package org.outpost.gateway.door;

import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Answers from other threads, as the real service does. */
public final class FakeSignIn implements AuthenticationService {
    private static final Executor ELSEWHERE = Thread::startVirtualThread;

    private final Function<Credentials, Verdict> answer;
    private final List<Credentials> asked = new CopyOnWriteArrayList<>();

    private FakeSignIn(Function<Credentials, Verdict> answer) {
        this.answer = answer;
    }

    public static FakeSignIn anybody() {
        return new FakeSignIn(given -> new Verdict.Accepted(given.user()));
    }

    public static FakeSignIn only(String user, String password) {
        return new FakeSignIn(
                given ->
                        given.user().equals(user) && password.equals(given.password())
                                ? new Verdict.Accepted(user)
                                : new Verdict.Refused("wrong"));
    }

    public static FakeSignIn certificate(String subject) {
        return new FakeSignIn(
                given ->
                        given.certificate() != null
                                        && given.certificate()
                                                .getSubjectX500Principal()
                                                .getName()
                                                .contains(subject)
                                ? new Verdict.Accepted(subject)
                                : new Verdict.Refused("no certificate"));
    }

    public static FakeSignIn unavailable() {
        return new FakeSignIn(given -> new Verdict.Unavailable("down"));
    }

    @Override
    public CompletionStage<Verdict> authenticate(Credentials credentials) {
        asked.add(credentials);
        return CompletableFuture.supplyAsync(() -> answer.apply(credentials), ELSEWHERE);
    }

    public List<Credentials> asked() {
        return asked;
    }
}
