package org.outpost.server.web.security;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Scope;
import org.outpost.access.token.Ticket;
import org.outpost.access.token.Token;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.springframework.http.HttpHeaders;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Who stands behind what a request shows: a token of ours, the token of commands on this machine,
 * or what an identity provider signed. Asked at each request, so that what was revoked counts no
 * more.
 */
public final class Callers {
    /** The name of commands on this machine; no user can have it. */
    public static final String LOCAL = "@local";

    private static final String SCHEME = "Bearer ";
    private static final List<Grant> EVERYTHING = List.of(Grant.everywhere("administrator"));

    private final AccessControl access;
    private final Tokens tokens;
    private final byte[] local;
    private final @Nullable IdentityProvider provider;

    /**
     * Knows all of them.
     *
     * @param localToken what commands on this machine show; they may do everything
     * @param provider who signs tokens besides us; null for nobody
     */
    public Callers(
            AccessControl access,
            Tokens tokens,
            String localToken,
            @Nullable IdentityProvider provider) {
        this.access = access;
        this.tokens = tokens;
        this.local = bytes(localToken);
        this.provider = provider;
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Who sends this request: by its bearer token (RFC 6750 §2.1), else by the cookie of a browser.
     * Who shows a token means that one: a cookie beside it does not count.
     */
    public Optional<SignedIn> of(HttpServletRequest request) {
        String field = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (field == null) {
            return SessionCookie.read(request).flatMap(this::of);
        }
        return field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? of(field.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    /** Who shows this token; empty when it is none, expired or revoked. */
    public Optional<SignedIn> of(String token) {
        if (MessageDigest.isEqual(bytes(token), local)) {
            return Optional.of(
                    new SignedIn(
                            new Caller(
                                    LOCAL,
                                    AccessControl.PROVIDER,
                                    "cli.token",
                                    access.permissions(EVERYTHING),
                                    Scope.ALL),
                            null,
                            null));
        }
        Optional<Token> ours = tokens.find(token);
        if (ours.isPresent()) {
            Token found = ours.get();
            return user(found.user())
                    .map(
                            user ->
                                    new SignedIn(
                                            access.caller(user, found.means(), found.scope()),
                                            user.key(),
                                            found.id()));
        }
        return provider == null
                ? Optional.empty()
                : provider.of(token).map(caller -> new SignedIn(caller, null, null));
    }

    /**
     * Who stands behind a one-time token; of our users what they may now, and nobody when they may
     * not sign in any more.
     */
    public Optional<Caller> of(Ticket ticket) {
        String key = ticket.userKey();
        return key == null
                ? Optional.of(ticket.caller())
                : user(key)
                        .map(
                                user ->
                                        access.caller(
                                                user,
                                                ticket.caller().means(),
                                                ticket.caller().scope()));
    }

    private Optional<User> user(String key) {
        return access.users().find(key).filter(User::enabled);
    }
}
