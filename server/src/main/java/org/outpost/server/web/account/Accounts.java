package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.signin.SignIn;
import org.outpost.access.token.Tickets;
import org.outpost.access.token.Tokens;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.IdentityProvider;

import java.time.Duration;

/**
 * Who may call the API, and the routes to manage them.
 *
 * @param session how long a sign-in is good
 * @param provider who vouches for callers besides us; null for nobody
 */
public record Accounts(
        AccessControl control,
        Tokens tokens,
        Tickets tickets,
        SignIn signIn,
        Duration session,
        FirstAdmin firstAdmin,
        @Nullable IdentityProvider provider) {
    /**
     * Knows who calls.
     *
     * @param localToken what commands on this machine show
     */
    public Callers callers(String localToken) {
        return new Callers(control, tokens, localToken, provider);
    }

    /** Signing in and out. */
    public SignInController signInController() {
        return new SignInController(signIn, control, tokens, tickets, session, firstAdmin);
    }

    /** Users. */
    public UserController userController() {
        return new UserController(control, tokens, new Authority(control), firstAdmin);
    }

    /** The caller's own tokens. */
    public TokenController tokenController() {
        return new TokenController(control, tokens);
    }

    /** Roles. */
    public RoleController roleController() {
        return new RoleController(control, new Authority(control));
    }

    /** Groups of devices. */
    public GroupController groupController() {
        return new GroupController(control, new Authority(control));
    }
}
