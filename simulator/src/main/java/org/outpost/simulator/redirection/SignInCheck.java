package org.outpost.simulator.redirection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Judges the sign-in of one connection (redirection.md §1.1). A nonce is good for one answer; after
 * two wrong ones the connection is over. An empty or shortened response is wrong like any other
 * (CVE-2017-5689).
 */
final class SignInCheck {
    private static final int QUERY = 0;
    private static final int CLEAR_TEXT = 1;
    private static final int OLD_DIGEST = 3;
    private static final int DIGEST = 4;
    private static final String QOP = "auth";
    private static final int TRIES = 2;

    private final RedirectionHost host;
    private final String address;
    private final SecureRandom random = new SecureRandom();
    private String nonce = "";
    private int wrong;

    SignInCheck(RedirectionHost host, String address) {
        this.host = host;
        this.address = address;
    }

    /** What the device answers. */
    sealed interface Outcome {
        /** The methods it takes, a byte for each. */
        @SuppressWarnings("ArrayRecordComponent") // on its way to the wire, never compared
        record Methods(byte[] methods) implements Outcome {}

        /** Realm, nonce, protection. */
        @SuppressWarnings("ArrayRecordComponent")
        record Challenge(byte[] data) implements Outcome {}

        /** Not a method of this device. */
        record Unsupported() implements Outcome {}

        /** Wrong, and no further try. */
        record Refused() implements Outcome {}

        /** Signed in. */
        record Accepted(String user) implements Outcome {}
    }

    Outcome check(int method, byte[] data) {
        return switch (method) {
            case QUERY ->
                    new Outcome.Methods(
                            host.clearTextAllowed()
                                    ? new byte[] {CLEAR_TEXT, OLD_DIGEST, DIGEST}
                                    : new byte[] {OLD_DIGEST, DIGEST});
            case CLEAR_TEXT ->
                    host.clearTextAllowed() ? clearText(data) : new Outcome.Unsupported();
            case OLD_DIGEST, DIGEST -> digest(method, data);
            default -> new Outcome.Unsupported();
        };
    }

    private Outcome clearText(byte[] data) {
        List<String> fields = fields(data);
        if (fields.size() != 2) {
            return refused("");
        }
        String user = fields.get(0);
        String hash = md5(user + ":" + host.realm() + ":" + fields.get(1));
        return judge(user, host.passwordHash(user).filter(known -> same(known, hash)));
    }

    private Outcome digest(int method, byte[] data) {
        List<String> fields = fields(data);
        int needed = method == DIGEST ? 8 : 7;
        if (fields.size() < needed) {
            return refused("");
        }
        if (fields.get(2).isEmpty() && fields.get(6).isEmpty()) {
            return challenge(method);
        }
        String user = fields.get(0);
        String used = nonce;
        nonce = "";
        boolean wellFormed =
                !used.isEmpty()
                        && fields.get(1).equals(host.realm())
                        && fields.get(2).equals(used)
                        && (method == OLD_DIGEST || fields.get(7).equals(QOP));
        Optional<String> known =
                host.passwordHash(user)
                        .filter(
                                hash ->
                                        wellFormed
                                                && same(
                                                        response(method, hash, fields),
                                                        fields.get(6)));
        if (known.isEmpty() && ++wrong < TRIES) {
            host.signInFailed(user, address);
            return challenge(method);
        }
        return judge(user, known);
    }

    private static String response(int method, String userHash, List<String> fields) {
        String request = md5("POST:" + fields.get(3));
        String used = fields.get(2);
        return method == DIGEST
                ? md5(String.join(":", userHash, used, fields.get(5), fields.get(4), QOP, request))
                : md5(userHash + ":" + used + ":" + request);
    }

    private Outcome judge(String user, Optional<String> known) {
        return known.isPresent() ? new Outcome.Accepted(user) : refused(user);
    }

    private Outcome refused(String user) {
        host.signInFailed(user, address);
        return new Outcome.Refused();
    }

    private Outcome challenge(int method) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        nonce = Base64.getEncoder().encodeToString(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, host.realm());
        put(out, nonce);
        if (method == DIGEST) {
            put(out, QOP);
        }
        return new Outcome.Challenge(out.toByteArray());
    }

    private static void put(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    /** The strings of the message; none when its lengths do not fit together. */
    private static List<String> fields(byte[] data) {
        List<String> fields = new ArrayList<>();
        for (int at = 0; at < data.length; ) {
            int end = at + 1 + (data[at] & 0xFF);
            if (end > data.length) {
                return List.of();
            }
            fields.add(new String(data, at + 1, end - at - 1, StandardCharsets.UTF_8));
            at = end;
        }
        return fields;
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
