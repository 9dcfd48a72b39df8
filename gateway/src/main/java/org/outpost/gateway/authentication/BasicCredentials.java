package org.outpost.gateway.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * User and password of an Authorization or Proxy-Authorization field, scheme Basic (RFC 7617), in
 * UTF-8.
 *
 * @param user up to the first colon
 */
public record BasicCredentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /** Empty when the field is not well-formed. */
    public static Optional<BasicCredentials> parse(String field) {
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String decoded;
        try {
            decoded =
                    new String(
                            Base64.getDecoder().decode(field.substring(SCHEME.length()).trim()),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = decoded.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(
                        new BasicCredentials(
                                decoded.substring(0, colon), decoded.substring(colon + 1)));
    }

    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return "BasicCredentials[user=" + user + "]";
    }
}
