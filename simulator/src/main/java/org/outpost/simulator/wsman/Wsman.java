package org.outpost.simulator.wsman;

/** Names of WS-Management on the wire (wsman.md §2.1, §2.3, §2.5). */
final class Wsman {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    static final String MANAGEMENT = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    static final String BINDING = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd";
    static final String TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust";
    static final String IDENTITY =
            "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";

    static final String ANONYMOUS = ADDRESSING + "/role/anonymous";
    static final String ADDRESSING_FAULT = ADDRESSING + "/fault";
    static final String MANAGEMENT_FAULT = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
    static final String FAULT_DETAIL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";
    static final String DIGEST_PROFILE =
            "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest";

    /** The smallest {@code MaxEnvelopeSize} a client may ask for, in octets (wsman.md §1). */
    static final int SMALLEST_ENVELOPE = 50_000;

    private Wsman() {}
}
