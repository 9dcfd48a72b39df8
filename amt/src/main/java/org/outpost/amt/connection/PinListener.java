package org.outpost.amt.connection;

/** Hears when a device shows another certificate. Called on event loops; must not block. */
@FunctionalInterface
public interface PinListener {
    /**
     * The certificate has changed.
     *
     * @param device the device's key
     * @param known what is on record
     * @param seen what it showed
     * @param accepted whether the policy let it pass
     */
    void certificateChanged(
            String device, CertificatePin known, CertificatePin seen, boolean accepted);
}
