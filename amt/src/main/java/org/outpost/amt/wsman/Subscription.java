package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;
import org.outpost.amt.xml.XmlName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a device shall post, where to, and how (wsman.md section 11.2).
 *
 * @param filter the InstanceID of a CIM_FilterCollection, such as {@code Intel(r) AMT:All}
 * @param url where events go, up to 253 characters; https from AMT 11 on
 * @param acknowledged whether each event awaits an acknowledgement
 * @param login what the device shows at a listener that demands digest
 * @param reference texts that come back in the header of every event, by name; up to about 128
 *     characters together
 */
public record Subscription(
        String filter,
        String url,
        boolean acknowledged,
        Optional<Login> login,
        Map<String, String> reference) {
    /** The class of the filters. */
    public static final AmtClass COLLECTION = AmtClass.of("CIM_FilterCollection");

    /** The namespace of the texts that come back. */
    public static final String REFERENCE = "urn:outpost:subscription";

    private static final int LONGEST_URL = 253;
    private static final int LONGEST_REFERENCE = 128;

    /**
     * A user of the listener.
     *
     * @param user up to 32 characters
     * @param password up to 32 characters
     */
    public record Login(String user, String password) {
        private static final int LONGEST = 32;

        /** Checks the lengths. */
        public Login {
            if (user.isEmpty() || user.length() > LONGEST || password.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "user name and password of a listener have up to 32 characters");
            }
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /** Checks the lengths. */
    public Subscription {
        reference = Map.copyOf(reference);
        if (url.length() > LONGEST_URL
                || !(url.startsWith("http://") || url.startsWith("https://"))) {
            throw new IllegalArgumentException(
                    "the listener's URL begins with http:// or https:// and has up to 253"
                            + " characters");
        }
        int length = reference.values().stream().mapToInt(String::length).sum();
        if (length > LONGEST_REFERENCE) {
            throw new IllegalArgumentException(
                    "the texts that come back have up to 128 characters together");
        }
    }

    List<Element> header() {
        return login.map(
                        known ->
                                List.of(
                                        Element.of(
                                                Namespaces.TRUST,
                                                "IssuedTokens",
                                                List.of(token(known)))))
                .orElse(List.of());
    }

    private static Element token(Login login) {
        Element password =
                Element.of(Namespaces.SECURITY, "Password", login.password())
                        .attribute("Type", Namespaces.SECURITY + "#PasswordText");
        Element user =
                Element.of(
                        Namespaces.SECURITY,
                        "UsernameToken",
                        List.of(
                                Element.of(Namespaces.SECURITY, "Username", login.user()),
                                password));
        return Element.of(
                Namespaces.TRUST,
                "RequestSecurityTokenResponse",
                List.of(
                        Element.of(Namespaces.TRUST, "TokenType", Namespaces.USERNAME_TOKEN),
                        Element.of(Namespaces.TRUST, "RequestedSecurityToken", List.of(user))));
    }

    Element body() {
        List<Element> notify = new ArrayList<>();
        notify.add(Element.of(Namespaces.ADDRESSING, "Address", url));
        if (!reference.isEmpty()) {
            List<Element> texts =
                    reference.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> Element.of(REFERENCE, one.getKey(), one.getValue()))
                            .toList();
            notify.add(Element.of(Namespaces.ADDRESSING, "ReferenceParameters", texts));
        }
        List<Element> delivery = new ArrayList<>();
        delivery.add(Element.of(Namespaces.EVENTING, "NotifyTo", notify));
        if (login.isPresent()) {
            delivery.add(
                    Element.of(Namespaces.WSMAN, "Auth", "")
                            .attribute("Profile", Namespaces.DIGEST_PROFILE));
        }
        Element mode =
                new Element(
                        new XmlName(Namespaces.EVENTING, "Delivery"),
                        Map.of(
                                new XmlName("", "Mode"),
                                acknowledged ? Namespaces.PUSH_WITH_ACK : Namespaces.PUSH),
                        "",
                        delivery);
        return Element.of(Namespaces.EVENTING, "Subscribe", List.of(mode));
    }
}
