package org.outpost.simulator.wsman;

import java.util.Optional;

/** Reads a Subscribe (wsman.md §11.2). */
final class SubscriptionReader {
    private static final String PUSH = Wsman.EVENTING + "/DeliveryModes/Push";
    private static final String WITH_ACK = "http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck";
    private static final int LONGEST_ADDRESS = 253;
    private static final int LONGEST_CREDENTIAL = 32;

    private SubscriptionReader() {}

    static Subscription read(WsmanRequest request) throws FaultException {
        XmlElement body = request.body();
        if (body == null || !body.name().equals("Subscribe")) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, "Subscribe");
        }
        Optional<XmlElement> delivery = body.child("Delivery");
        String mode = delivery.map(XmlElement::attribute).orElse("");
        if (!mode.isEmpty() && !mode.equals(PUSH) && !mode.equals(WITH_ACK)) {
            throw new FaultException(WsmanFault.DELIVERY_MODE_UNAVAILABLE);
        }
        String address =
                delivery.flatMap(element -> element.child("NotifyTo"))
                        .map(element -> element.childText("Address"))
                        .orElse("");
        boolean web = address.startsWith("http://") || address.startsWith("https://");
        if (!web || address.length() > LONGEST_ADDRESS) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, "NotifyTo");
        }
        XmlElement tokens = request.tokens();
        Optional<XmlElement> token =
                tokens == null ? Optional.empty() : tokens.find("UsernameToken");
        String user = token.map(element -> element.childText("Username")).orElse("");
        String password = token.map(element -> element.childText("Password")).orElse("");
        if (user.length() > LONGEST_CREDENTIAL || password.length() > LONGEST_CREDENTIAL) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, "UsernameToken");
        }
        return new Subscription(address, mode.equals(WITH_ACK), user, password);
    }
}
