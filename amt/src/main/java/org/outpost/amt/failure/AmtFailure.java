package org.outpost.amt.failure;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an operation on a device did not succeed. Each has a sentence for a person that says what to
 * do, and a label for metrics. The words are those of the AMT implementation guide (wsman.md
 * sections 2.5 and 2.6).
 */
public sealed interface AmtFailure {
    /** One or two sentences: what happened, and what to do. Holds no secret. */
    String sentence();

    /** The value of a metric's tag and of a log's field. */
    String label();

    /** Whether the same call may succeed in a moment, and was surely not carried out. */
    default boolean shortage() {
        return false;
    }

    /** Whether the device may have done what was asked, although no answer came. */
    default boolean perhapsDone() {
        return false;
    }

    /** How a port could not be reached. */
    enum Reach {
        /** The device refused the port. */
        REFUSED,
        /** No answer to the attempt to connect. */
        NO_ANSWER,
        /** The way to the device has gone, or there is none. */
        NO_WAY,
        /** Something on our side failed. */
        FAILED
    }

    /**
     * The device, or this port of it, cannot be reached.
     *
     * @param port the port
     * @param reach how it failed
     */
    record Unreachable(int port, Reach reach) implements AmtFailure {
        @Override
        public String sentence() {
            return switch (reach) {
                case REFUSED ->
                        "The device refused port "
                                + port
                                + ". Check that the feature is switched on, and whether this AMT"
                                + " speaks TLS only.";
                case NO_ANSWER ->
                        "The device did not answer on port "
                                + port
                                + ". It may be waking up: try again in a minute.";
                case NO_WAY ->
                        "There is no way to the device now. Wait until it is connected again.";
                case FAILED ->
                        "Port " + port + " of the device could not be opened. The log says why.";
            };
        }

        @Override
        public String label() {
            return reach == Reach.REFUSED ? "refused" : "unreachable";
        }
    }

    /**
     * No answer within the call's deadline.
     *
     * @param deadline how long the call was allowed to take
     * @param sent whether the request had been sent
     */
    record TimedOut(Duration deadline, boolean sent) implements AmtFailure {
        @Override
        public String sentence() {
            return sent
                    ? "The device did not answer within "
                            + deadline.toSeconds()
                            + " s. It may have done what was asked: read its state before trying"
                            + " again."
                    : "The call waited for "
                            + deadline.toSeconds()
                            + " s behind others and was not sent. Try again when the device is less"
                            + " busy.";
        }

        @Override
        public String label() {
            return "timed_out";
        }

        @Override
        public boolean perhapsDone() {
            return sent;
        }
    }

    /**
     * The connection ended before the answer was whole.
     *
     * @param sent whether the request had been sent
     */
    record ConnectionLost(boolean sent) implements AmtFailure {
        @Override
        public String sentence() {
            return sent
                    ? "The connection to the device ended before it had answered. It may have done"
                            + " what was asked: read its state before trying again."
                    : "The connection to the device ended before the request was sent. Try again.";
        }

        @Override
        public String label() {
            return "connection_lost";
        }

        @Override
        public boolean perhapsDone() {
            return sent;
        }
    }

    /**
     * TLS could not be agreed on.
     *
     * @param reason the TLS library's words
     */
    record TlsFailed(String reason) implements AmtFailure {
        @Override
        public String sentence() {
            return "TLS with the device failed: "
                    + reason
                    + ". Firmware before AMT 12 may need the legacy TLS profile.";
        }

        @Override
        public String label() {
            return "tls_failed";
        }
    }

    /**
     * The device shows another certificate than the one it was first seen with.
     *
     * @param known SHA-256 of the certificate that is on record, hexadecimal
     * @param seen SHA-256 of the certificate that was shown
     */
    record CertificateChanged(String known, String seen) implements AmtFailure {
        @Override
        public String sentence() {
            return "The device shows another TLS certificate (SHA-256 "
                    + seen
                    + ") than before ("
                    + known
                    + "). If it was renewed on purpose, accept the new one; if not, somebody may be"
                    + " in between.";
        }

        @Override
        public String label() {
            return "certificate_changed";
        }
    }

    /**
     * The device asks for the password in the name of another digest realm than before.
     *
     * @param known the realm on record
     * @param seen the realm it named
     */
    record RealmChanged(String known, String seen) implements AmtFailure {
        @Override
        public String sentence() {
            return "The device names another digest realm ("
                    + DeviceText.escape(seen)
                    + ") than before: it was set up anew, or it is another device. Check it, then"
                    + " forget the old realm.";
        }

        @Override
        public String label() {
            return "realm_changed";
        }
    }

    /**
     * The device does not accept the user name and password.
     *
     * @param user the user name that was sent; empty when none was
     */
    record AuthenticationFailed(String user) implements AmtFailure {
        @Override
        public String sentence() {
            return user.isEmpty()
                    ? "The device wants a user name and password, and none is stored. Store them"
                            + " for this device."
                    : "The device does not accept the password of user "
                            + DeviceText.escape(user)
                            + ". Correct it before trying again: AMT slows down and locks after"
                            + " repeated failures.";
        }

        @Override
        public String label() {
            return "authentication";
        }
    }

    /**
     * The user is known, but lacks the AMT realm for this.
     *
     * @param what class or method that was asked for
     */
    record AccessDenied(String what) implements AmtFailure {
        @Override
        public String sentence() {
            return "The AMT user may not use "
                    + what
                    + ". Give the account the realm that it needs, or use another account.";
        }

        @Override
        public String label() {
            return "access_denied";
        }
    }

    /**
     * The user at the device has to agree first.
     *
     * @param what class or method that was asked for
     */
    record UserConsentRequired(String what) implements AmtFailure {
        @Override
        public String sentence() {
            return "The user at the device has to agree first. Start user consent, ask for the six"
                    + " digits on the screen, send them, then try again.";
        }

        @Override
        public String label() {
            return "user_consent_required";
        }
    }

    /**
     * A WS-Management fault.
     *
     * @param subcode its local name, such as {@code InvalidSelectors}
     * @param reason the device's words
     * @param status the PT_STATUS in its detail (AMT-STATUS), where there is one
     * @param what class or method that was asked for
     */
    record WsmanFault(String subcode, String reason, Optional<PtStatus> status, String what)
            implements AmtFailure {
        @Override
        public String sentence() {
            String hint =
                    switch (subcode) {
                        case "InvalidSelectors" -> "There is no such instance. List them first.";
                        case "QuotaLimit" ->
                                "The device has no room for more of these. Remove one first.";
                        case "AlreadyExists" -> "It exists already. Change it, or remove it first.";
                        case "SchemaValidationError", "InvalidRepresentation" ->
                                "A value is not allowed. Read the instance and change only what"
                                        + " must change.";
                        case "Concurrency", "TimedOut" -> "Try again in a moment.";
                        default -> "See the AMT guide for this class.";
                    };
            return "The device answered "
                    + what
                    + " with the fault "
                    + DeviceText.escape(subcode)
                    + status.map(code -> ", AMT-STATUS " + code).orElse("")
                    + (reason.isEmpty() ? "" : ": " + DeviceText.escape(reason))
                    + ". "
                    + hint;
        }

        @Override
        public String label() {
            return "fault";
        }

        @Override
        public boolean shortage() {
            return subcode.equals("QuotaLimit")
                    || subcode.equals("Concurrency")
                    || status.filter(PtStatus.NOT_READY::equals).isPresent();
        }
    }

    /**
     * A method returned something else than success.
     *
     * @param method class and method
     * @param code what it returned
     */
    record ReturnValue(String method, ReturnCode code) implements AmtFailure {
        @Override
        public String sentence() {
            return "The device answered "
                    + method
                    + " with "
                    + code.name()
                    + " ("
                    + code.value()
                    + "). "
                    + ReturnAdvice.of(code);
        }

        @Override
        public String label() {
            return "return_value";
        }

        @Override
        public boolean shortage() {
            return code.shortage();
        }
    }

    /**
     * This AMT has no such class or method.
     *
     * @param what class or method that was asked for
     */
    record Unsupported(String what) implements AmtFailure {
        @Override
        public String sentence() {
            return "This AMT does not offer " + what + ": its version or model lacks the feature.";
        }

        @Override
        public String label() {
            return "unsupported";
        }
    }

    /**
     * The device has no resources for the call now (HTTP 503), or something inside it failed.
     *
     * @param status the HTTP status
     */
    record Busy(int status) implements AmtFailure {
        @Override
        public String sentence() {
            return "The device is too busy to answer (HTTP " + status + "). Try again in a minute.";
        }

        @Override
        public String label() {
            return "busy";
        }

        @Override
        public boolean shortage() {
            return status == 503;
        }

        @Override
        public boolean perhapsDone() {
            return status != 503;
        }
    }

    /**
     * Too many calls wait for this device.
     *
     * @param waiting how many
     */
    record QueueFull(int waiting) implements AmtFailure {
        @Override
        public String sentence() {
            return waiting + " calls wait for this device already. Try again when they are done.";
        }

        @Override
        public String label() {
            return "queue_full";
        }
    }

    /**
     * The device said something that is against the protocol, or beyond our limits.
     *
     * @param detail what was wrong
     */
    record ProtocolError(String detail) implements AmtFailure {
        @Override
        public String sentence() {
            return "The device's answer cannot be understood: "
                    + detail
                    + ". If this lasts, look at its raw answers with the explorer.";
        }

        @Override
        public String label() {
            return "protocol_error";
        }

        @Override
        public boolean perhapsDone() {
            return true;
        }
    }
}
