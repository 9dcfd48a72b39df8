package org.outpost.simulator.amt;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an {@code Authorization: Digest} header (RFC 7616 §3.4). Lenient where clients
 * of AMT are known to differ: {@code nc} and {@code qop} with or without quotes, no space after
 * commas.
 */
final class DigestHeader {
    private static final int LONGEST = 4096;
    private static final int MOST_PARAMETERS = 20;
    private static final String SCHEME = "digest";

    private final Map<String, String> parameters;

    private DigestHeader(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** The header's parameters; empty when it is not a well-formed digest header. */
    static Optional<DigestHeader> parse(String header) {
        if (header.length() > LONGEST
                || header.length() <= SCHEME.length()
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || !isSpace(header.charAt(SCHEME.length()))) {
            return Optional.empty();
        }
        return new Parser(header, SCHEME.length() + 1).parse().map(DigestHeader::new);
    }

    /** A parameter's value without its quotes; empty text when absent. */
    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text, int at) {
            this.text = text;
            this.at = at;
        }

        Optional<Map<String, String>> parse() {
            Map<String, String> found = new HashMap<>();
            while (true) {
                skip(true);
                if (at == text.length()) {
                    return found.isEmpty() ? Optional.empty() : Optional.of(found);
                }
                String name = token().toLowerCase(Locale.ROOT);
                skip(false);
                if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                    return Optional.empty();
                }
                at++;
                skip(false);
                Optional<String> value = value();
                // A parameter said twice is a way to fool one of two parsers.
                if (value.isEmpty()
                        || found.put(name, value.get()) != null
                        || found.size() > MOST_PARAMETERS) {
                    return Optional.empty();
                }
                skip(false);
                if (at < text.length() && text.charAt(at) != ',') {
                    return Optional.empty();
                }
            }
        }

        private void skip(boolean commas) {
            while (at < text.length()
                    && (isSpace(text.charAt(at)) || (commas && text.charAt(at) == ','))) {
                at++;
            }
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private Optional<String> value() {
            if (at < text.length() && text.charAt(at) == '"') {
                at++;
                return quoted();
            }
            String token = token();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        }

        private Optional<String> quoted() {
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return Optional.of(value.toString());
                }
                if (c == '\\' && at < text.length()) {
                    c = text.charAt(at++);
                }
                value.append(c);
            }
            return Optional.empty();
        }

        private static boolean isTokenCharacter(char c) {
            return c > ' ' && c < 127 && "(),;<=>?[]{}\"".indexOf(c) < 0;
        }
    }
}
