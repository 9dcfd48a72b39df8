package org.outpost.amt.redirection;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;

/** Says in the words of redirection why a port could not be connected to. */
final class ConnectFailures {
    private ConnectFailures() {}

    static RedirectionException explain(Throwable thrown) {
        RedirectionFailure failure =
                AmtException.failureOf(thrown)
                        .map(ConnectFailures::of)
                        .orElse(RedirectionFailure.UNREACHABLE);
        return new RedirectionException(failure, null, thrown);
    }

    private static RedirectionFailure of(AmtFailure failure) {
        return switch (failure) {
            case AmtFailure.Unreachable(int port, AmtFailure.Reach reach) ->
                    reach == AmtFailure.Reach.REFUSED
                            ? RedirectionFailure.REFUSED
                            : RedirectionFailure.UNREACHABLE;
            case AmtFailure.TlsFailed tls -> RedirectionFailure.TLS_FAILED;
            case AmtFailure.CertificateChanged changed -> RedirectionFailure.CERTIFICATE_CHANGED;
            case AmtFailure.TimedOut late -> RedirectionFailure.TIMED_OUT;
            default -> RedirectionFailure.CONNECTION_LOST;
        };
    }
}
