package org.outpost.server.web.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Scope;
import org.outpost.access.right.Verb;
import org.outpost.access.signin.SignIn;
import org.outpost.access.signin.SignInOutcome;
import org.outpost.access.token.NewToken;
import org.outpost.access.token.Ticket;
import org.outpost.access.token.Tickets;
import org.outpost.access.token.Token;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.outpost.gateway.door.PeerText;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.Open;
import org.outpost.server.web.security.SessionCookies;
import org.outpost.server.web.security.SignedIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Signing in and out; paths and bodies are those of Open DMT's MPS. */
@RestController
@RequestMapping("/api/v1")
public final class SignInController {
    private static final Logger log = LoggerFactory.getLogger(SignInController.class);
    private static final int LONGEST_LABEL = 120;

    private final SignIn signIn;
    private final AccessControl access;
    private final Tokens tokens;
    private final Tickets tickets;
    private final Duration lifetime;
    private final FirstAdmin firstAdmin;

    /**
     * Signs in users.
     *
     * @param lifetime how long a session is good
     */
    public SignInController(
            SignIn signIn,
            AccessControl access,
            Tokens tokens,
            Tickets tickets,
            Duration lifetime,
            FirstAdmin firstAdmin) {
        this.signIn = signIn;
        this.access = access;
        this.tokens = tokens;
        this.tickets = tickets;
        this.lifetime = lifetime;
        this.firstAdmin = firstAdmin;
    }

    record Credentials(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    record Session(String token, @Nullable Instant expires) {
        @Override
        public String toString() {
            return "Session";
        }
    }

    record OneTime(String token) {
        @Override
        public String toString() {
            return "OneTime";
        }
    }

    record NewPassword(@Nullable String current, @Nullable String password) {
        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    record Me(
            String user,
            String tenant,
            String means,
            List<GrantView> grants,
            List<String> rights,
            boolean passwordIsInitial) {}

    @PostMapping("/authorize")
    @Open(Open.To.ANYBODY)
    Session authorize(
            @RequestBody Credentials credentials,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        String name = credentials.username();
        String password = credentials.password();
        List<Invalid> missing = new ArrayList<>();
        if (name == null || name.isBlank()) {
            missing.add(Invalid.inBody("username", "User name is required"));
        }
        if (password == null || password.isEmpty()) {
            missing.add(Invalid.inBody("password", "Password is required"));
        }
        if (name == null || password == null || !missing.isEmpty()) {
            throw Answers.invalid(missing.toArray(Invalid[]::new));
        }
        ActionNote.target(name.strip());
        InetAddress address = Answers.address(request.getRemoteAddr());
        User user;
        String means;
        switch (signIn.signIn(name.strip(), password, address)) {
            case SignInOutcome.Accepted accepted -> {
                user = accepted.user();
                means = accepted.means();
            }
            case SignInOutcome.Refused _ -> {
                log.atInfo()
                        .addKeyValue("door", "web")
                        .addKeyValue("user", PeerText.escape(name))
                        .addKeyValue("console", address.getHostAddress())
                        .log("not signed in");
                throw Answers.problem(
                        HttpStatus.UNAUTHORIZED, "Incorrect Username and/or Password!");
            }
            case SignInOutcome.TooMany(Duration retryAfter) -> {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(Math.max(1, retryAfter.toSeconds())));
                throw Answers.problem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many sign-ins from this address are being looked at; try again in a"
                                + " moment.");
            }
            case SignInOutcome.Unavailable(String reason) -> {
                log.atWarn().addKeyValue("reason", reason).log("nobody can say who signs in");
                throw Answers.problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The directory of users does not answer; try again, and look at the"
                                + " server's log.");
            }
        }
        ActionNote.tenant(user.tenant());
        NewToken made =
                tokens.make(
                        user.key(),
                        Token.Kind.SESSION,
                        label(request, address),
                        Scope.ALL,
                        means,
                        lifetime);
        SessionCookies.begin(response, made.text(), lifetime);
        return new Session(made.text(), made.token().expires());
    }

    private static String label(HttpServletRequest request, InetAddress address) {
        String program = request.getHeader(HttpHeaders.USER_AGENT);
        String label =
                address.getHostAddress() + (program == null ? "" : " " + PeerText.escape(program));
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
    }

    /** Ends the session or token with which it is called. */
    @PostMapping("/authorize/logout")
    @Open(Open.To.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(SignedIn signedIn, HttpServletResponse response) {
        if (signedIn.tokenId() != null) {
            tokens.revoke(signedIn.tokenId());
        }
        SessionCookies.end(response);
    }

    /** A token with which a browser opens one connection to this device, within half a minute. */
    @GetMapping("/authorize/redirection/{guid}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    OneTime redirection(@PathVariable String guid, SignedIn signedIn) {
        UUID device = Answers.uuid("guid", guid);
        Caller caller = signedIn.caller();
        Caller narrowed =
                new Caller(
                        caller.user(),
                        caller.tenant(),
                        caller.means(),
                        caller.permissions(),
                        new Scope(caller.scope().rights(), Set.of(device)));
        return new OneTime(tickets.make(new Ticket(narrowed, signedIn.userKey(), device)));
    }

    /** Who is signed in, and what they may do. */
    @GetMapping("/me")
    @Open(Open.To.SIGNED_IN)
    Me me(SignedIn signedIn) {
        String key = signedIn.userKey();
        User user = key == null ? null : access.users().find(key).orElse(null);
        return new Me(
                signedIn.caller().user(),
                signedIn.caller().tenant(),
                signedIn.caller().means(),
                user == null ? List.of() : GrantView.of(user.grants()),
                signedIn.caller().permissions().stream()
                        .flatMap(permission -> permission.role().rights().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                user != null && user.passwordIsInitial());
    }

    /** Changes the own password. Other sessions of the user end; API tokens stay. */
    @PutMapping("/me/password")
    @Open(Open.To.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(@RequestBody NewPassword wanted, SignedIn signedIn, HttpServletRequest request)
            throws InterruptedException {
        User user =
                Optional.ofNullable(signedIn.userKey())
                        .flatMap(access.users()::find)
                        .filter(known -> known.hash() != null)
                        .orElseThrow(
                                () ->
                                        Answers.problem(
                                                HttpStatus.CONFLICT,
                                                signedIn.caller().user()
                                                        + " has no password here to change."));
        String current = wanted.current();
        String password = wanted.password();
        if (current == null || password == null) {
            throw Answers.invalid(
                    Invalid.inBody(
                            current == null ? "current" : "password",
                            "Both the current and the new password are required"));
        }
        InetAddress address = Answers.address(request.getRemoteAddr());
        switch (signIn.signIn(user.name(), current, address)) {
            case SignInOutcome.Accepted _ -> {}
            case SignInOutcome.TooMany _ ->
                    throw Answers.problem(
                            HttpStatus.TOO_MANY_REQUESTS, "Too many tries; wait a moment.");
            case SignInOutcome.Refused _, SignInOutcome.Unavailable _ ->
                    throw Answers.problem(HttpStatus.FORBIDDEN, "The current password is another.");
        }
        access.users().setPassword(user.name(), password, false);
        tokens.endSessions(user.key(), signedIn.tokenId());
        firstAdmin.changed(user.name());
    }
}
