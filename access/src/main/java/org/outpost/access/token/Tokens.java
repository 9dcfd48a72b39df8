package org.outpost.access.token;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessException;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.registry.Registry;
import org.outpost.access.right.Scope;
import org.outpost.database.Database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of all users: sessions and API tokens. A token is looked up in memory and compared in
 * constant time; 256 random bits need no slow hash. Thread-safe; making and revoking block.
 */
public final class Tokens {
    private static final Pattern FORM = Pattern.compile("op_([0-9a-f]{16})_[A-Za-z0-9_-]{43}");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int MOST_OF_A_USER = 200;
    private static final Duration SWEEP = Duration.ofMinutes(10);

    private final Registry<Token> registry;
    private final TokenKey key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private volatile Instant swept;

    /** Reads them. Blocks. */
    public Tokens(Database database, TokenKey key, InstantSource clock) {
        this.registry = new Registry<>(database, "token", Token.class, Token::id);
        this.key = key;
        this.clock = clock;
        this.swept = clock.instant();
    }

    /**
     * Makes a token. Of the sessions of a user the oldest ends when there are too many.
     *
     * @param user key of the user
     * @param lifetime null for one that does not expire
     * @throws AccessException when the user has {@value #MOST_OF_A_USER} API tokens already
     */
    public NewToken make(
            String user,
            Token.Kind kind,
            String label,
            Scope scope,
            String means,
            @Nullable Duration lifetime) {
        Instant now = clock.instant();
        sweep(now);
        makeRoom(user, kind);
        String id = HexFormat.of().formatHex(bytes(ID_BYTES));
        String text =
                "op_"
                        + id
                        + "_"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(bytes(SECRET_BYTES));
        Token token =
                new Token(
                        id,
                        user,
                        kind,
                        label,
                        key.mac(text),
                        scope,
                        means,
                        now,
                        lifetime == null ? null : now.plus(lifetime));
        return new NewToken(registry.add(token, "The same random number came twice."), text);
    }

    private void makeRoom(String user, Token.Kind kind) {
        List<Token> same = of(user).stream().filter(token -> token.kind() == kind).toList();
        if (same.size() < MOST_OF_A_USER) {
            return;
        }
        if (kind == Token.Kind.API) {
            throw new AccessException(
                    Reason.CONFLICT,
                    "A user has at most " + MOST_OF_A_USER + " tokens; revoke some first.");
        }
        String oldest = same.getLast().id();
        registry.removeAll(token -> token.id().equals(oldest));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The good token that has this text. */
    public Optional<Token> find(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Token> found =
                registry.find(form.group(1))
                        .filter(token -> same(token.mac(), key.mac(text)))
                        .filter(token -> token.isGood(now));
        found.ifPresent(token -> used.put(token.id(), now));
        return found;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** The good tokens of a user, those made last first. */
    public List<Token> of(String user) {
        Instant now = clock.instant();
        return registry.all().stream()
                .filter(token -> token.user().equals(user) && token.isGood(now))
                .sorted(Comparator.comparing(Token::created).reversed().thenComparing(Token::id))
                .toList();
    }

    /** When it was used last since the start of the server. */
    public Optional<Instant> lastUse(Token token) {
        return Optional.ofNullable(used.get(token.id()));
    }

    /** The token of this id, good or not. */
    public Optional<Token> byId(String id) {
        return registry.find(id);
    }

    /** Ends a token; whoever shows it from now on is nobody. Returns whether it was there. */
    public boolean revoke(String id) {
        used.remove(id);
        return !registry.removeAll(token -> token.id().equals(id)).isEmpty();
    }

    /** Ends all tokens of a user. */
    public void revokeAll(String user) {
        registry.removeAll(token -> token.user().equals(user))
                .forEach(token -> used.remove(token.id()));
    }

    /** Ends the sessions of a user, apart from one. */
    public void endSessions(String user, @Nullable String apart) {
        registry.removeAll(
                        token ->
                                token.user().equals(user)
                                        && token.kind() == Token.Kind.SESSION
                                        && !token.id().equals(apart))
                .forEach(token -> used.remove(token.id()));
    }

    private void sweep(Instant now) {
        if (Duration.between(swept, now).compareTo(SWEEP) >= 0) {
            swept = now;
            registry.removeAll(token -> !token.isGood(now))
                    .forEach(token -> used.remove(token.id()));
        }
    }
}
