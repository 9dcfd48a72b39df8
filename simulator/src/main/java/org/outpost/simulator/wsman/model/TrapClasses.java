package org.outpost.simulator.wsman.model;

import io.netty.util.NetUtil;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Property;
import org.outpost.simulator.wsman.WsmanFault;

import java.util.ArrayList;
import java.util.List;

/** Filters and receivers of PET traps (wsman.md §11.1); gone in the 18th generation. */
final class TrapClasses {
    private static final String FILTER = "AMT_PETFilterSetting";
    private static final String SUBSCRIBER = "AMT_SNMPEventSubscriber";
    private static final String FOR_TARGET = "AMT_PETFilterForTarget";
    private static final String FOR_SERVICE = "AMT_TrapTargetForService";
    private static final String MANAGER = "AMT_EventManagerService";
    private static final String MANAGER_NAME = "Intel(r) AMT Event Manager Service";
    private static final int DIAGNOSTIC = 0x86;
    private static final int MOST_FILTERS = 17;
    private static final int MOST_SUBSCRIBERS = 14;
    private static final List<String> MATCHES =
            List.of(
                    "DeviceAddress",
                    "EventSensorType",
                    "EventType",
                    "EventOffset",
                    "EventSourceType",
                    "EventSeverity",
                    "SensorNumber",
                    "Entity",
                    "EntityInstance");

    private TrapClasses() {}

    static List<CimClass> classes() {
        return List.of(
                traps(MANAGER)
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine(MANAGER, MANAGER_NAME)
                                                .named(MANAGER_NAME)
                                                .set("DefaultCommunityString", "public")
                                                .set("EnabledState", 5)
                                                .set("RequestedState", 12)
                                                .build())
                        .writable(Property.text("DefaultCommunityString", 16))
                        .build(),
                filters(),
                traps(SUBSCRIBER)
                        .systemKeys()
                        .writable(Property.text("CommunityString", 16))
                        .creatable(TrapClasses::subscribe)
                        .deletable((call, subscriber) -> call.audit(AuditEvent.ALERT_UNSUBSCRIBED))
                        .build(),
                traps(FOR_TARGET)
                        .keys("Antecedent", "Dependent")
                        .many(TrapClasses::filtersForTargets)
                        .build(),
                traps(FOR_SERVICE)
                        .keys("Antecedent", "Dependent")
                        .many(TrapClasses::targetsForService)
                        .build(),
                traps("AMT_PETCapabilities").many(firmware -> capabilities()).build());
    }

    private static CimClass.Builder traps(String name) {
        return CimClass.named(name)
                .readableBy(Realm.GENERAL_INFO, Realm.EVENT_MANAGER)
                .writableBy(Realm.EVENT_MANAGER)
                .when(firmware -> firmware.profile().generation().hasTraps());
    }

    private static CimClass filters() {
        List<Property> properties = new ArrayList<>();
        for (String flag : List.of("EnableFilter", "OEMFilter", "LogOnEvent", "SendAlert")) {
            properties.add(Property.flag(flag));
        }
        for (String number : MATCHES) {
            properties.add(Property.number(number, 0, 255));
        }
        properties.add(Property.number("PolicyID", 0, 255));
        return traps(FILTER)
                .many(firmware -> defaults())
                .writable(properties.toArray(Property[]::new))
                .onPut((call, before, after, given) -> guard(before, after))
                .creatable(TrapClasses::createFilter)
                .deletable((call, filter) -> guard(filter, filter))
                .build();
    }

    private static List<Instance> defaults() {
        List<Instance> filters = new ArrayList<>();
        int[] sensors = {1, 2, 4, 5, 0xC0};
        for (int number = 0; number < sensors.length; number++) {
            Instance.Builder filter =
                    Instance.of(FILTER)
                            .set("InstanceID", filterId(number))
                            .named("Intel(r) AMT:PET Filter Setting")
                            .set("EnableFilter", true)
                            .set("LogOnEvent", true)
                            .set("OEMFilter", false)
                            .set("PolicyID", sensors[number] == 0xC0 ? DIAGNOSTIC : number + 1)
                            .set("SendAlert", false);
            MATCHES.forEach(name -> filter.set(name, 255));
            filters.add(filter.set("EventSensorType", sensors[number]).build());
        }
        return filters;
    }

    private static String filterId(int number) {
        return "Intel(r) AMT:PET Filter Setting " + (number + 1);
    }

    private static void guard(Instance before, Instance after) throws FaultException {
        if (before.number("PolicyID") == DIAGNOSTIC || after.number("PolicyID") == DIAGNOSTIC) {
            throw FaultException.internal(Status.NOT_PERMITTED);
        }
    }

    private static Instance createFilter(Call call, Arguments given) throws FaultException {
        for (String name : MATCHES) {
            given.number(name, 0, 255);
        }
        if (given.number("PolicyID", 0, 255) == DIAGNOSTIC) {
            throw FaultException.internal(Status.INVALID_PARAMETER);
        }
        if (call.instances(FILTER).size() >= MOST_FILTERS) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        int number = 0;
        while (call.table(FILTER).find("InstanceID", filterId(number)).isPresent()) {
            number++;
        }
        return Instance.of(FILTER)
                .set("InstanceID", filterId(number))
                .named("Intel(r) AMT:PET Filter Setting")
                .set("EnableFilter", given.flag("EnableFilter"))
                .set("LogOnEvent", given.flag("LogOnEvent"))
                .set("OEMFilter", false)
                .set("SendAlert", given.flag("SendAlert"))
                .build();
    }

    private static Instance subscribe(Call call, Arguments given) throws FaultException {
        String receiver = given.text("AccessInfo", 64);
        if (given.number("InfoFormat", 0, 65_535, 3) != 3
                || !NetUtil.isValidIpV4Address(receiver)) {
            throw FaultException.internal(Status.UNSUPPORTED);
        }
        long policy = given.number("PolicyID", 0, 255);
        boolean known =
                call.instances(FILTER).stream()
                        .anyMatch(filter -> filter.number("PolicyID") == policy);
        if (!known) {
            throw FaultException.internal(Status.INVALID_PARAMETER);
        }
        if (call.instances(SUBSCRIBER).size() >= MOST_SUBSCRIBERS) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        call.audit(AuditEvent.ALERT_SUBSCRIBED);
        return Instance.inEngine(
                        SUBSCRIBER, "Intel(r) AMT:SNMP " + call.table(SUBSCRIBER).nextNumber())
                .named("Intel(r) AMT:SNMP Event Subscriber")
                .set("AccessInfo", receiver)
                .set("InfoFormat", 3)
                .set("PolicyID", policy)
                .build();
    }

    private static List<Instance> filtersForTargets(Firmware firmware) {
        List<Instance> links = new ArrayList<>();
        for (Instance subscriber : stored(firmware, SUBSCRIBER)) {
            for (Instance filter : stored(firmware, FILTER)) {
                if (filter.text("PolicyID").equals(subscriber.text("PolicyID"))) {
                    links.add(
                            Instance.of(FOR_TARGET)
                                    .set("Antecedent", filter.reference(List.of("InstanceID")))
                                    .set("Dependent", target(subscriber))
                                    .build());
                }
            }
        }
        return links;
    }

    private static List<Instance> targetsForService(Firmware firmware) {
        return stored(firmware, SUBSCRIBER).stream()
                .map(
                        subscriber ->
                                Instance.of(FOR_SERVICE)
                                        .set(
                                                "Antecedent",
                                                Reference.inEngine(MANAGER, MANAGER_NAME))
                                        .set("Dependent", target(subscriber))
                                        .build())
                .toList();
    }

    private static Reference target(Instance subscriber) {
        return Reference.inEngine(SUBSCRIBER, subscriber.text("Name"));
    }

    private static List<Instance> stored(Firmware firmware, String className) {
        return firmware.hasTable(className)
                ? firmware.table(className, List.of(), _ -> List.of()).all()
                : List.of();
    }

    private static List<Instance> capabilities() {
        List<Instance> capabilities = new ArrayList<>();
        for (int sensor : List.of(0x05, 0x06, 0x0F, 0x12, 0x1E, 0x20, 0x23, 0x25, 0xC0, 0xC1)) {
            capabilities.add(
                    Instance.of("AMT_PETCapabilities")
                            .set("InstanceID", "Intel(r) AMT:PET Capabilities " + sensor)
                            .named("Intel(r) AMT:PET Capabilities")
                            .set("DeviceAddress", 255)
                            .set("EventSensorType", sensor)
                            .set("EventType", sensor == 0x12 ? 0x0A : 0x6F)
                            .build());
        }
        return capabilities;
    }
}
