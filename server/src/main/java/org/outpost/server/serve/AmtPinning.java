package org.outpost.server.serve;

import org.outpost.amt.connection.CertificatePin;
import org.outpost.amt.connection.PinListener;
import org.outpost.amt.connection.PinStore;
import org.outpost.inventory.pin.AmtPin;
import org.outpost.inventory.pin.AmtPins;
import org.outpost.server.web.amt.AmtCertificates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Remembers certificates of devices in the database, and tells of those that changed. */
final class AmtPinning implements PinStore, PinListener, AmtCertificates {
    private static final Logger log = LoggerFactory.getLogger(AmtPinning.class);

    private final AmtPins pins;
    private final InstantSource time;

    AmtPinning(AmtPins pins, InstantSource time) {
        this.pins = pins;
        this.time = time;
    }

    @Override
    public CompletionStage<Optional<CertificatePin>> find(String device) {
        return pins.find(UUID.fromString(device))
                .thenApply(
                        found -> found.map(pin -> new CertificatePin(pin.sha256(), pin.subject())));
    }

    @Override
    public CompletionStage<Void> remember(String device, CertificatePin pin) {
        return pins.put(
                new AmtPin(UUID.fromString(device), pin.sha256(), pin.subject(), time.instant()));
    }

    @Override
    public void certificateChanged(
            String device, CertificatePin known, CertificatePin seen, boolean accepted) {
        log.atWarn()
                .addKeyValue("device", device)
                .addKeyValue("known", known.sha256())
                .addKeyValue("seen", seen.sha256())
                .addKeyValue("accepted", accepted)
                .log("AMT of a device shows another certificate");
    }

    @Override
    public CompletionStage<Optional<Seen>> find(UUID device) {
        return pins.find(device)
                .thenApply(
                        found ->
                                found.map(
                                        pin ->
                                                new Seen(
                                                        pin.sha256(),
                                                        pin.subject(),
                                                        pin.seenAt())));
    }

    @Override
    public CompletionStage<Boolean> forget(UUID device) {
        return pins.remove(device);
    }
}
