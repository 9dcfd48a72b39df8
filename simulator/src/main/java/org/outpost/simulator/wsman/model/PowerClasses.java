package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.machine.PowerAnswer;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Power of the PC (wsman.md §5). */
final class PowerClasses {
    /** CIM's own return values of a change of state (wsman.md §2.6). */
    private static final int NOT_SUPPORTED = 1;

    private static final int INVALID_PARAMETER = 5;

    private static final String SERVICE = "Intel(r) AMT Power Management Service";
    private static final List<Integer> REQUESTABLE = List.of(2, 4, 5, 7, 8, 10, 11, 12, 14);
    private static final EnumSet<Realm> CONTROL = EnumSet.of(Realm.REMOTE_CONTROL);

    private PowerClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("CIM_AssociatedPowerManagementService")
                        .keys("ServiceProvided", "UserOfService")
                        .readableBy(Realm.GENERAL_INFO, Realm.REMOTE_CONTROL)
                        .single(PowerClasses::association)
                        .build(),
                CimClass.named("CIM_PowerManagementService")
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.REMOTE_CONTROL)
                        .single(firmware -> service("CIM_PowerManagementService", SERVICE).build())
                        .method("RequestPowerStateChange", CONTROL, PowerClasses::request)
                        .build(),
                CimClass.named("CIM_PowerManagementCapabilities")
                        .readableBy(Realm.GENERAL_INFO, Realm.REMOTE_CONTROL)
                        .single(PowerClasses::capabilities)
                        .build(),
                CimClass.named("IPS_PowerManagementService")
                        .systemKeys()
                        .single(
                                firmware ->
                                        service(
                                                        "IPS_PowerManagementService",
                                                        "Intel(r) AMT Power Management Service")
                                                .set("OSPowerSavingState", 2)
                                                .build())
                        .method(
                                "RequestOSPowerSavingStateChange",
                                CONTROL,
                                PowerClasses::requestSaving)
                        .build(),
                CimClass.named("AMT_SystemPowerScheme")
                        .keys("InstanceID", "SchemeGUID")
                        .many(PowerClasses::schemes)
                        .method("SetPowerScheme", PowerClasses::setScheme)
                        .build(),
                CimClass.named("IPS_HostBootReason")
                        .single(
                                firmware ->
                                        Instance.of("IPS_HostBootReason")
                                                .set("InstanceID", "Intel(r) AMT: Host Boot Reason")
                                                .named("Host Boot Reason")
                                                .set("PreviousSxState", 5)
                                                .set("Reason", 5)
                                                .set("ReasonDetails", "")
                                                .build())
                        .build());
    }

    private static Instance.Builder service(String className, String name) {
        return Instance.inEngine(className, name)
                .named("Intel(r) AMT Power Management Service")
                .set("EnabledState", 5)
                .set("RequestedState", 12);
    }

    private static Instance association(Firmware firmware) {
        return Instance.of("CIM_AssociatedPowerManagementService")
                .set("AvailableRequestedPowerStates", REQUESTABLE.toArray())
                .set("PowerState", firmware.machine().power().cimValue())
                .set("ServiceProvided", Reference.inEngine("CIM_PowerManagementService", SERVICE))
                .set("UserOfService", Reference.system(CimNames.HOST))
                .build();
    }

    private static Instance capabilities(Firmware firmware) {
        return Instance.of("CIM_PowerManagementCapabilities")
                .set("InstanceID", "Intel(r) AMT:PowerManagementCapabilities 0")
                .named("Intel(r) AMT:PowerManagementCapabilities")
                .set("PowerChangeCapabilities", 2, 3, 4, 5, 7, 8)
                .set("PowerStatesSupported", 2, 4, 7, 8, 6)
                .set("RequestedPowerStatesSupported", REQUESTABLE.toArray())
                .build();
    }

    private static Output request(Call call, Arguments in) throws FaultException {
        long state = in.number("PowerState", 0, 0xFFFF);
        Reference element = in.reference("ManagedElement");
        if (!element.key("Name").equals(CimNames.HOST)) {
            return Output.returning(INVALID_PARAMETER);
        }
        Optional<PowerAction> action = PowerAction.of((int) state);
        if (action.isEmpty()) {
            return Output.returning(INVALID_PARAMETER);
        }
        PowerAnswer answer = call.firmware().machine().request(action.get());
        if (answer != PowerAnswer.ACCEPTED) {
            return Output.of(Status.NOT_READY);
        }
        call.audit(audited(action.get()));
        return Output.done();
    }

    private static AuditEvent audited(PowerAction action) {
        return switch (action) {
            case ON -> AuditEvent.POWERED_UP;
            case OFF -> AuditEvent.POWERED_DOWN;
            case CYCLE -> AuditEvent.POWER_CYCLED;
            case RESET -> AuditEvent.RESET;
            case SHUT_DOWN -> AuditEvent.GRACEFUL_POWER_OFF;
            case RESTART -> AuditEvent.GRACEFUL_RESET;
            case SLEEP -> AuditEvent.STANDBY;
            case HIBERNATE -> AuditEvent.HIBERNATE;
            case INTERRUPT -> AuditEvent.DIAGNOSTIC_INTERRUPT;
        };
    }

    private static Output requestSaving(Call call, Arguments in) throws FaultException {
        long state = in.number("OSPowerSavingState", 0, 0xFFFF);
        if (state != 2 && state != 3) {
            return Output.returning(INVALID_PARAMETER);
        }
        if (call.firmware().machine().power() != Power.ON) {
            return Output.returning(NOT_SUPPORTED);
        }
        call.store(in.target().but().set("OSPowerSavingState", state).build());
        return Output.done();
    }

    private static List<Instance> schemes(Firmware firmware) {
        return List.of(
                scheme(0, "Mobile: ON in S0", "QNPtwQYHSkq4kTB2lU2bnw==", false),
                scheme(1, "Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)", powerScheme(), true));
    }

    private static String powerScheme() {
        return "In6WZSVKS0OKTBX52NVpSQ==";
    }

    private static Instance scheme(int number, String description, String guid, boolean current) {
        return Instance.of("AMT_SystemPowerScheme")
                .set("InstanceID", "SCHEME " + number)
                .set("SchemeGUID", guid)
                .set("Description", description)
                .named("Intel(r) AMT Power Scheme " + number)
                .set("IsCurrent", current)
                .build();
    }

    /** Consoles name the scheme by its key; the guide has its GUID as an argument. */
    private static Output setScheme(Call call, Arguments in) throws FaultException {
        String asked = in.text("SchemeGUID", 32);
        String guid = asked.isEmpty() ? in.target().text("SchemeGUID") : asked;
        List<Instance> all = call.instances("AMT_SystemPowerScheme");
        if (all.stream().noneMatch(scheme -> scheme.text("SchemeGUID").equals(guid))) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        for (Instance scheme : all) {
            boolean chosen = scheme.text("SchemeGUID").equals(guid);
            call.store(scheme.but().set("IsCurrent", chosen).build());
        }
        call.audit(AuditEvent.POWER_PACKAGE_SET);
        return Output.done();
    }
}
