package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;
import org.outpost.simulator.wsman.WsmanFault;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * System Defense: filters of packets, policies made of filters, and the policy that a port uses
 * (AMT guide, classes AMT_Hdr8021Filter, AMT_IPHeadersFilter, AMT_SystemDefensePolicy).
 */
final class IsolationClasses {
    private static final String ETHERNET_FILTER = "AMT_Hdr8021Filter";
    private static final String IP_FILTER = "AMT_IPHeadersFilter";
    private static final String POLICY = "AMT_SystemDefensePolicy";
    private static final String DEFAULT = "AMT_NetworkPortDefaultSystemDefensePolicy";
    private static final String ACTIVE = "AMT_NetworkPortSystemDefensePolicy";
    private static final String CAPABILITIES = "AMT_NetworkPortSystemDefenseCapabilities";
    private static final int MOST_POLICIES = 8;
    private static final int MOST_FILTERS = 80;
    private static final EnumSet<Realm> DEFENDERS = EnumSet.of(Realm.CIRCUIT_BREAKER);

    private IsolationClasses() {}

    static List<CimClass> classes() {
        return List.of(
                filter(
                        ETHERNET_FILTER,
                        Property.number("HdrProtocolID8021", 0, 65_535),
                        Property.number("HdrPriority8021", 0, 7),
                        Property.number("HdrVLANID8021", 0, 4095)),
                filter(
                        IP_FILTER,
                        Property.number("HdrIPVersion", 4, 6),
                        Property.number("HdrProtocolID", 0, 255),
                        Property.texts("HdrSrcAddress", 16, 64),
                        Property.texts("HdrSrcMask", 16, 64),
                        Property.texts("HdrDestAddress", 16, 64),
                        Property.texts("HdrDestMask", 16, 64),
                        Property.number("HdrSrcPortStart", 0, 65_535),
                        Property.number("HdrSrcPortEnd", 0, 65_535),
                        Property.number("HdrDestPortStart", 0, 65_535),
                        Property.number("HdrDestPortEnd", 0, 65_535),
                        Property.numbers("HdrFlags", 6, 0, 65_535)),
                policy(),
                defense(DEFAULT)
                        .keys("Antecedent", "Dependent")
                        .writable(Property.any("Antecedent"), Property.any("Dependent"))
                        .creatable(IsolationClasses::setDefault)
                        .deletable(IsolationClasses::unsetDefault)
                        .build(),
                defense(ACTIVE)
                        .keys("Antecedent", "Dependent")
                        .writable(Property.any("Antecedent"), Property.any("Dependent"))
                        .creatable(IsolationClasses::enable)
                        .deletable((call, link) -> {})
                        .build(),
                defense(CAPABILITIES).single(firmware -> capabilities()).build());
    }

    private static CimClass.Builder defense(String name) {
        return CimClass.named(name)
                .readableBy(Realm.GENERAL_INFO, Realm.CIRCUIT_BREAKER)
                .writableBy(Realm.CIRCUIT_BREAKER);
    }

    private static CimClass filter(String className, Property... headers) {
        return defense(className)
                .keys(
                        "CreationClassName",
                        "InstanceID",
                        "Name",
                        "SystemCreationClassName",
                        "SystemName")
                .writable(headers)
                .writable(
                        Property.number("FilterProfile", 0, 4),
                        Property.number("FilterProfileData", 0, 0xFFFF_FFFFL),
                        Property.number("FilterDirection", 0, 1),
                        Property.flag("ActionEventOnMatch"))
                .creatable((call, given) -> createFilter(call, given, className))
                .deletable(IsolationClasses::deleteFilter)
                .build();
    }

    private static Instance createFilter(Call call, Arguments given, String className)
            throws FaultException {
        String name = given.text("Name", 16);
        given.number("FilterProfile", 0, 4);
        given.number("FilterDirection", 0, 1);
        given.flag("ActionEventOnMatch");
        if (className.equals(IP_FILTER) && given.number("HdrIPVersion", 4, 6) == 5) {
            throw Arguments.invalid("HdrIPVersion");
        }
        if (name.isEmpty()) {
            throw Arguments.invalid("Name");
        }
        InstanceTable ethernet = call.table(ETHERNET_FILTER);
        InstanceTable ip = call.table(IP_FILTER);
        if (ethernet.size() + ip.size() >= MOST_FILTERS) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        if (ethernet.find("Name", name).isPresent() || ip.find("Name", name).isPresent()) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        call.audit(AuditEvent.FILTER_ADDED);
        // one row of numbers for both kinds: policies name filters by them
        return Instance.inEngine(className, name)
                .set("InstanceID", ethernet.nextNumber() + 1)
                .named(name)
                .build();
    }

    private static void deleteFilter(Call call, Instance filter) throws FaultException {
        Value id = new Value.Text(filter.text("InstanceID"));
        boolean used =
                call.instances(POLICY).stream()
                        .anyMatch(policy -> policy.all("FilterCreationHandles").contains(id));
        if (used) {
            throw FaultException.internal(Status.ENTRY_IN_USE);
        }
        call.audit(AuditEvent.FILTER_REMOVED);
    }

    private static CimClass policy() {
        return defense(POLICY)
                .writable(
                        Property.number("PolicyPrecedence", 0, 0xFFFF_FFFFL),
                        Property.number("AntiSpoofingSupport", 0, 3),
                        Property.numbers("FilterCreationHandles", 62, 1, 0xFFFF_FFFFL),
                        Property.flag("TxDefaultCount"),
                        Property.flag("TxDefaultDrop"),
                        Property.flag("TxDefaultMatchEvent"),
                        Property.flag("RxDefaultCount"),
                        Property.flag("RxDefaultDrop"),
                        Property.flag("RxDefaultMatchEvent"))
                .onPut((call, before, after, given) -> checkFilters(call, given))
                .creatable(IsolationClasses::createPolicy)
                .deletable(IsolationClasses::deletePolicy)
                .method(
                        "GetTimeout",
                        DEFENDERS,
                        (call, in) ->
                                Output.done().with("Timeout", Timeouts.of(call).get(in.target())))
                .method("SetTimeout", DEFENDERS, IsolationClasses::setTimeout)
                .method("UpdateStatistics", DEFENDERS, (call, in) -> Output.done())
                .build();
    }

    private static Output setTimeout(Call call, Arguments in) throws FaultException {
        Timeouts.of(call).set(in.target(), in.number("Timeout", 0, 0xFFFF_FFFFL));
        return Output.done();
    }

    private static Instance createPolicy(Call call, Arguments given) throws FaultException {
        String name = given.text("PolicyName", 16);
        if (name.isEmpty()) {
            throw Arguments.invalid("PolicyName");
        }
        for (String flag :
                List.of(
                        "TxDefaultCount",
                        "TxDefaultDrop",
                        "TxDefaultMatchEvent",
                        "RxDefaultCount",
                        "RxDefaultDrop",
                        "RxDefaultMatchEvent")) {
            given.flag(flag);
        }
        given.number("PolicyPrecedence", 0, 0xFFFF_FFFFL);
        checkFilters(call, given);
        InstanceTable policies = call.table(POLICY);
        if (policies.size() >= MOST_POLICIES) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        if (policies.find("PolicyName", name).isPresent()) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        call.audit(AuditEvent.POLICY_ADDED);
        return Instance.of(POLICY)
                .set("InstanceID", policies.nextNumber() + 1)
                .named(name)
                .set("PolicyName", name)
                .build();
    }

    private static void checkFilters(Call call, Arguments given) throws FaultException {
        for (long handle : given.numbers("FilterCreationHandles", 1, 0xFFFF_FFFFL)) {
            String id = Long.toString(handle);
            if (call.table(ETHERNET_FILTER).find("InstanceID", id).isEmpty()
                    && call.table(IP_FILTER).find("InstanceID", id).isEmpty()) {
                throw FaultException.internal(Status.INVALID_HANDLE);
            }
        }
    }

    private static void deletePolicy(Call call, Instance policy) throws FaultException {
        Reference reference = policy.reference(List.of("InstanceID"));
        boolean used =
                Stream.of(DEFAULT, ACTIVE)
                        .flatMap(links -> call.instances(links).stream())
                        .anyMatch(
                                link ->
                                        link.link("Dependent")
                                                .filter(reference::meets)
                                                .isPresent());
        if (used) {
            throw FaultException.internal(Status.ENTRY_IN_USE);
        }
        call.audit(AuditEvent.POLICY_REMOVED);
    }

    private static Instance setDefault(Call call, Arguments given) throws FaultException {
        Reference port = port(call, given);
        Reference policy = policy(call, given);
        boolean taken =
                call.instances(DEFAULT).stream()
                        .anyMatch(link -> link.link("Antecedent").filter(port::meets).isPresent());
        if (taken) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        call.audit(AuditEvent.DEFAULT_POLICY_SET);
        call.store(active().set("Antecedent", port).set("Dependent", policy).build());
        return Instance.of(DEFAULT).build();
    }

    private static void unsetDefault(Call call, Instance link) {
        call.audit(AuditEvent.DEFAULT_POLICY_SET);
        call.table(ACTIVE)
                .remove(
                        active().set("Antecedent", link.all("Antecedent"))
                                .set("Dependent", link.all("Dependent"))
                                .build());
    }

    /** Puts a policy on a port, beside its default. */
    private static Instance enable(Call call, Arguments given) throws FaultException {
        Reference port = port(call, given);
        Reference policy = policy(call, given);
        boolean there =
                call.instances(ACTIVE).stream()
                        .anyMatch(
                                link ->
                                        link.link("Antecedent").filter(port::meets).isPresent()
                                                && link.link("Dependent")
                                                        .filter(policy::meets)
                                                        .isPresent());
        if (there) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        return active().build();
    }

    private static Instance.Builder active() {
        return Instance.of(ACTIVE).set("PolicyActive", 1).set("PolicyEnabled", 1);
    }

    private static Reference port(Call call, Arguments given) throws FaultException {
        Reference port = given.reference("Antecedent");
        if (call.instances("CIM_EthernetPort").stream()
                .noneMatch(found -> found.text("DeviceID").equals(port.key("DeviceID")))) {
            throw FaultException.internal(Status.INVALID_HANDLE);
        }
        return port;
    }

    private static Reference policy(Call call, Arguments given) throws FaultException {
        Reference policy = given.reference("Dependent");
        if (call.table(POLICY).find("InstanceID", policy.key("InstanceID")).isEmpty()) {
            throw FaultException.internal(Status.INVALID_HANDLE);
        }
        return policy;
    }

    private static Instance capabilities() {
        return Instance.of(CAPABILITIES)
                .set("InstanceID", "Intel(r) AMT System Defense Capabilities 0")
                .named("Intel(r) AMT System Defense Capabilities")
                .set("AntiSpoofing", 1)
                .set("MaxCounters", MOST_FILTERS)
                .set("MaxEventCounters", 1)
                .set("MaxFilters", MOST_FILTERS)
                .set("MaxPolicies", MOST_POLICIES)
                .build();
    }
}
