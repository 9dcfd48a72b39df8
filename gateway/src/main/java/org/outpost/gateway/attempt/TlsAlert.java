package org.outpost.gateway.attempt;

import io.netty.buffer.ByteBuf;

import java.util.Locale;
import java.util.Optional;

/**
 * The alerts that end a handshake (RFC 8446 section 6, RFC 5246 section 7.2), and their numbers.
 */
public enum TlsAlert {
    CLOSE_NOTIFY(0),
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    DECRYPTION_FAILED(21),
    RECORD_OVERFLOW(22),
    DECOMPRESSION_FAILURE(30),
    HANDSHAKE_FAILURE(40),
    NO_CERTIFICATE(41),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    EXPORT_RESTRICTION(60),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    USER_CANCELED(90),
    NO_RENEGOTIATION(100),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    NO_APPLICATION_PROTOCOL(120);

    private static final int RECORD = 7;
    private static final int ALERT_RECORD = 21;
    private static final int MAJOR_VERSION = 3;
    private static final int FATAL = 2;

    private final int number;

    TlsAlert(int number) {
        this.number = number;
    }

    /**
     * Looks for a fatal alert that came in clear, without taking it: what TLS libraries that expect
     * an encrypted one report as a broken packet. A client that has not changed its keys yet sends
     * its alerts so, also in TLS 1.3.
     *
     * @param read what was read at once; neither index is moved
     */
    public static Optional<TlsAlert> peek(ByteBuf read) {
        int at = read.readerIndex();
        return read.readableBytes() == RECORD
                        && read.getUnsignedByte(at) == ALERT_RECORD
                        && read.getUnsignedByte(at + 1) == MAJOR_VERSION
                        && read.getUnsignedShort(at + 3) == 2
                        && read.getUnsignedByte(at + 5) == FATAL
                ? of(read.getUnsignedByte(at + 6))
                : Optional.empty();
    }

    /** The alert with this number. */
    static Optional<TlsAlert> of(int number) {
        for (TlsAlert alert : values()) {
            if (alert.number == number) {
                return Optional.of(alert);
            }
        }
        return Optional.empty();
    }

    /** The alert that RFC 8446 calls so. */
    static Optional<TlsAlert> of(String name) {
        for (TlsAlert alert : values()) {
            if (alert.name().equalsIgnoreCase(name)) {
                return Optional.of(alert);
            }
        }
        return Optional.empty();
    }

    /** Name and number, such as {@code unknown_ca(48)}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + "(" + number + ")";
    }
}
