package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.agentpresence.AgentAction;
import org.outpost.amt.operation.agentpresence.AgentPresenceService;
import org.outpost.amt.operation.agentpresence.AgentWatchdog;
import org.outpost.amt.operation.alarm.Alarm;
import org.outpost.amt.operation.alarm.AlarmClockService;
import org.outpost.amt.operation.defense.DefensePolicy;
import org.outpost.amt.operation.defense.DefenseService;
import org.outpost.amt.operation.defense.FilterProfile;
import org.outpost.amt.operation.defense.PacketFilter;
import org.outpost.amt.operation.subscription.EventSubscription;
import org.outpost.amt.operation.subscription.EventSubscriptionService;
import org.outpost.amt.operation.subscription.PetFilter;
import org.outpost.amt.operation.subscription.PetService;
import org.outpost.amt.wsman.Subscription;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Alarms, alerts, isolation and agents (wsman.md sections 11, 13 and 14). */
final class AlertsAndAgentsTest extends OnDevice {
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    private static final UUID AGENT = UUID.fromString("03020100-0504-0706-0809-0a0b0c0d0e0f");

    @Test
    void anAlarmIsSetToTheMinute() {
        model.succeeds("AMT_AlarmClockService.AddAlarm");
        Alarm alarm =
                new Alarm(
                        "wake",
                        "wake",
                        Instant.parse("2026-01-31T15:40:33Z"),
                        Duration.ofDays(1).plusHours(2).plusMinutes(5),
                        true);

        get(new AlarmClockService(calls).add(alarm));

        assertThat(amt.envelopes.getLast())
                .contains("2026-01-31T15:40:00Z</c:Datetime>")
                .contains("P1DT2H5M</c:Interval>")
                .contains("IPS_AlarmClockOccurrence");
    }

    @Test
    void alarmsAreListedAndRemoved() {
        model.instance(
                "IPS_AlarmClockOccurrence",
                "DeleteOnCompletion",
                "true",
                "ElementName",
                "wake",
                "InstanceID",
                "wake",
                "Interval",
                "<h:Interval>P1DT0H0M</h:Interval>",
                "StartTime",
                "<h:Datetime>2026-01-31T15:40:00Z</h:Datetime>");
        AlarmClockService service = new AlarmClockService(calls);

        assertThat(get(service.list()))
                .containsExactly(
                        new Alarm(
                                "wake",
                                "wake",
                                Instant.parse("2026-01-31T15:40:00Z"),
                                Duration.ofDays(1),
                                true));
        get(service.remove("wake"));
        assertThat(get(service.list())).isEmpty();
    }

    @Test
    void theSixthAlarmIsRefusedAtOnce() {
        model.succeeds("AMT_AlarmClockService.AddAlarm");
        model.refuse("AMT_AlarmClockService AddAlarm", "QuotaLimit");

        assertThat(
                        failure(
                                        new AlarmClockService(calls)
                                                .add(
                                                        new Alarm(
                                                                "a",
                                                                "",
                                                                Instant.EPOCH,
                                                                Duration.ZERO,
                                                                true)))
                                .sentence())
                .contains("QuotaLimit")
                .contains("Remove one first");
        assertThat(amt.envelopes).hasSize(1);
    }

    @Test
    void subscriptionsArePairedAndEndedByTheirKeys() {
        model.instance("CIM_FilterCollection", "InstanceID", "Intel(r) AMT:All");
        model.instance(
                "CIM_ListenerDestination",
                "DeliveryMode",
                "3",
                "Destination",
                "https://outpost.example:8444/alerts",
                "Name",
                "Intel(r) AMT: WS Listener 1");
        model.instance(
                "CIM_FilterCollectionSubscription",
                "Filter",
                FakeModel.reference(
                        CIM + "CIM_FilterCollection", Map.of("InstanceID", "Intel(r) AMT:All")));
        EventSubscriptionService service = new EventSubscriptionService(calls);

        List<EventSubscription> list = get(service.list());
        get(service.unsubscribe(list.get(0)));

        assertThat(get(service.filters())).containsExactly("Intel(r) AMT:All");
        assertThat(list.get(0).acknowledged()).isTrue();
        assertThat(list.get(0).filter()).isEqualTo("Intel(r) AMT:All");
        assertThat(amt.envelopes.get(amt.envelopes.size() - 3))
                .contains("eventing/Unsubscribe")
                .contains("Intel(r) AMT: WS Listener 1")
                .contains("CIM_ListenerDestinationWSMAN");
    }

    @Test
    void aListenersUrlIsChecked() {
        assertThatThrownBy(
                        () ->
                                new Subscription(
                                        "Intel(r) AMT:All",
                                        "ftp://x",
                                        false,
                                        Optional.empty(),
                                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Subscription(
                                        "Intel(r) AMT:All",
                                        "http://" + "x".repeat(250),
                                        false,
                                        Optional.empty(),
                                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyAlertIsSentAsATrap() {
        PetService service = new PetService(calls);

        get(service.addFilter(PetFilter.everything(20)));
        get(service.subscribe("192.168.1.5", 20, "vpro"));

        Map<String, String> filter = model.instances("AMT_PETFilterSetting").get(0);
        assertThat(filter)
                .containsEntry("EventSensorType", "255")
                .containsEntry("SendAlert", "true")
                .containsEntry("PolicyID", "20");
        assertThat(get(service.filters()).get(0).alerts()).isTrue();
        assertThat(model.instances("AMT_SNMPEventSubscriber").get(0))
                .containsEntry("AccessInfo", "192.168.1.5")
                .containsEntry("InfoFormat", "3");
        assertThat(get(service.subscribers()).get(0).community()).isEqualTo("vpro");
        assertThat(PetFilter.callForHelp(20).match()).containsEntry("EventSensorType", 0xC1);
        assertThatThrownBy(() -> PetFilter.everything(134))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeviceIsCutOffExceptForOneAddress() throws UnknownHostException {
        DefenseService service = new DefenseService(calls);
        PacketFilter allowed =
                new PacketFilter.Ip(
                        new PacketFilter.Action(
                                "helpdesk", true, FilterProfile.PASS, OptionalInt.empty(), false),
                        4,
                        OptionalInt.of(6),
                        Optional.of(InetAddress.getByName("10.0.0.1")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new PacketFilter.Ports(3389, 3389)));

        get(service.addFilter(allowed));
        get(
                service.addFilter(
                        new PacketFilter.Ethernet(
                                new PacketFilter.Action(
                                        "arp",
                                        true,
                                        FilterProfile.RATE_LIMIT,
                                        OptionalInt.of(100),
                                        true),
                                0x0806)));
        get(service.addPolicy(DefensePolicy.isolation("isolate", List.of(1L, 2L))));
        String policy = get(service.policies()).get(0).instanceId();
        DefenseService.Assignment assignment =
                new DefenseService.Assignment("Intel(r) AMT Ethernet Port 0", policy);
        get(service.assign(assignment));

        assertThat(model.instances("AMT_IPHeadersFilter").get(0))
                .containsEntry("HdrSrcAddress", "0a000001")
                .containsEntry("HdrDestPortStart", "3389")
                .containsEntry("FilterProfile", "3");
        assertThat(model.instances("AMT_Hdr8021Filter").get(0))
                .containsEntry("HdrProtocolID8021", "2054")
                .containsEntry("FilterProfileData", "100");
        assertThat(get(service.policies()).get(0).filters()).containsExactly(1L, 2L);
        assertThat(get(service.policies()).get(0).received()).isEqualTo(DefensePolicy.Default.DROP);
        assertThat(amt.envelopes)
                .anyMatch(
                        one ->
                                one.contains("AMT_NetworkPortSystemDefensePolicy")
                                        && one.contains("Antecedent")
                                        && one.contains(policy));
        assertThat(get(service.filters())).hasSize(2);
    }

    @Test
    void aRateLimitNeedsARate() {
        assertThatThrownBy(
                        () ->
                                new PacketFilter.Action(
                                        "x",
                                        true,
                                        FilterProfile.RATE_LIMIT,
                                        OptionalInt.empty(),
                                        false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAgentIsWatched() {
        AgentPresenceService service = new AgentPresenceService(calls);
        model.succeeds("AMT_AgentPresenceWatchdog.AddAction");

        get(service.add(AgentWatchdog.of(AGENT, "antivirus", 3600, 60)));
        AgentWatchdog read = get(service.list()).get(0);
        get(service.addAction(AGENT, new AgentAction(31, 8, true, AgentAction.Isolation.ACTIVATE)));
        String action = amt.envelopes.getLast();
        get(service.remove(AGENT));

        assertThat(amt.envelopes.get(0)).contains(">AAECAwQFBgcICQoLDA0ODw==<");
        assertThat(read.agent()).isEqualTo(AGENT);
        assertThat(read.timeoutSeconds()).isEqualTo(60);
        assertThat(action)
                .contains("Name=\"DeviceID\">AAECAwQFBgcICQoLDA0ODw==<")
                .contains(":NewState>8<")
                .contains(":ActionSd>0<");
        assertThat(get(service.list())).isEmpty();
        assertThatThrownBy(() -> AgentWatchdog.of(new UUID(0, 0), "x", 60, 60))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anExpiredWatchdogMayResetThePc() {
        model.instance(
                "IPS_WatchDogAction",
                "AgentPresenceWatchDogExpirationAction",
                "0",
                "HeciWatchDogExpirationAction",
                "0",
                "Timeout",
                "30");
        AgentPresenceService service = new AgentPresenceService(calls);

        get(service.setResetAction(true, false, 60));

        assertThat(get(service.resetAction()).integer("HeciWatchDogExpirationAction")).hasValue(1);
        assertThat(get(service.resetAction()).integer("Timeout")).hasValue(60);
    }

    @Test
    void oldAmtHasNoSuchThing() {
        assertThat(failure(new AgentPresenceService(calls).resetAction()))
                .isInstanceOf(AmtFailure.Unsupported.class);
    }
}
