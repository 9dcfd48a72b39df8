package org.outpost.gateway.door;

import org.outpost.gateway.certificate.CertificateGate;
import org.outpost.gateway.certificate.CertificateVerdict;

/** Counts consoles whose certificate was turned away. Their clock is the door's: it runs on. */
record CertificateCount(DoorMetrics metrics) implements CertificateGate.Watcher {
    @Override
    public void checking() {}

    @Override
    public void checked() {}

    @Override
    public void turnedAway(CertificateVerdict verdict) {
        metrics.turnedAway(
                verdict instanceof CertificateVerdict.Unavailable
                        ? "certificate_unavailable"
                        : "certificate_refused");
    }
}
