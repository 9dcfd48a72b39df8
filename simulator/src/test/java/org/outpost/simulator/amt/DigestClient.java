package org.outpost.simulator.amt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client's half of digest sign-in, written from RFC 7616 for the tests. */
public final class DigestClient {
    private static final String CNONCE = "0a4f113b";

    private final String user;
    private final String password;

    public DigestClient(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Value of the Authorization header for a challenge. */
    public String answer(String challenge, String method, String uri) {
        return answer(challenge, "auth", uri, method + ":" + uri);
    }

    String answerAuthInt(String challenge, String method, String uri, String body) {
        return answer(challenge, "auth-int", uri, method + ":" + uri + ":" + md5(body));
    }

    private String answer(String challenge, String qop, String uri, String request) {
        String realm = value(challenge, "realm");
        String nonce = value(challenge, "nonce");
        String response =
                md5(
                        md5(user + ":" + realm + ":" + password)
                                + ":"
                                + nonce
                                + ":00000001:"
                                + CNONCE
                                + ":"
                                + qop
                                + ":"
                                + md5(request));
        return String.format(
                Locale.ROOT,
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", cnonce=\"%s\","
                        + " nc=00000001, qop=%s, response=\"%s\"",
                user,
                realm,
                nonce,
                uri,
                CNONCE,
                qop,
                response);
    }

    private static String value(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        assertThat(matcher.find()).as(name + " in " + challenge).isTrue();
        return matcher.group(1);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
