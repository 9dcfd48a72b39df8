package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.operation.agentpresence.AgentAction;
import org.outpost.amt.operation.agentpresence.AgentPresenceService;
import org.outpost.amt.operation.agentpresence.AgentWatchdog;
import org.outpost.amt.operation.subscription.EventSubscription;
import org.outpost.amt.operation.subscription.EventSubscriptionService;
import org.outpost.amt.operation.subscription.PetFilter;
import org.outpost.amt.operation.subscription.PetService;
import org.outpost.amt.operation.subscription.PetSubscriber;
import org.outpost.amt.wsman.Subscription;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who hears of events, and the watchdogs that make some. */
final class AlertRows {
    private static final UUID AGENT = UUID.fromString("03020100-0504-0706-0809-0a0b0c0d0e0f");
    private static final String URL = "http://192.0.2.5:5000/alerts";

    private AlertRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("event subscriptions", AlertRows::subscriptions),
                new Row("PET filters and subscribers", AlertRows::traps),
                new Row("agent watchdogs", AlertRows::watchdogs),
                new Row("reset by watchdog", AlertRows::resetAction));
    }

    private static void subscriptions(DeviceClient device) {
        EventSubscriptionService service = new EventSubscriptionService(device.calls());
        assertThat(get(service.filters())).contains("Intel(r) AMT:All", "Intel(r) AMT:Features");

        get(
                service.subscribe(
                        new Subscription(
                                "Intel(r) AMT:Features",
                                URL,
                                true,
                                Optional.of(new Subscription.Login("listener", "P@ssw0rd")),
                                Map.of("device", device.name()))));
        EventSubscription made =
                get(service.list()).stream()
                        .filter(one -> one.destination().equals(URL))
                        .findFirst()
                        .orElseThrow();
        assertThat(made.filter()).isEqualTo("Intel(r) AMT:Features");
        assertThat(made.acknowledged()).isTrue();

        get(service.unsubscribe(made));
        assertThat(get(service.list())).noneMatch(one -> one.destination().equals(URL));
    }

    private static void traps(DeviceClient device) {
        PetService service = new PetService(device.calls());
        List<PetFilter> firmwares = get(service.filters());
        assertThat(firmwares).isNotEmpty();

        String filter =
                get(service.addFilter(PetFilter.callForHelp(77)))
                        .selectors()
                        .text("InstanceID")
                        .orElseThrow();
        assertThat(get(service.filters()))
                .filteredOn(one -> one.instanceId().equals(filter))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.policyId()).isEqualTo(77);
                            assertThat(one.alerts()).isTrue();
                            assertThat(one.match()).containsEntry("EventSensorType", 0xC1);
                        });
        get(service.subscribe("192.0.2.5", 77, "vpro"));
        PetSubscriber subscriber =
                get(service.subscribers()).stream()
                        .filter(one -> one.address().equals("192.0.2.5"))
                        .findFirst()
                        .orElseThrow();
        assertThat(subscriber.policyId()).isEqualTo(77);
        get(service.defaultCommunity("other"));
        assertThat(
                        get(device.calls().get("AMT_EventManagerService"))
                                .textOr("DefaultCommunityString", ""))
                .isEqualTo("other");

        get(service.unsubscribe(subscriber));
        assertThat(get(service.subscribers())).noneMatch(one -> one.address().equals("192.0.2.5"));
        get(service.removeFilter(filter));
        assertThat(get(service.filters())).isEqualTo(firmwares);
    }

    private static void watchdogs(DeviceClient device) {
        AgentPresenceService service = new AgentPresenceService(device.calls());

        get(service.add(AgentWatchdog.of(AGENT, "antivirus", 3600, 60)));
        AgentWatchdog made =
                get(service.list()).stream()
                        .filter(one -> one.agent().equals(AGENT))
                        .findFirst()
                        .orElseThrow();
        assertThat(made.description()).isEqualTo("antivirus");
        assertThat(made.timeoutSeconds()).isEqualTo(60);
        assertThat(made.startupSeconds()).isEqualTo(3600);

        int before = actions(device).size();
        get(service.addAction(AGENT, new AgentAction(31, 8, true, AgentAction.Isolation.ACTIVATE)));
        assertThat(actions(device)).hasSize(before + 1);
        get(service.clearActions(AGENT));
        assertThat(actions(device)).hasSize(before);

        get(service.remove(AGENT));
        assertThat(get(service.list())).noneMatch(one -> one.agent().equals(AGENT));
    }

    private static List<Element> actions(DeviceClient device) {
        return get(device.calls().enumerate("AMT_AgentPresenceWatchdogAction"));
    }

    private static void resetAction(DeviceClient device) {
        AgentPresenceService service = new AgentPresenceService(device.calls());
        Element before = get(service.resetAction());

        get(service.setResetAction(true, true, 90));
        Element after = get(service.resetAction());
        assertThat(after.integer("HeciWatchDogExpirationAction")).hasValue(1);
        assertThat(after.integer("AgentPresenceWatchDogExpirationAction")).hasValue(1);
        assertThat(after.integer("Timeout")).hasValue(90);
        get(service.setResetAction(false, false, before.integer("Timeout").orElse(30)));
        assertThat(get(service.resetAction()).integer("HeciWatchDogExpirationAction")).hasValue(0);
    }
}
