package org.outpost.amt.redirection.signin;

import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;
import org.outpost.amt.redirection.codec.ShortStrings;
import org.outpost.amt.redirection.message.AuthenticationMethod;
import org.outpost.amt.redirection.message.Octets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The data of digest messages (redirection.md §1.1). The firmware knows no hash but MD5. */
final class DigestSignIn {
    private static final String URI = "/RedirectionService";
    private static final String QOP = "auth";

    /** The counter that deployed consoles send; the query is taken for the nonce's first use. */
    private static final String COUNT = "00000002";

    private final RedirectionCredentials credentials;
    private final int method;

    /** For one of the two digest methods. */
    DigestSignIn(RedirectionCredentials credentials, int method) {
        this.credentials = credentials;
        this.method = method;
    }

    /** Asks for a challenge. */
    Octets request() {
        return isOld()
                ? ShortStrings.join(credentials.user(), "", "", URI, "", "", "")
                : ShortStrings.join(credentials.user(), "", "", URI, "", "", "", "");
    }

    /**
     * Answers a challenge.
     *
     * @param cnonce made for this answer, 32 hexadecimal digits
     * @throws RedirectionProtocolException when the challenge cannot be understood
     */
    Octets answer(Challenge challenge, String cnonce) {
        String user = credentials.user();
        String realm = challenge.realm();
        String nonce = challenge.nonce();
        String ha1 = md5(user + ":" + realm + ":" + credentials.password());
        String ha2 = md5("POST:" + URI);
        if (isOld()) {
            String response = md5(ha1 + ":" + nonce + ":" + ha2);
            return ShortStrings.join(user, realm, nonce, URI, cnonce, COUNT, response);
        }
        String response = md5(String.join(":", ha1, nonce, COUNT, cnonce, QOP, ha2));
        return ShortStrings.join(user, realm, nonce, URI, cnonce, COUNT, response, QOP);
    }

    /** Reads a challenge. */
    Challenge challenge(Octets data) {
        List<String> parts = ShortStrings.split(data);
        if (parts.size() < (isOld() ? 2 : 3)) {
            throw new RedirectionProtocolException(
                    "a challenge of %d strings for method %d".formatted(parts.size(), method));
        }
        if (!isOld()
                && Arrays.stream(parts.get(2).split(","))
                        .map(String::strip)
                        .noneMatch(QOP::equals)) {
            throw new RedirectionProtocolException("a challenge without the protection \"auth\"");
        }
        return new Challenge(parts.get(0), parts.get(1));
    }

    private boolean isOld() {
        return method == AuthenticationMethod.OLD_DIGEST;
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    /**
     * What the device asks.
     *
     * @param realm its realm
     * @param nonce its nonce
     */
    record Challenge(String realm, String nonce) {}
}
