package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.Names;
import org.outpost.access.right.Scope;
import org.outpost.access.token.NewToken;
import org.outpost.access.token.Token;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.security.Open;
import org.outpost.server.web.security.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tokens of whoever is signed in: sessions, and those for programs. */
@RestController
@RequestMapping("/api/v1/tokens")
public final class TokenController {
    private static final int LONGEST_DAYS = 3650;
    private static final int MOST_OF_ALL = 1000;

    private final AccessControl access;
    private final Tokens tokens;

    /** Manages these. */
    public TokenController(AccessControl access, Tokens tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    /**
     * A token to be made.
     *
     * @param rights what it shall be good for, within what the user may do; left out for all
     * @param devices the only devices; left out for all
     * @param expiresInDays 1 to 3650; left out for one that does not expire
     */
    record Wanted(
            @Nullable String label,
            @Nullable List<String> rights,
            @Nullable Set<UUID> devices,
            @Nullable Integer expiresInDays) {}

    /**
     * A token that was just made.
     *
     * @param token its text, which is told this once
     */
    record Made(String id, String token, String label, @Nullable Instant expires) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    @GetMapping
    @Open(Open.To.SIGNED_IN)
    Listing<TokenView> tokens(SignedIn signedIn) {
        List<TokenView> held =
                tokens.of(user(signedIn).key()).stream()
                        .map(token -> TokenView.of(token, tokens))
                        .toList();
        return new Listing<>(held, held.size());
    }

    @PostMapping
    @Open(Open.To.SIGNED_IN)
    @ResponseStatus(HttpStatus.CREATED)
    Made makeToken(@RequestBody Wanted wanted, SignedIn signedIn) {
        User user = user(signedIn);
        return make(tokens, user, wanted, signedIn);
    }

    /**
     * The user whose tokens they are; who has only a part of the user's rights does not see them.
     */
    private User user(SignedIn signedIn) {
        if (signedIn.caller().scope().isNarrow()) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "A token that is not good for everything does not manage tokens; sign in.");
        }
        return Optional.ofNullable(signedIn.userKey())
                .flatMap(access.users()::find)
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.CONFLICT,
                                        signedIn.caller().user()
                                                + " is no user of this server and cannot have"
                                                + " tokens; make a user first."));
    }

    /** Makes an API token for a user, by the word of who is signed in. */
    static Made make(Tokens tokens, User user, Wanted wanted, SignedIn signedIn) {
        boolean byApiToken =
                Optional.ofNullable(signedIn.tokenId())
                        .flatMap(tokens::byId)
                        .filter(token -> token.kind() == Token.Kind.API)
                        .isPresent();
        if (byApiToken || signedIn.caller().scope().isNarrow()) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "A token for a program makes no others; sign in.");
        }
        Integer days = wanted.expiresInDays();
        if (days != null && (days < 1 || days > LONGEST_DAYS)) {
            throw Answers.invalid(
                    Invalid.inBody("expiresInDays", "A number from 1 to " + LONGEST_DAYS));
        }
        NewToken made =
                tokens.make(
                        user.key(),
                        Token.Kind.API,
                        Names.line("label", wanted.label() == null ? "" : wanted.label()),
                        scope(wanted),
                        "token",
                        days == null ? null : Duration.ofDays(days));
        return new Made(
                made.token().id(), made.text(), made.token().label(), made.token().expires());
    }

    private static Scope scope(Wanted wanted) {
        Answers.bounded("rights", wanted.rights(), MOST_OF_ALL);
        Answers.bounded("devices", wanted.devices(), MOST_OF_ALL);
        try {
            return new Scope(
                    wanted.rights() == null ? List.of() : wanted.rights(),
                    wanted.devices() == null ? Set.of() : wanted.devices());
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("rights", String.valueOf(e.getMessage())));
        }
    }

    @DeleteMapping("/{id}")
    @Open(Open.To.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeToken(@PathVariable String id, SignedIn signedIn) {
        TokenView.revoke(tokens, user(signedIn).key(), id);
    }
}
