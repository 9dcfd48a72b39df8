package org.outpost.amt.wsman;

import java.util.Map;

/** The namespaces and actions of WS-Management as AMT uses them (wsman.md sections 2.1, 2.3). */
final class Namespaces {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    static final String ANONYMOUS = ADDRESSING + "/role/anonymous";
    static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    static final String COMMON = "http://schemas.dmtf.org/wbem/wscim/1/common";
    static final String TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust";
    static final String SECURITY =
            "http://docs.oasis-open.org/wss/2004/01/"
                    + "oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String USERNAME_TOKEN =
            "http://docs.oasis-open.org/wss/2004/01/"
                    + "oasis-200401-wss-username-token-profile-1.0#UsernameToken";
    static final String IDENTITY =
            "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
    static final String PUSH = EVENTING + "/DeliveryModes/Push";
    static final String PUSH_WITH_ACK = "http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck";
    static final String DIGEST_PROFILE =
            "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest";

    static final Map<String, String> PREFIXES =
            Map.of(
                    SOAP, "s",
                    ADDRESSING, "a",
                    WSMAN, "w",
                    ENUMERATION, "n",
                    TRANSFER, "x",
                    EVENTING, "e",
                    COMMON, "c",
                    TRUST, "t",
                    SECURITY, "se",
                    IDENTITY, "i");

    private Namespaces() {}
}
