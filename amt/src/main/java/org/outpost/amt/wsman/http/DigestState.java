package org.outpost.amt.wsman.http;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one user knows of a device's nonce: it is used again for every request and over every
 * connection, with a count that grows, until the device names another.
 */
final class DigestState {
    private final Credentials credentials;
    private final Supplier<String> cnonces;

    private @Nullable DigestChallenge challenge;
    private int count;

    /**
     * Knows nothing yet.
     *
     * @param credentials the user
     * @param cnonces our numbers, hexadecimal
     */
    DigestState(Credentials credentials, Supplier<String> cnonces) {
        this.credentials = credentials;
        this.cnonces = cnonces;
    }

    /** Whether the challenge can be answered. */
    static boolean answerable(DigestChallenge challenge) {
        return challenge.algorithm().equalsIgnoreCase("MD5")
                && (challenge.qop().isEmpty()
                        || challenge.qop().contains("auth")
                        || challenge.qop().contains("auth-int"));
    }

    /** Answers this challenge from now on. */
    void accept(DigestChallenge next) {
        challenge = next;
        count = 0;
    }

    /** The realm of the challenge that is answered. */
    Optional<String> realm() {
        return Optional.ofNullable(challenge).map(DigestChallenge::realm);
    }

    /** Forgets the nonce. */
    void forget() {
        challenge = null;
    }

    /** The value of the {@code Authorization} header; empty before the first challenge. */
    Optional<String> authorization(String method, String uri, byte[] body) {
        DigestChallenge known = challenge;
        if (known == null) {
            return Optional.empty();
        }
        String qop = choose(known.qop());
        String nc = String.format("%08x", ++count);
        String cnonce = cnonces.get();
        StringBuilder header =
                new StringBuilder("Digest username=\"")
                        .append(credentials.user())
                        .append("\", realm=\"")
                        .append(quotable(known.realm()))
                        .append("\", nonce=\"")
                        .append(quotable(known.nonce()))
                        .append("\", uri=\"")
                        .append(uri)
                        .append('"');
        if (!qop.isEmpty()) {
            header.append(", qop=").append(qop);
            header.append(", nc=").append(nc).append(", cnonce=\"").append(cnonce).append('"');
        }
        header.append(", response=\"")
                .append(
                        DigestAnswer.response(
                                known, credentials, method, uri, body, qop, nc, cnonce))
                .append('"');
        known.opaque()
                .ifPresent(
                        opaque ->
                                header.append(", opaque=\"").append(quotable(opaque)).append('"'));
        return Optional.of(header.toString());
    }

    private static String choose(List<String> offered) {
        if (offered.isEmpty()) {
            return "";
        }
        return offered.contains("auth") ? "auth" : "auth-int";
    }

    private static String quotable(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
