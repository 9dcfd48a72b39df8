package org.outpost.server.web.amt;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.ReturnCode;
import org.outpost.server.web.Answers;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

import java.util.Map;
import java.util.UUID;

/**
 * Failures of AMT as answers. Beside the sentence they bear {@code code}, by which programs tell
 * them apart; what a method of the device returned is in {@code Body}, where clients of Open DMT's
 * MPS look for it.
 */
final class AmtProblems {
    private static final String SHORTLY = "5";
    private static final String LATER = "30";

    private AmtProblems() {}

    /** The device cannot be reached now, in the words of Open DMT's MPS. */
    static ErrorResponseException offline(UUID device) {
        ErrorResponseException problem =
                Answers.problem(
                        HttpStatus.NOT_FOUND,
                        "The device is not connected. Wait until it is, or look why with: outpost"
                                + " why "
                                + device);
        problem.getBody()
                .setProperty(
                        "error", "Device not found/connected. Please connect again using CIRA.");
        problem.getBody().setProperty("errorDescription", "guid : " + device);
        problem.getBody().setProperty("code", "offline");
        return problem;
    }

    /** A failure of the device. */
    static ErrorResponseException of(UUID device, AmtFailure failure) {
        if (failure instanceof AmtFailure.Unreachable gone
                && gone.reach() == AmtFailure.Reach.NO_WAY) {
            return offline(device);
        }
        ErrorResponseException problem = Answers.problem(status(failure), failure.sentence());
        problem.getBody().setProperty("code", failure.label());
        if (failure instanceof AmtFailure.ReturnValue returned) {
            ReturnCode code = returned.code();
            problem.getBody()
                    .setProperty(
                            "Body",
                            Map.of("ReturnValue", code.value(), "ReturnValueStr", code.name()));
        }
        if (problem.getStatusCode() == HttpStatus.SERVICE_UNAVAILABLE) {
            problem.getHeaders()
                    .set(
                            HttpHeaders.RETRY_AFTER,
                            failure instanceof AmtFailure.Busy ? LATER : SHORTLY);
        }
        return problem;
    }

    private static HttpStatus status(AmtFailure failure) {
        return switch (failure) {
            case AmtFailure.Unreachable unreachable ->
                    unreachable.reach() == AmtFailure.Reach.NO_ANSWER
                            ? HttpStatus.GATEWAY_TIMEOUT
                            : HttpStatus.BAD_GATEWAY;
            case AmtFailure.TimedOut late -> HttpStatus.GATEWAY_TIMEOUT;
            case AmtFailure.ConnectionLost lost -> HttpStatus.BAD_GATEWAY;
            case AmtFailure.TlsFailed tls -> HttpStatus.BAD_GATEWAY;
            case AmtFailure.ProtocolError broken -> HttpStatus.BAD_GATEWAY;
            // Never 401 or 403: those speak of the caller, who is who they say they are.
            case AmtFailure.AuthenticationFailed refused -> HttpStatus.CONFLICT;
            case AmtFailure.CertificateChanged changed -> HttpStatus.CONFLICT;
            case AmtFailure.RealmChanged changed -> HttpStatus.CONFLICT;
            case AmtFailure.AccessDenied denied -> HttpStatus.BAD_REQUEST;
            case AmtFailure.UserConsentRequired consent -> HttpStatus.BAD_REQUEST;
            case AmtFailure.Unsupported unsupported -> HttpStatus.BAD_REQUEST;
            case AmtFailure.Busy busy -> HttpStatus.SERVICE_UNAVAILABLE;
            case AmtFailure.QueueFull full -> HttpStatus.SERVICE_UNAVAILABLE;
            case AmtFailure.ReturnValue returned ->
                    returned.shortage() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_REQUEST;
            case AmtFailure.WsmanFault fault ->
                    switch (fault.subcode()) {
                        case "InvalidSelectors" -> HttpStatus.NOT_FOUND;
                        case "AlreadyExists" -> HttpStatus.CONFLICT;
                        case "Concurrency", "TimedOut" -> HttpStatus.SERVICE_UNAVAILABLE;
                        default -> HttpStatus.BAD_REQUEST;
                    };
        };
    }
}
