package org.outpost.access.door;

import org.outpost.access.AccessControl;
import org.outpost.access.token.Token;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.PasswordHasher;

/**
 * Lets the users of the API in at the doors: by their password, or by an API token in its place. A
 * token that is not good for everything is refused, for a door cannot keep to its limits. They are
 * called {@code user:NAME} there, so that nobody whom another authenticator vouches for is taken
 * for them.
 */
public final class UserAuthenticator implements Authenticator {
    private static final Verdict.Refused WRONG =
            new Verdict.Refused("unknown user or wrong password");

    private final AccessControl access;
    private final Tokens tokens;
    private final PasswordHasher hasher;
    private final String model = PasswordHasher.hash("who is known is nobody's business");

    /** Asks these. */
    public UserAuthenticator(AccessControl access, Tokens tokens, PasswordHasher hasher) {
        this.access = access;
        this.tokens = tokens;
        this.hasher = hasher;
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws Exception {
        String password = credentials.password();
        if (password == null) {
            return new Verdict.Refused("no password was given");
        }
        User user = access.users().find(credentials.user()).filter(User::enabled).orElse(null);
        Token token = tokens.find(password).orElse(null);
        if (token != null) {
            if (user == null
                    || !token.user().equals(user.key())
                    || token.scope().isNarrow()
                    || token.kind() != Token.Kind.API) {
                return WRONG;
            }
            return new Verdict.Accepted(GrantedConsoles.USER + user.name());
        }
        String hash = user == null ? null : user.hash();
        if (user == null || hash == null) {
            hasher.pretend(password, model);
            return WRONG;
        }
        return hasher.matches(user.key(), password, hash)
                ? new Verdict.Accepted(GrantedConsoles.USER + user.name())
                : WRONG;
    }
}
