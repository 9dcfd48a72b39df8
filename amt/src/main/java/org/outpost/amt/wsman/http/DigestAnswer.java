package org.outpost.amt.wsman.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The arithmetic of digest access authentication (RFC 2617 section 3.2.2), with MD5. */
final class DigestAnswer {
    private DigestAnswer() {}

    /**
     * The {@code response} directive.
     *
     * @param challenge what is answered
     * @param credentials whose password
     * @param method the HTTP method
     * @param uri the request target
     * @param body what {@code auth-int} protects
     * @param qop one of the offered protections; empty for RFC 2069
     * @param count the nonce count, 8 hexadecimal digits
     * @param cnonce our number
     */
    static String response(
            DigestChallenge challenge,
            Credentials credentials,
            String method,
            String uri,
            byte[] body,
            String qop,
            String count,
            String cnonce) {
        String ha1 = ha1(credentials.user(), challenge.realm(), credentials.password());
        String ha2 =
                md5(
                        qop.equals("auth-int")
                                ? method + ':' + uri + ':' + md5(body)
                                : method + ':' + uri);
        return qop.isEmpty()
                ? md5(ha1 + ':' + challenge.nonce() + ':' + ha2)
                : md5(String.join(":", ha1, challenge.nonce(), count, cnonce, qop, ha2));
    }

    static String ha1(String user, String realm, String password) {
        return md5(user + ':' + realm + ':' + password);
    }

    static String md5(String text) {
        return md5(text.getBytes(StandardCharsets.UTF_8));
    }

    static String md5(byte[] bytes) {
        try {
            // The protocol knows no other: RFC 2617, and AMT offers MD5 alone.
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
