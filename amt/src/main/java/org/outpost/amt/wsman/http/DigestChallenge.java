package org.outpost.amt.wsman.http;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A challenge for digest access authentication (RFC 2617; wsman.md section 1.1).
 *
 * @param realm in whose name the password is asked for
 * @param nonce the server's number
 * @param qop the protections offered, in lower case; empty when none is named (RFC 2069)
 * @param stale whether the credentials were right and only the nonce is old
 * @param algorithm the hash; MD5 when none is named
 * @param opaque to be sent back as it is
 */
public record DigestChallenge(
        String realm,
        String nonce,
        List<String> qop,
        boolean stale,
        String algorithm,
        Optional<String> opaque) {
    private static final int LONGEST = 4096;

    /**
     * Reads the value of a {@code WWW-Authenticate} header.
     *
     * @param header the value
     * @return the challenge; empty when it is another scheme, or malformed
     */
    public static Optional<DigestChallenge> parse(String header) {
        String value = header.strip();
        if (value.length() > LONGEST || !value.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> parameters = parameters(value.substring(7));
        if (parameters == null) {
            return Optional.empty();
        }
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        if (realm == null || nonce == null || nonce.isEmpty()) {
            return Optional.empty();
        }
        String qop = parameters.getOrDefault("qop", "").toLowerCase(Locale.ROOT);
        return Optional.of(
                new DigestChallenge(
                        realm,
                        nonce,
                        split(qop),
                        parameters.getOrDefault("stale", "").equalsIgnoreCase("true"),
                        parameters.getOrDefault("algorithm", "MD5"),
                        Optional.ofNullable(parameters.get("opaque"))));
    }

    private static List<String> split(String qop) {
        return Arrays.stream(qop.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** The parameters by name in lower case, the first of each; null when it is no list. */
    private static @Nullable Map<String, String> parameters(String list) {
        Map<String, String> parameters = new HashMap<>();
        int at = 0;
        while (true) {
            at = skip(list, at, " \t,");
            if (at == list.length()) {
                return parameters;
            }
            int equals = list.indexOf('=', at);
            if (equals < 0) {
                return null;
            }
            String name = list.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = skip(list, equals + 1, " \t");
            StringBuilder value = new StringBuilder();
            at =
                    at < list.length() && list.charAt(at) == '"'
                            ? quoted(list, at + 1, value)
                            : token(list, at, value);
            if (at < 0 || name.isEmpty()) {
                return null;
            }
            parameters.putIfAbsent(name, value.toString());
        }
    }

    private static int skip(String list, int from, String these) {
        int at = from;
        while (at < list.length() && these.indexOf(list.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int quoted(String list, int from, StringBuilder value) {
        for (int at = from; at < list.length(); at++) {
            char c = list.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < list.length()) {
                at++;
            }
            value.append(list.charAt(at));
        }
        return -1;
    }

    private static int token(String list, int from, StringBuilder value) {
        int end = list.indexOf(',', from);
        int stop = end < 0 ? list.length() : end;
        value.append(list.substring(from, stop).strip());
        return stop;
    }
}
