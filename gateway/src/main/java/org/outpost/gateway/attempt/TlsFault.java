package org.outpost.gateway.attempt;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateRevokedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/**
 * Why a handshake failed, read once from what the TLS library threw: BoringSSL's and the JDK's
 * words differ, and only their exceptions tell which side sent which alert.
 */
public sealed interface TlsFault {
    /** The peer sent an alert. */
    record Received(TlsAlert alert) implements TlsFault {}

    /**
     * We ended it.
     *
     * @param alert what we sent
     * @param reason the library's own word, such as {@code NO_SHARED_CIPHER}
     */
    record Sent(TlsAlert alert, String reason) implements TlsFault {}

    /** What came is not TLS. */
    record NotTls() implements TlsFault {}

    /** The peer hung up without an alert. */
    record Closed() implements TlsFault {}

    /**
     * Anything else.
     *
     * @param reason the library's own words
     */
    record Other(String reason) implements TlsFault {}

    /** What a handshake's exception says. */
    static TlsFault of(Throwable failure) {
        return Reader.read(failure);
    }

    /** What it means for the connection. */
    default Outcome outcome() {
        return switch (this) {
            case Received(TlsAlert alert) -> received(alert);
            case Sent(TlsAlert alert, String reason) -> sent(alert, reason);
            case NotTls _ -> Outcome.NOT_TLS;
            case Closed _ -> Outcome.CLOSED_IN_TLS;
            case Other _ -> Outcome.TLS_FAILED;
        };
    }

    /** In a few words, such as {@code the device sent unknown_ca(48)}. */
    default String words() {
        return switch (this) {
            case Received(TlsAlert alert) -> "the device sent " + alert;
            case Sent(TlsAlert alert, String reason) -> "we sent " + alert + ": " + reason;
            case NotTls _ -> "what came is not TLS";
            case Closed _ -> "the device hung up without an alert";
            case Other(String reason) -> reason;
        };
    }

    private static Outcome received(TlsAlert alert) {
        return switch (alert) {
            // A client that knows an older root of the same name finds our signature wrong.
            case UNKNOWN_CA, DECRYPT_ERROR -> Outcome.CA_NOT_TRUSTED;
            case BAD_CERTIFICATE,
                    UNSUPPORTED_CERTIFICATE,
                    CERTIFICATE_UNKNOWN,
                    CERTIFICATE_REVOKED,
                    NO_CERTIFICATE,
                    ACCESS_DENIED,
                    UNRECOGNIZED_NAME,
                    BAD_CERTIFICATE_STATUS_RESPONSE ->
                    Outcome.CERTIFICATE_REFUSED;
            case CERTIFICATE_EXPIRED -> Outcome.CERTIFICATE_EXPIRED;
            case PROTOCOL_VERSION, INAPPROPRIATE_FALLBACK -> Outcome.NO_COMMON_TLS_VERSION;
            case HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY -> Outcome.NO_COMMON_CIPHER;
            case CLOSE_NOTIFY, USER_CANCELED -> Outcome.CLOSED_IN_TLS;
            default -> Outcome.TLS_FAILED;
        };
    }

    private static Outcome sent(TlsAlert alert, String reason) {
        if (reason.contains("Empty client certificate")) {
            return Outcome.CLIENT_CERTIFICATE_MISSING;
        }
        return switch (alert) {
            case PROTOCOL_VERSION, INAPPROPRIATE_FALLBACK -> Outcome.NO_COMMON_TLS_VERSION;
            case HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY, MISSING_EXTENSION ->
                    Outcome.NO_COMMON_CIPHER;
            case CERTIFICATE_REQUIRED, NO_CERTIFICATE -> Outcome.CLIENT_CERTIFICATE_MISSING;
            case UNKNOWN_CA,
                    BAD_CERTIFICATE,
                    UNSUPPORTED_CERTIFICATE,
                    CERTIFICATE_REVOKED,
                    CERTIFICATE_EXPIRED,
                    CERTIFICATE_UNKNOWN,
                    BAD_CERTIFICATE_STATUS_RESPONSE ->
                    Outcome.CLIENT_CERTIFICATE_REFUSED;
            default -> Outcome.TLS_FAILED;
        };
    }

    /** Reads exceptions. */
    final class Reader {
        /** The library's number 0x10, then the reason; from 1000 on it is an alert that came. */
        private static final Pattern BORINGSSL =
                Pattern.compile("error:([0-9a-fA-F]{8}):[^:]*:[^:]*:(\\w+)");

        private static final int FIRST_ALERT = 1000;
        private static final int REASON_BITS = 0xFFF;
        private static final Pattern JDK_RECEIVED =
                Pattern.compile("Received fatal alert: (\\w+)", Pattern.CASE_INSENSITIVE);
        private static final Pattern JDK_SENT = Pattern.compile("^\\((\\w+)\\) (.*)");

        private Reader() {}

        static TlsFault read(Throwable failure) {
            Throwable root = failure;
            while (root instanceof DecoderException && root.getCause() != null) {
                root = root.getCause();
            }
            if (root instanceof NotSslRecordException) {
                return new NotTls();
            }
            Optional<TlsFault> certificate = ofCertificate(root);
            if (certificate.isPresent()) {
                return certificate.get();
            }
            String message = String.valueOf(root.getMessage());
            if (root instanceof SSLException) {
                return ofMessage(message);
            }
            return root instanceof IOException || root instanceof ClosedChannelException
                    ? new Closed()
                    : new Other(root.getClass().getSimpleName());
        }

        private static TlsFault ofMessage(String message) {
            Matcher boring = BORINGSSL.matcher(message);
            if (boring.find()) {
                int reason = Integer.parseUnsignedInt(boring.group(1), 16) & REASON_BITS;
                return reason >= FIRST_ALERT
                        ? TlsAlert.of(reason - FIRST_ALERT)
                                .<TlsFault>map(Received::new)
                                .orElseGet(() -> new Other(boring.group(2)))
                        : ofReason(boring.group(2));
            }
            Matcher received = JDK_RECEIVED.matcher(message);
            if (received.find()) {
                return TlsAlert.of(received.group(1))
                        .<TlsFault>map(Received::new)
                        .orElseGet(() -> new Other(message));
            }
            Matcher sent = JDK_SENT.matcher(message);
            if (sent.find()) {
                return TlsAlert.of(sent.group(1))
                        .<TlsFault>map(alert -> new Sent(alert, sent.group(2)))
                        .orElseGet(() -> new Other(message));
            }
            return message.contains("closed") ? new Closed() : new Other(message);
        }

        private static TlsFault ofReason(String reason) {
            return switch (reason) {
                case "UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION", "BAD_PROTOCOL_VERSION_NUMBER" ->
                        new Sent(TlsAlert.PROTOCOL_VERSION, reason);
                case "INAPPROPRIATE_FALLBACK" -> new Sent(TlsAlert.INAPPROPRIATE_FALLBACK, reason);
                case "NO_SHARED_CIPHER",
                        "NO_COMMON_SIGNATURE_ALGORITHMS",
                        "NO_SHARED_GROUP",
                        "UNKNOWN_CERTIFICATE_TYPE",
                        "NO_CIPHERS_SPECIFIED",
                        "WRONG_CURVE" ->
                        new Sent(TlsAlert.HANDSHAKE_FAILURE, reason);
                case "PEER_DID_NOT_RETURN_A_CERTIFICATE" ->
                        new Sent(TlsAlert.CERTIFICATE_REQUIRED, reason);
                case "CERTIFICATE_VERIFY_FAILED" -> new Sent(TlsAlert.CERTIFICATE_UNKNOWN, reason);
                case "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_VERSION_NUMBER" -> new NotTls();
                default -> new Other(reason);
            };
        }

        /** Our own check of the device's certificate. */
        private static Optional<TlsFault> ofCertificate(Throwable root) {
            TlsAlert alert = null;
            for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
                TlsAlert found = certificateAlert(cause);
                alert = found == null ? alert : found;
            }
            return alert == null
                    ? Optional.empty()
                    : Optional.of(new Sent(alert, "the device's certificate was not accepted"));
        }

        private static @Nullable TlsAlert certificateAlert(Throwable cause) {
            return switch (cause) {
                case CertificateExpiredException _ -> TlsAlert.CERTIFICATE_EXPIRED;
                case CertificateRevokedException _ -> TlsAlert.CERTIFICATE_REVOKED;
                case CertPathValidatorException path
                        when path.getReason() == CertPathValidatorException.BasicReason.EXPIRED ->
                        TlsAlert.CERTIFICATE_EXPIRED;
                case CertPathValidatorException path
                        when path.getReason() == CertPathValidatorException.BasicReason.REVOKED ->
                        TlsAlert.CERTIFICATE_REVOKED;
                case CertificateException _ -> TlsAlert.CERTIFICATE_UNKNOWN;
                default -> null;
            };
        }
    }
}
