package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Verdict;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failed bind of a user means. A refusal is the directory's word about this user; everything
 * else is no answer.
 */
final class BindFailure {
    /** Active Directory puts its own code into the text: {@code … data 775, v4563}. */
    private static final Pattern AD_DATA = Pattern.compile("\\bdata ([0-9a-f]{1,8})\\b");

    private static final Map<String, String> AD_REASONS =
            Map.of(
                    "525", "the directory knows no such user",
                    "52e", "wrong password",
                    "530", "the account may not sign in at this time",
                    "531", "the account may not sign in from here",
                    "532", "the password has expired",
                    "533", "the account is disabled",
                    "701", "the account has expired",
                    "773", "the password must be changed first",
                    "775", "the account is locked");

    private BindFailure() {}

    static Verdict verdict(LDAPException failure) {
        String said = String.valueOf(failure.getDiagnosticMessage()).toLowerCase(Locale.ROOT);
        return switch (failure.getResultCode().intValue()) {
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE -> {
                String reason = activeDirectory(said);
                yield new Verdict.Refused(
                        reason == null ? "unknown user or wrong password" : reason);
            }
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE ->
                    new Verdict.Refused("the directory knows no such user");
            case ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE ->
                    new Verdict.Refused("the account has no password");
            case ResultCode.CONSTRAINT_VIOLATION_INT_VALUE ->
                    // 389 Directory Server: too many wrong passwords.
                    new Verdict.Refused("the account is locked");
            case ResultCode.UNWILLING_TO_PERFORM_INT_VALUE -> {
                boolean account = said.contains("inactivated") || said.contains("disabled");
                yield account
                        ? new Verdict.Refused("the account is disabled")
                        : unavailable(failure);
            }
            default -> unavailable(failure);
        };
    }

    private static @Nullable String activeDirectory(String said) {
        Matcher data = AD_DATA.matcher(said);
        return data.find() ? AD_REASONS.get(data.group(1)) : null;
    }

    /** The code only: what the directory says besides may quote what it was sent. */
    static Verdict unavailable(LDAPException failure) {
        String hint =
                switch (failure.getResultCode().intValue()) {
                    case ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE,
                            ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE ->
                            "; it wants TLS: write ldaps:// or start-tls: true";
                    default -> "";
                };
        return new Verdict.Unavailable(
                "the directory gave no answer: " + failure.getResultCode() + hint);
    }
}
