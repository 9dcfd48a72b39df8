package org.outpost.server.configuration;

import org.outpost.gateway.egress.EgressRule;
import org.outpost.inventory.notification.delivery.Format;
import org.outpost.inventory.notification.delivery.Subscriber;
import org.outpost.inventory.notification.delivery.Subscriber.Origin;
import org.outpost.inventory.notification.delivery.SubscriberTls;
import org.outpost.server.configuration.SubscriberSettings.StateForm;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Subscribers and egress rules as the configuration file writes them. */
public final class WrittenSubscribers {
    private static final Pattern XML_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private WrittenSubscribers() {}

    /**
     * The subscribers of a configuration that was found good.
     *
     * @throws IllegalArgumentException when it was not
     */
    public static List<Subscriber> of(Configuration configuration) {
        return configuration.notifications().subscribers().stream()
                .map(WrittenSubscribers::subscriber)
                .toList();
    }

    /**
     * The rules of a configuration that was found good.
     *
     * @throws IllegalArgumentException when it was not
     */
    public static List<EgressRule> egress(Configuration configuration) {
        return configuration.egress().allow().stream().map(EgressRule::parse).toList();
    }

    private static Subscriber subscriber(SubscriberSettings settings) {
        return new Subscriber(
                Origin.FILE,
                format(settings),
                Subscriber.url(settings.url()),
                settings.ca(),
                settings.credentials(),
                settings.connectTimeout(),
                settings.responseTimeout());
    }

    private static Format format(SubscriberSettings settings) {
        return switch (settings) {
            case SubscriberSettings.CloudEvents _ -> new Format.CloudEventsHttp();
            case SubscriberSettings.CloudEventsBatch _ -> new Format.CloudEventsHttpBatch();
            case SubscriberSettings.MpsSoap soap ->
                    new Format.MpsSoap(
                            soap.namespace(),
                            soap.wrapper(),
                            soap.soapAction() == null
                                    ? soap.namespace() + "/" + soap.wrapper()
                                    : soap.soapAction(),
                            version(soap.soapVersion()),
                            soap.state() == StateForm.NUMBER,
                            soap.wantReply(),
                            soap.authoritative());
        };
    }

    private static Format.SoapVersion version(String text) {
        return switch (text) {
            case "1.1" -> Format.SoapVersion.SOAP_1_1;
            case "1.2" -> Format.SoapVersion.SOAP_1_2;
            default ->
                    throw new IllegalArgumentException(
                            '"' + text + "\" is no version of SOAP; write \"1.1\" or \"1.2\"");
        };
    }

    /** Notes what cannot be used, by the path of its key. */
    static void check(Configuration configuration, BiConsumer<String, String> note) {
        List<String> allow = configuration.egress().allow();
        for (int i = 0; i < allow.size(); i++) {
            String entry = allow.get(i);
            check("egress.allow[" + i + "]", () -> EgressRule.parse(entry), note);
        }
        Map<String, Integer> first = new HashMap<>();
        List<SubscriberSettings> subscribers = configuration.notifications().subscribers();
        for (int i = 0; i < subscribers.size(); i++) {
            String path = "notifications.subscribers[" + i + "]";
            SubscriberSettings settings = subscribers.get(i);
            check(path + ".url", () -> Subscriber.url(settings.url()), note);
            Integer before = first.putIfAbsent(settings.url(), i);
            if (before != null) {
                note.accept(
                        path + ".url",
                        "is the address of notifications.subscribers["
                                + before
                                + "] too; write each address once");
            }
            if (settings instanceof SubscriberSettings.MpsSoap soap) {
                soap(path, soap, note);
            }
            Path ca = settings.ca();
            if (ca != null) {
                check(path + ".ca", () -> SubscriberTls.context(ca), note);
            }
        }
    }

    private static void soap(
            String path, SubscriberSettings.MpsSoap soap, BiConsumer<String, String> note) {
        check(path + ".soap-version", () -> version(soap.soapVersion()), note);
        if (!XML_NAME.matcher(soap.wrapper()).matches()) {
            note.accept(
                    path + ".wrapper",
                    '"' + soap.wrapper() + "\" is no name of an element; write one in letters");
        }
        if (soap.soapAction() != null
                && soap.soapAction().chars().anyMatch(c -> c < ' ' || c > '~' || c == '"')) {
            note.accept(path + ".soap-action", "must be plain ASCII without quotes");
        }
        if (soap.authoritative() && !soap.wantReply()) {
            note.accept(
                    path + ".authoritative",
                    "needs an answer; write \"want-reply: true\" beside it");
        }
    }

    private static void check(String path, Runnable check, BiConsumer<String, String> note) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            note.accept(path, String.valueOf(e.getMessage()));
        }
    }
}
