package org.outpost.gateway.tunnel;

import org.outpost.gateway.certificate.CertificateGate;
import org.outpost.gateway.certificate.CertificateVerdict;

import java.util.function.Consumer;

/** While a device's certificate is checked, its handshake clock stands still. */
record CertificateClock(
        HandshakeTimer timer, AttemptTrail trail, Consumer<DisconnectCause> endsBecause)
        implements CertificateGate.Watcher {
    @Override
    public void checking() {
        timer.stop();
    }

    @Override
    public void checked() {
        timer.resume();
    }

    @Override
    public void turnedAway(CertificateVerdict verdict) {
        trail.turnedAway(verdict);
        endsBecause.accept(
                verdict instanceof CertificateVerdict.Unavailable
                        ? DisconnectCause.CERTIFICATE_UNAVAILABLE
                        : DisconnectCause.CERTIFICATE_REFUSED);
    }
}
