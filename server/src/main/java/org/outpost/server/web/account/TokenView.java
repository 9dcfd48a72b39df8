package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.token.Token;
import org.outpost.access.token.Tokens;
import org.outpost.server.web.Answers;
import org.springframework.http.HttpStatus;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A token without its text.
 *
 * @param kind {@code session} or {@code api}
 * @param rights what it is good for; empty for all that its user may do
 * @param devices the only devices; empty for all
 * @param lastUsed since the server was started
 */
record TokenView(
        String id,
        String kind,
        String label,
        List<String> rights,
        Set<UUID> devices,
        String means,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant lastUsed) {
    static TokenView of(Token token, Tokens tokens) {
        return new TokenView(
                token.id(),
                token.kind().name().toLowerCase(Locale.ROOT),
                token.label(),
                token.scope().rights(),
                token.scope().devices(),
                token.means(),
                token.created(),
                token.expires(),
                tokens.lastUse(token).orElse(null));
    }

    static void revoke(Tokens tokens, String user, String id) {
        boolean theirs = tokens.byId(id).filter(token -> token.user().equals(user)).isPresent();
        if (!theirs || !tokens.revoke(id)) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "There is no token " + id + ".");
        }
    }
}
