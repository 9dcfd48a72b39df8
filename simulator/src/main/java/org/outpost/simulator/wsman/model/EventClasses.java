package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Subscription;
import org.outpost.simulator.wsman.WsmanFault;

import java.util.List;
import java.util.Map;

/** Subscriptions to WS-Events (wsman.md §11.2). */
final class EventClasses {
    static final String DESTINATION = "CIM_ListenerDestinationWSManagement";
    private static final String FILTERS = "CIM_FilterCollection";
    private static final String SUBSCRIPTION = "CIM_FilterCollectionSubscription";
    private static final int MOST = 9;

    private EventClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named(FILTERS)
                        .readableBy(Realm.GENERAL_INFO, Realm.EVENT_MANAGER)
                        .writableBy(Realm.EVENT_MANAGER)
                        .many(
                                firmware ->
                                        List.of(
                                                filter("Intel(r) AMT:All"),
                                                filter("Intel(r) AMT:Features"),
                                                filter("Intel(r) AMT:Platform"),
                                                filter("Intel(r) AMT:User Notification")))
                        .subscribable(EventClasses::subscribe)
                        .build(),
                CimClass.named(DESTINATION).systemKeys().readableBy(Realm.EVENT_MANAGER).build(),
                CimClass.named(SUBSCRIPTION)
                        .keys("Filter", "Handler")
                        .readableBy(Realm.EVENT_MANAGER)
                        .writableBy(Realm.EVENT_MANAGER)
                        .deletable(EventClasses::unsubscribe)
                        .unsubscribable()
                        .build());
    }

    private static Instance filter(String name) {
        return Instance.of(FILTERS)
                .set("InstanceID", name)
                .set("CollectionName", name)
                .named(name)
                .build();
    }

    private static Reference subscribe(Call call, Instance filter, Subscription subscription)
            throws FaultException {
        if (call.instances(SUBSCRIPTION).size() >= MOST) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        String name = "Intel(r) AMT:Listener Destination " + call.table(DESTINATION).nextNumber();
        call.store(
                Instance.of(DESTINATION)
                        .set("CreationClassName", "CIM_ListenerDestinationWSMAN")
                        .set("DeliveryAuth", subscription.user().isEmpty() ? 0 : 2)
                        .set("DeliveryMode", subscription.acknowledged() ? 3 : 2)
                        .set("Destination", subscription.address())
                        .named(name)
                        .set("Name", name)
                        .set("PersistenceType", 2)
                        .set("Protocol", 4)
                        .set("SystemCreationClassName", "CIM_ComputerSystem")
                        .set("SystemName", "Intel(r) AMT")
                        .build());
        Reference handler =
                new Reference(
                        DESTINATION,
                        Map.of(
                                "CreationClassName", new Value.Text("CIM_ListenerDestinationWSMAN"),
                                "Name", new Value.Text(name),
                                "SystemCreationClassName", new Value.Text("CIM_ComputerSystem"),
                                "SystemName", new Value.Text("Intel(r) AMT")));
        Instance subscribed =
                Instance.of(SUBSCRIPTION)
                        .set("Filter", filter.reference(List.of("InstanceID")))
                        .set("Handler", handler)
                        .set("OnFatalErrorPolicy", 2)
                        .set("PersistenceType", 2)
                        .set("SubscriptionState", 2)
                        .build();
        call.store(subscribed);
        call.audit(AuditEvent.ALERT_SUBSCRIBED);
        return subscribed.reference(List.of("Filter", "Handler"));
    }

    private static void unsubscribe(Call call, Instance subscription) {
        String name = subscription.link("Handler").map(handler -> handler.key("Name")).orElse("");
        call.table(DESTINATION).find("Name", name).ifPresent(call.table(DESTINATION)::remove);
        call.audit(AuditEvent.ALERT_UNSUBSCRIBED);
    }
}
