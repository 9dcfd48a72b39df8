package org.outpost.amt.operation.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A password as AMT stores it (wsman.md section 10.1). */
final class DigestPassword {
    private DigestPassword() {}

    /** Base64 of the raw MD5 of user, realm and password. */
    static String of(String user, String realm, String password) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5")
                            .digest(
                                    (user + ':' + realm + ':' + password)
                                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
