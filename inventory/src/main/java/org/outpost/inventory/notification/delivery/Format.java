package org.outpost.inventory.notification.delivery;

/** In which form a subscriber is told. */
public sealed interface Format {
    /** How the configuration calls it. */
    String word();

    /** CloudEvents 1.0 in structured mode, one event in a request. */
    record CloudEventsHttp() implements Format {
        @Override
        public String word() {
            return "cloudevents-http";
        }
    }

    /** CloudEvents 1.0 in batched mode, up to a hundred events in a request. */
    record CloudEventsHttpBatch() implements Format {
        @Override
        public String word() {
            return "cloudevents-http-batch";
        }
    }

    /**
     * The notification of Intel's MPS (mps-soap.md §3 and §8).
     *
     * @param namespace of the body's elements
     * @param wrapper the local name of the body's first child
     * @param soapAction the SOAPAction field
     * @param version of SOAP
     * @param numericState whether State is written as 0 and 1 rather than CONNECTED and
     *     DISCONNECTED
     * @param wantReply whether the verdict of the subscriber is asked for
     * @param authoritative whether that verdict closes tunnels
     */
    record MpsSoap(
            String namespace,
            String wrapper,
            String soapAction,
            SoapVersion version,
            boolean numericState,
            boolean wantReply,
            boolean authoritative)
            implements Format {
        /** Our own namespace; nothing public tells Intel's. */
        public static final String NAMESPACE = "urn:outpost:mps:notification:1";

        /** The defaults of mps-soap.md §8. */
        public static final MpsSoap DEFAULT =
                new MpsSoap(
                        NAMESPACE,
                        "EventNotification",
                        NAMESPACE + "/EventNotification",
                        SoapVersion.SOAP_1_1,
                        false,
                        false,
                        false);

        @Override
        public String word() {
            return "mps-soap";
        }
    }

    /** Which SOAP. */
    enum SoapVersion {
        /** SOAP 1.1. */
        SOAP_1_1("http://schemas.xmlsoap.org/soap/envelope/"),
        /** SOAP 1.2. */
        SOAP_1_2("http://www.w3.org/2003/05/soap-envelope");

        private final String namespace;

        SoapVersion(String namespace) {
            this.namespace = namespace;
        }

        /** The namespace of the envelope. */
        public String namespace() {
            return namespace;
        }
    }
}
