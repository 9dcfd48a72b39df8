package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Digest sign-in as AMT does it (wsman.md §1.1): MD5, one challenge with every value quoted, no
 * limit on {@code nc}, an empty or shortened response refused (CVE-2017-5689). Knows hashes of
 * user, realm and password, not the passwords. To be used on the device's event loop.
 */
public final class DigestAuthenticator {
    /** What came out of a check. */
    public enum Outcome {
        /** The user is who he says. */
        ACCEPTED,
        /** Right credentials with a nonce that is not valid any more: challenge with stale. */
        STALE,
        /** No, wrong or malformed credentials. */
        REFUSED
    }

    private static final Pattern COUNT = Pattern.compile("[0-9a-fA-F]{8}");

    /**
     * What a request's user is.
     *
     * @param outcome what came out of the check
     * @param user the name that was given; empty when none could be read
     * @param account who signed in; null unless the outcome is {@link Outcome#ACCEPTED}
     */
    public record SignIn(Outcome outcome, String user, @Nullable Account account) {}

    private final String realm;
    private final Accounts accounts;
    private final boolean offersAuthInt;
    private final Nonces nonces;

    /**
     * The sign-in of one device.
     *
     * @param accounts who may sign in, and the device's digest realm
     * @param offersAuthInt whether {@code auth-int} is offered beside {@code auth}
     * @param nonces issues and checks the nonces
     */
    public DigestAuthenticator(Accounts accounts, boolean offersAuthInt, Nonces nonces) {
        this.realm = accounts.realm();
        this.accounts = accounts;
        this.offersAuthInt = offersAuthInt;
        this.nonces = nonces;
    }

    /** The value of the only {@code WWW-Authenticate} header of a 401. */
    String challenge(boolean stale) {
        return "Digest realm=\""
                + realm
                + "\", nonce=\""
                + nonces.issue(realm)
                + "\",stale=\""
                + stale
                + "\",qop=\""
                + (offersAuthInt ? "auth,auth-int" : "auth")
                + '"';
    }

    /**
     * Checks the {@code Authorization} header of a request.
     *
     * @param authorization the header's value
     * @param method the request's method
     * @param target the request's target, as in its first line
     * @param body the request's body; its reader index is left alone
     */
    SignIn check(String authorization, String method, String target, ByteBuf body) {
        Optional<DigestHeader> parsed = DigestHeader.parse(authorization);
        if (parsed.isEmpty()) {
            return new SignIn(Outcome.REFUSED, "", null);
        }
        DigestHeader header = parsed.get();
        String user = header.get("username");
        Optional<Account> account = accounts.find(user);
        Outcome outcome =
                account.map(known -> check(header, known, method, target, body))
                        .orElse(Outcome.REFUSED);
        return new SignIn(
                outcome, user, outcome == Outcome.ACCEPTED ? account.orElseThrow() : null);
    }

    private Outcome check(
            DigestHeader header, Account account, String method, String target, ByteBuf body) {
        String algorithm = header.get("algorithm");
        if (!header.get("realm").equals(realm)
                || !(algorithm.isEmpty() || algorithm.equalsIgnoreCase("MD5"))
                || !pathOf(header.get("uri")).equals(pathOf(target))) {
            return Outcome.REFUSED;
        }
        Optional<String> expected = expectedResponse(header, account.userHash(), method, body);
        if (expected.isEmpty()
                || !MessageDigest.isEqual(ascii(expected.get()), ascii(header.get("response")))) {
            return Outcome.REFUSED;
        }
        return nonces.valid(realm, header.get("nonce")) ? Outcome.ACCEPTED : Outcome.STALE;
    }

    private Optional<String> expectedResponse(
            DigestHeader header, String userHash, String method, ByteBuf body) {
        String qop = header.get("qop");
        String request = method + ':' + header.get("uri");
        if (!header.has("qop")) {
            // RFC 2069, what the very oldest clients send.
            return Optional.of(md5(userHash + ':' + header.get("nonce") + ':' + md5(request)));
        }
        if (qop.equals("auth-int") && offersAuthInt) {
            request += ':' + md5(body);
        } else if (!qop.equals("auth")) {
            return Optional.empty();
        }
        if (!COUNT.matcher(header.get("nc")).matches() || header.get("cnonce").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                md5(
                        String.join(
                                ":",
                                userHash,
                                header.get("nonce"),
                                header.get("nc"),
                                header.get("cnonce"),
                                qop,
                                md5(request))));
    }

    /** Proxies rewrite an absolute request target to its path; the client hashed either form. */
    private static String pathOf(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0 || target.startsWith("/")) {
            return target;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    private static String md5(String text) {
        return HexFormat.of().formatHex(md5().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String md5(ByteBuf body) {
        MessageDigest digest = md5();
        digest.update(body.nioBuffer());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
