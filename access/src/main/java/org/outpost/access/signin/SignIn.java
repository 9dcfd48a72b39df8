package org.outpost.access.signin;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.AccessException;
import org.outpost.access.Names;
import org.outpost.access.right.Grant;
import org.outpost.access.user.User;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.authentication.PasswordHasher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out who somebody is by name and password: first among the users with a password here, then,
 * where one is configured, in a directory. A failure takes as long for a user that is unknown as
 * for one that is known. Blocks; for request threads alone.
 */
public final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);
    private static final Duration DIRECTORY_PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int LONGEST = 1024;

    private final AccessControl access;
    private final PasswordHasher hasher;
    private final @Nullable Directory directory;
    private final Pause pause;
    private final SignInThrottle throttle = new SignInThrottle();
    private final String model = PasswordHasher.hash("who is known is nobody's business");

    /**
     * Where those are asked about who have no password here.
     *
     * @param service such as LDAP
     * @param grants what somebody is granted whom it accepts for the first time; empty to let in
     *     only those that were made users before
     */
    public record Directory(AuthenticationService service, List<Grant> grants) {}

    /** Signs in the users of this, by passwords that are compared with that. */
    public SignIn(
            AccessControl access,
            PasswordHasher hasher,
            @Nullable Directory directory,
            Pause pause) {
        this.access = access;
        this.hasher = hasher;
        this.directory = directory;
        this.pause = pause;
    }

    /**
     * Asks who it is.
     *
     * @throws InterruptedException when the waiting was interrupted
     */
    public SignInOutcome signIn(String name, String password, InetAddress address)
            throws InterruptedException {
        if (name.length() > LONGEST || password.length() > LONGEST) {
            return new SignInOutcome.Refused();
        }
        if (!throttle.enter(address)) {
            return new SignInOutcome.TooMany(RETRY);
        }
        SignInOutcome outcome;
        try {
            outcome = ask(name, password, address);
        } finally {
            throttle.leave(address);
        }
        if (outcome instanceof SignInOutcome.Accepted) {
            throttle.succeeded(address, Names.key(name));
        } else if (outcome instanceof SignInOutcome.Refused) {
            return refuse(address, Names.key(name));
        }
        return outcome;
    }

    /** Who guesses waits, and only some guesses at a user may wait side by side. */
    private SignInOutcome refuse(InetAddress address, String user) throws InterruptedException {
        if (!throttle.beginWait(address, user)) {
            return new SignInOutcome.TooMany(RETRY);
        }
        try {
            pause.of(throttle.failed(address, user));
            return new SignInOutcome.Refused();
        } finally {
            throttle.waited(address, user);
        }
    }

    private SignInOutcome ask(String name, String password, InetAddress address)
            throws InterruptedException {
        User user = access.users().find(name).orElse(null);
        String hash = user == null ? null : user.hash();
        if (user != null && hash != null) {
            boolean right = matches(user, password, hash);
            return right && user.enabled()
                    ? new SignInOutcome.Accepted(user, "password")
                    : new SignInOutcome.Refused();
        }
        if (directory != null && !password.isEmpty()) {
            return askDirectory(directory, user, name, password, address);
        }
        pretend(password);
        return new SignInOutcome.Refused();
    }

    private boolean matches(User user, String password, String hash) throws InterruptedException {
        try {
            return hasher.matches(user.key(), password, hash);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a password could not be compared", e);
        }
    }

    private void pretend(String password) throws InterruptedException {
        try {
            hasher.pretend(password, model);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a password could not be compared", e);
        }
    }

    private SignInOutcome askDirectory(
            Directory asked, @Nullable User user, String name, String password, InetAddress address)
            throws InterruptedException {
        Verdict verdict;
        try {
            verdict =
                    asked.service()
                            .authenticate(new Credentials(name, password, null, null, address))
                            .toCompletableFuture()
                            .get(DIRECTORY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return new SignInOutcome.Unavailable("the directory does not answer");
        }
        return switch (verdict) {
            case Verdict.Accepted _ -> known(asked, user, name);
            case Verdict.Refused _ -> new SignInOutcome.Refused();
            case Verdict.Unavailable unavailable ->
                    new SignInOutcome.Unavailable(unavailable.reason());
        };
    }

    private SignInOutcome known(Directory asked, @Nullable User user, String name) {
        if (user != null) {
            return user.enabled()
                    ? new SignInOutcome.Accepted(user, "directory")
                    : new SignInOutcome.Refused();
        }
        if (asked.grants().isEmpty()) {
            return new SignInOutcome.Refused();
        }
        try {
            User made =
                    access.users()
                            .add(
                                    name,
                                    AccessControl.PROVIDER,
                                    null,
                                    false,
                                    access.checkedGrants(AccessControl.PROVIDER, asked.grants()));
            log.atInfo()
                    .addKeyValue("user", made.name())
                    .log("a user of the directory signed in for the first time");
            return new SignInOutcome.Accepted(made, "directory");
        } catch (AccessException e) {
            // Somebody of the same name signed in at the same moment, or the name is none of ours.
            return access.users()
                    .find(name)
                    .filter(User::enabled)
                    .<SignInOutcome>map(there -> new SignInOutcome.Accepted(there, "directory"))
                    .orElseGet(SignInOutcome.Refused::new);
        }
    }
}
