package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;
import org.outpost.simulator.wsman.WsmanFault;

import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;

/** Watchdogs for agents on the PC, and what happens when the PC hangs (wsman.md §13). */
final class AgentPresenceClasses {
    static final String WATCHDOG = "AMT_AgentPresenceWatchdog";
    static final String ACTION = "AMT_AgentPresenceWatchdogAction";
    private static final String CONDITION = "AMT_StateTransitionCondition";
    private static final String DEPENDENCY = "CIM_ConcreteDependency";
    private static final int MOST = 16;
    private static final int MOST_ACTIONS = 15;
    private static final int NOT_STARTED = 1;
    private static final EnumSet<Realm> REMOTE = EnumSet.of(Realm.AGENT_PRESENCE_REMOTE);
    private static final EnumSet<Realm> LOCAL = EnumSet.of(Realm.AGENT_PRESENCE_LOCAL);

    private AgentPresenceClasses() {}

    static List<CimClass> classes() {
        return List.of(
                presence("AMT_AgentPresenceCapabilities").single(f -> capabilities()).build(),
                watchdog(),
                presence(ACTION).build(),
                presence(CONDITION).build(),
                presence(DEPENDENCY).keys("Antecedent", "Dependent").build(),
                CimClass.named("IPS_WatchDogAction")
                        .since(Generation.AMT_11_8)
                        .single(
                                firmware ->
                                        Instance.of("IPS_WatchDogAction")
                                                .set("InstanceID", "Intel (r) AMT Watch Dog Action")
                                                .named("Intel (r) AMT Watch Dog Action")
                                                .set("AgentPresenceWatchDogExpirationAction", 0)
                                                .set("HeciWatchDogExpirationAction", 0)
                                                .set("ReArmReset", false)
                                                .set("Timeout", 30)
                                                .build())
                        .writable(
                                Property.number("HeciWatchDogExpirationAction", 0, 1),
                                Property.number("AgentPresenceWatchDogExpirationAction", 0, 1),
                                Property.number("Timeout", 0, 86_400),
                                Property.flag("ReArmReset"))
                        .onPut(
                                (call, before, after, given) ->
                                        HangReset.of(call)
                                                .configure(
                                                        after.number("HeciWatchDogExpirationAction")
                                                                == 1,
                                                        after.number("Timeout")))
                        .method("ApplyActionOnWatchDog", AgentPresenceClasses::applyAction)
                        .method(
                                "CancelRebootAction",
                                (call, in) -> {
                                    HangReset.of(call).cancel();
                                    return Output.done();
                                })
                        .build());
    }

    private static Output applyAction(Call call, Arguments in) {
        call.firmware().machine().request(PowerAction.RESET);
        return Output.done();
    }

    private static CimClass.Builder presence(String name) {
        return CimClass.named(name)
                .readableBy(Realm.GENERAL_INFO, Realm.AGENT_PRESENCE_REMOTE)
                .writableBy(Realm.AGENT_PRESENCE_REMOTE);
    }

    private static Instance capabilities() {
        return Instance.of("AMT_AgentPresenceCapabilities")
                .set("InstanceID", "Intel(r) AMT: Agent Presence Capabilities 0")
                .named("Intel(r) AMT: Agent Presence Capabilities")
                .set("MaxTotalActions", MOST * MOST_ACTIONS)
                .set("MaxTotalAgents", MOST)
                .set("MinGuaranteedActionListSize", MOST_ACTIONS)
                .build();
    }

    private static CimClass watchdog() {
        return presence(WATCHDOG)
                .keys("CreationClassName", "DeviceID", "SystemCreationClassName", "SystemName")
                .live(
                        (firmware, stored) ->
                                stored.but()
                                        .set("CurrentState", AgentTimers.stateOf(firmware, stored))
                                        .build())
                .writable(
                        Property.number("StartupInterval", 0, 65_535),
                        Property.number("TimeoutInterval", 1, 65_535),
                        Property.text("MonitoredEntityDescription", 16))
                .creatable(AgentPresenceClasses::create)
                .deletable(AgentPresenceClasses::delete)
                .method("AddAction", REMOTE, AgentPresenceClasses::addAction)
                .method("DeleteAllActions", REMOTE, AgentPresenceClasses::deleteActions)
                .method("RegisterAgent", LOCAL, AgentPresenceClasses::register)
                .method("AssertPresence", LOCAL, AgentPresenceClasses::assertPresence)
                .method("AssertShutdown", LOCAL, AgentPresenceClasses::assertShutdown)
                .build();
    }

    private static Instance create(Call call, Arguments given) throws FaultException {
        byte[] guid = given.bytes("DeviceID", 16);
        given.number("StartupInterval", 0, 65_535);
        given.number("TimeoutInterval", 1, 65_535);
        if (guid.length != 16 || Arrays.equals(guid, new byte[16])) {
            throw FaultException.internal(Status.INVALID_PARAMETER);
        }
        if (call.instances(WATCHDOG).size() >= MOST) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        call.audit(AuditEvent.WATCHDOG_ADDED);
        return Instance.of(WATCHDOG)
                .set("CreationClassName", WATCHDOG)
                .set("CurrentState", NOT_STARTED)
                .set("DeviceID", Base64.getEncoder().encodeToString(guid))
                .named("Intel(r) AMT Agent Presence Watchdog")
                .set("EnabledState", 2)
                .set("MonitoredEntity", 2)
                .set("MonitoredEntityDescription", "")
                .set("SystemCreationClassName", "CIM_ComputerSystem")
                .set("SystemName", "Intel(r) AMT")
                .build();
    }

    private static Reference reference(Instance watchdog) {
        return watchdog.reference(
                List.of("CreationClassName", "DeviceID", "SystemCreationClassName", "SystemName"));
    }

    private static void delete(Call call, Instance watchdog) {
        removeActions(call, watchdog);
        AgentTimers.of(call).forget(watchdog);
        call.audit(AuditEvent.WATCHDOG_REMOVED);
    }

    private static Output addAction(Call call, Arguments in) throws FaultException {
        long from = in.number("OldState", 1, 31);
        long to = in.number("NewState", 1, 31);
        boolean event = in.flag("EventOnTransition");
        if (call.instances(ACTION).size() >= MOST * MOST_ACTIONS) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        int number = call.table(ACTION).nextNumber();
        Instance condition =
                Instance.of(CONDITION)
                        .set("InstanceID", "Intel(r) AMT:State Transition " + number)
                        .named("Intel(r) AMT:State Transition")
                        .set("NewState", to)
                        .set("OldState", from)
                        .build();
        Instance.Builder action =
                Instance.of(ACTION)
                        .set("InstanceID", "Intel(r) AMT:Watchdog Action " + number)
                        .named("Intel(r) AMT:Watchdog Action")
                        .set("EventOnTransition", event);
        if (in.has("ActionSd")) {
            action.set("ActionSd", in.number("ActionSd", 0, 1));
        }
        if (in.has("ActionEac")) {
            action.set("ActionEac", in.flag("ActionEac"));
        }
        Instance made = action.build();
        call.store(condition);
        call.store(made);
        Reference actionReference = made.reference(List.of("InstanceID"));
        link(call, actionReference, reference(in.target()));
        link(call, actionReference, condition.reference(List.of("InstanceID")));
        AgentTimers.of(call).addRule(in.target(), (int) from, (int) to, event);
        call.audit(AuditEvent.WATCHDOG_ACTION_SET);
        return Output.done().with("Action", actionReference);
    }

    private static void link(Call call, Reference action, Reference on) {
        call.store(Instance.of(DEPENDENCY).set("Antecedent", on).set("Dependent", action).build());
    }

    private static Output deleteActions(Call call, Arguments in) {
        removeActions(call, in.target());
        call.audit(AuditEvent.WATCHDOG_ACTION_SET);
        return Output.done();
    }

    private static void removeActions(Call call, Instance watchdog) {
        Reference owner = reference(watchdog);
        List<Instance> links = call.instances(DEPENDENCY);
        for (Instance link : links) {
            if (link.link("Antecedent").filter(owner::meets).isPresent()) {
                Reference action = link.link("Dependent").orElseThrow();
                String id = action.key("InstanceID");
                call.table(ACTION).find("InstanceID", id).ifPresent(call.table(ACTION)::remove);
                call.table(CONDITION)
                        .find("InstanceID", id.replace("Watchdog Action", "State Transition"))
                        .ifPresent(call.table(CONDITION)::remove);
                links.stream()
                        .filter(o -> o.link("Dependent").filter(action::meets).isPresent())
                        .forEach(call.table(DEPENDENCY)::remove);
            }
        }
        AgentTimers.of(call).clearRules(watchdog);
    }

    private static Output register(Call call, Arguments in) {
        return Output.done()
                .with("SessionSequenceNumber", AgentTimers.of(call).register(in.target()))
                .with("TimeoutInterval", in.target().text("TimeoutInterval"));
    }

    private static Output assertPresence(Call call, Arguments in) throws FaultException {
        long number = in.number("SequenceNumber", 0, 0xFFFF_FFFFL);
        return AgentTimers.of(call).present(in.target(), number)
                ? Output.done()
                : Output.of(Status.INVALID_PARAMETER);
    }

    private static Output assertShutdown(Call call, Arguments in) throws FaultException {
        long number = in.number("SequenceNumber", 0, 0xFFFF_FFFFL);
        return AgentTimers.of(call).shutDown(in.target(), number)
                ? Output.done()
                : Output.of(Status.INVALID_PARAMETER);
    }
}
