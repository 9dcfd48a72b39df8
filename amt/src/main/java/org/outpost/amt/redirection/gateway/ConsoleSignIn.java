package org.outpost.amt.redirection.gateway;

import org.outpost.amt.redirection.codec.ShortStrings;
import org.outpost.amt.redirection.message.AuthenticationMethod;
import org.outpost.amt.redirection.message.AuthenticationStatus;
import org.outpost.amt.redirection.message.Octets;
import org.outpost.amt.redirection.message.SessionMessage.Authenticate;
import org.outpost.amt.redirection.message.SessionMessage.AuthenticateReply;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * Answers a console's sign-in. Who the console is was settled before it came here, so whatever it
 * sends is taken; it is asked as a device would ask, since that is what consoles know. Nothing of
 * the device's sign-in reaches it.
 */
final class ConsoleSignIn {
    private static final String REALM = "Digest:Outpost";
    private static final String QOP = "auth";
    private static final int NONCE = 2;
    private static final Octets METHODS =
            Octets.of((byte) AuthenticationMethod.OLD_DIGEST, (byte) AuthenticationMethod.DIGEST);

    private final SecureRandom random = new SecureRandom();

    AuthenticateReply answer(Authenticate message) {
        int method = message.method();
        return switch (method) {
            case AuthenticationMethod.QUERY ->
                    new AuthenticateReply(AuthenticationStatus.SUCCESS, method, METHODS);
            case AuthenticationMethod.CLEAR_TEXT -> accepted(method);
            case AuthenticationMethod.OLD_DIGEST, AuthenticationMethod.DIGEST -> {
                List<String> fields = ShortStrings.split(message.data());
                boolean answers = fields.size() > NONCE && !fields.get(NONCE).isEmpty();
                yield answers ? accepted(method) : challenge(method);
            }
            default -> new AuthenticateReply(AuthenticationStatus.UNSUPPORTED, method, Octets.NONE);
        };
    }

    /** Whether that reply ends the sign-in. */
    static boolean isAccepted(AuthenticateReply reply) {
        return reply.status() == AuthenticationStatus.SUCCESS
                && reply.method() != AuthenticationMethod.QUERY;
    }

    private static AuthenticateReply accepted(int method) {
        return new AuthenticateReply(AuthenticationStatus.SUCCESS, method, Octets.NONE);
    }

    private AuthenticateReply challenge(int method) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        return new AuthenticateReply(
                AuthenticationStatus.FAILURE,
                method,
                method == AuthenticationMethod.DIGEST
                        ? ShortStrings.join(REALM, nonce, QOP)
                        : ShortStrings.join(REALM, nonce));
    }
}
