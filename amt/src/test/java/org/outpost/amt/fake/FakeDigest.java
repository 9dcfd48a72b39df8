package org.outpost.amt.fake;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AMT's side of digest authentication: one challenge, every value quoted. */
public final class FakeDigest {
    /** The realm of the document's example. */
    public static final String REALM = "Digest:F3EB554784E729164447A89F60B641C5";

    /** Who may come in. */
    public String user = "";

    /** And with which password. */
    public String password = "";

    /** The realm it names. */
    public String realm = REALM;

    /** The protections it offers. */
    public String qop = "auth";

    /** How often it has answered 401. */
    public volatile int challenges;

    /** How often a wrong response was shown. */
    public volatile int failures;

    private int nonces = 1;

    /** From now on another nonce counts. */
    public synchronized void renew() {
        nonces++;
    }

    private String nonce() {
        return "XHwLuAAAAACcoAAAWJvYPzvE1Lh0cCY" + nonces;
    }

    /** The challenge to answer with, or null when the request may pass. */
    synchronized @Nullable String judge(
            String authorization, String method, String uri, byte[] body) {
        String stale = "false";
        if (authorization.startsWith("Digest ")) {
            String expected = expected(authorization, method, uri, body);
            boolean known = value(authorization, "nonce").equals(nonce());
            boolean right = value(authorization, "response").equals(expected);
            if (known && right && value(authorization, "username").equals(user)) {
                return null;
            }
            if (!known && right) {
                stale = "true";
            } else {
                failures++;
            }
        }
        challenges++;
        return "Digest realm=\""
                + realm
                + "\", nonce=\""
                + nonce()
                + "\",stale=\""
                + stale
                + "\",qop=\""
                + qop
                + "\"";
    }

    private String expected(String authorization, String method, String uri, byte[] body) {
        String used = value(authorization, "qop");
        String entity = used.equals("auth-int") ? ":" + md5(body) : "";
        return md5(
                md5(user + ":" + realm + ":" + password)
                        + ":"
                        + value(authorization, "nonce")
                        + ":"
                        + value(authorization, "nc")
                        + ":"
                        + value(authorization, "cnonce")
                        + ":"
                        + used
                        + ":"
                        + md5(method + ":" + uri + entity));
    }

    private static String value(String header, String name) {
        Matcher found =
                Pattern.compile("[ ,]" + name + "=(?:\"([^\"]*)\"|([^\", ]*))").matcher(header);
        if (!found.find()) {
            return "";
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String md5(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
