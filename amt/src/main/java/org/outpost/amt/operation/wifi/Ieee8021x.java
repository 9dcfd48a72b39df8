package org.outpost.amt.operation.wifi;

import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * 802.1X for a network (CIM_IEEE8021xSettings).
 *
 * @param protocol 0 EAP-TLS, 1 EAP-TTLS/MSCHAPv2, 2 PEAPv0/EAP-MSCHAPv2, 3 PEAPv1/EAP-GTC
 * @param user the user name
 * @param password the password; empty for EAP-TLS
 * @param clientCertificate what the device shows; for EAP-TLS
 * @param rootCertificate whom the device believes
 */
public record Ieee8021x(
        int protocol,
        String user,
        Optional<String> password,
        Optional<EndpointReference> clientCertificate,
        Optional<EndpointReference> rootCertificate) {
    private static final int EAP_TLS = 0;

    /** Checks that EAP-TLS has a certificate and the others a password. */
    public Ieee8021x {
        if (protocol == EAP_TLS ? clientCertificate.isEmpty() : password.isEmpty()) {
            throw new IllegalArgumentException(
                    "EAP-TLS needs a client certificate, the other methods a password");
        }
    }

    Element settings(String namespace, String property, String settingsNamespace, String name) {
        List<Element> inside = new ArrayList<>();
        inside.add(Element.of(settingsNamespace, "ElementName", name));
        inside.add(
                Element.of(
                        settingsNamespace, "InstanceID", "Intel(r) AMT:802.1x Settings " + name));
        inside.add(
                Element.of(
                        settingsNamespace, "AuthenticationProtocol", Integer.toString(protocol)));
        inside.add(Element.of(settingsNamespace, "Username", user));
        password.ifPresent(text -> inside.add(Element.of(settingsNamespace, "Password", text)));
        return Element.of(namespace, property, inside);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Ieee8021x[protocol=" + protocol + "]";
    }
}
