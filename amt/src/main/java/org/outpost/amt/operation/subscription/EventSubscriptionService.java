package org.outpost.amt.operation.subscription;

import org.outpost.amt.operation.ComputerSystems;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.wsman.Subscription;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who hears of alerts by WS-Eventing (wsman.md section 11.2). */
public final class EventSubscriptionService {
    private static final String LISTENERS = "CIM_ListenerDestination";
    private static final String SUBSCRIPTIONS = "CIM_FilterCollectionSubscription";
    private static final AmtClass LISTENER = AmtClass.of("CIM_ListenerDestinationWSManagement");
    private static final int PUSH_WITH_ACK = 3;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public EventSubscriptionService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The InstanceIDs of the filter collections that can be subscribed to. */
    public CompletionStage<List<String>> filters() {
        return calls.enumerate(Subscription.COLLECTION.name())
                .thenApply(
                        list -> list.stream().map(read -> read.textOr("InstanceID", "")).toList());
    }

    /** The subscriptions; the device lists listeners and subscriptions in the same order. */
    public CompletionStage<List<EventSubscription>> list() {
        return calls.enumerate(LISTENERS)
                .thenCombine(calls.enumerate(SUBSCRIPTIONS), EventSubscriptionService::pair);
    }

    private static List<EventSubscription> pair(
            List<Element> listeners, List<Element> subscriptions) {
        List<EventSubscription> pairs = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            Element listener = listeners.get(i);
            String name = listener.textOr("Name", "");
            String filter = i < subscriptions.size() ? filter(subscriptions.get(i)).orElse("") : "";
            pairs.add(
                    new EventSubscription(
                            filter,
                            listener.textOr("Destination", ""),
                            listener.integer("DeliveryMode").orElse(0) == PUSH_WITH_ACK,
                            name,
                            keys(filter, name)));
        }
        return pairs;
    }

    private static Optional<String> filter(Element subscription) {
        return subscription
                .child("Filter")
                .flatMap(EndpointReference::read)
                .flatMap(reference -> reference.selectors().text("InstanceID"));
    }

    private static Selectors keys(String filter, String listener) {
        return Selectors.NONE
                .and(
                        "Filter",
                        EndpointReference.of(
                                Subscription.COLLECTION, Selectors.of("InstanceID", filter)))
                .and(
                        "Handler",
                        EndpointReference.of(
                                LISTENER,
                                Selectors.of("CreationClassName", "CIM_ListenerDestinationWSMAN")
                                        .and("Name", listener)
                                        .and("SystemCreationClassName", "CIM_ComputerSystem")
                                        .and("SystemName", ComputerSystems.ENGINE)));
    }

    /** Asks for events. */
    public CompletionStage<Optional<EndpointReference>> subscribe(Subscription subscription) {
        return calls.call(new AmtCall.Subscribe(subscription));
    }

    /** Asks for no more events. */
    public CompletionStage<Optional<Element>> unsubscribe(EventSubscription subscription) {
        return calls.call(new AmtCall.Unsubscribe(subscription.keys()));
    }
}
