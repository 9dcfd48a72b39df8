package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.Journal;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.Redirection;
import org.outpost.simulator.machine.RedirectionKind;
import org.outpost.simulator.machine.RedirectionSession;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The switches of redirection, and its sessions (wsman.md §7). */
final class RedirectionClasses {
    private static final int NONE = 32_768;
    private static final int IDER = 1;
    private static final int SOL = 2;
    private static final int NOT_FOUND = 2;
    private static final EnumSet<Realm> TECHNICIANS =
            EnumSet.of(Realm.REDIRECTION, Realm.REMOTE_CONTROL);

    private RedirectionClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("AMT_RedirectionService")
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION)
                        .writableBy(Realm.ADMINISTRATION, Realm.REDIRECTION)
                        .single(RedirectionClasses::service)
                        .live((firmware, stored) -> service(firmware))
                        .writable(
                                Property.number("EnabledState", NONE, NONE + 3),
                                Property.flag("ListenerEnabled"))
                        .onPut(RedirectionClasses::put)
                        .method("RequestStateChange", RedirectionClasses::changeState)
                        .method("TerminateSession", TECHNICIANS, RedirectionClasses::terminate)
                        .build(),
                kvm("CIM_KVMRedirectionSAP")
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION)
                        .single(RedirectionClasses::kvmAccessPoint)
                        .live((firmware, stored) -> kvmAccessPoint(firmware))
                        .method("RequestStateChange", TECHNICIANS, RedirectionClasses::changeKvm)
                        .build(),
                kvm("IPS_KVMRedirectionSettingData")
                        .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION)
                        .writableBy(Realm.ADMINISTRATION, Realm.REDIRECTION)
                        .single(RedirectionClasses::kvmSettings)
                        .live(RedirectionClasses::kvmSettingsNow)
                        .writable(
                                Property.flag("Is5900PortEnabled"),
                                Property.flag("OptInPolicy"),
                                Property.number("OptInPolicyTimeout", 0, 900),
                                Property.number("SessionTimeout", 1, 255),
                                Property.number("DefaultScreen", 0, 2),
                                Property.flag("BackToBackFbMode"),
                                Property.number("InitialDecimationModeForLowRes", 0, 3),
                                Property.flag("DoubleBufferEnabled"),
                                Property.flag("GreyscalePixelFormatSupported"),
                                Property.secret("RFBPassword", 8, 8))
                        .onPut(RedirectionClasses::putKvm)
                        .method("TerminateSession", TECHNICIANS, RedirectionClasses::terminateKvm)
                        .build(),
                kvm("IPS_ScreenSettingData")
                        .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION)
                        .single(firmware -> screens())
                        .build(),
                kvm("IPS_ScreenConfigurationService")
                        .systemKeys()
                        .single(RedirectionClasses::screenService)
                        .method("SetSessionState", TECHNICIANS, RedirectionClasses::blank)
                        .build(),
                kvm("IPS_SecIOService")
                        .systemKeys()
                        .single(firmware -> spriteService())
                        .writable(
                                Property.number("DefaultScreen", 0, 2),
                                Property.number("RequestedLanguage", 0, 25),
                                Property.number("language", 0, 25),
                                Property.number("zoom", 0, 2))
                        .build(),
                session("IPS_SolSessionUsingPort", RedirectionKind.SOL),
                session("IPS_IderSessionUsingPort", RedirectionKind.IDER),
                session("IPS_KvmSessionUsingPort", RedirectionKind.KVM));
    }

    private static CimClass.Builder kvm(String name) {
        return CimClass.named(name).when(firmware -> firmware.profile().generation().hasKvm());
    }

    private static Instance service(Firmware firmware) {
        Redirection redirection = firmware.redirection();
        int state =
                NONE
                        + (redirection.enabled(RedirectionKind.IDER) ? IDER : 0)
                        + (redirection.enabled(RedirectionKind.SOL) ? SOL : 0);
        return Instance.inEngine("AMT_RedirectionService", "Intel(r) AMT Redirection Service")
                .named("Intel(r) AMT Redirection Service")
                .set("EnabledState", state)
                .set("ListenerEnabled", redirection.listening())
                .build();
    }

    private static void put(Call call, Instance before, Instance after, Arguments given) {
        enable(call, (int) after.number("EnabledState"));
        call.firmware().redirection().listening(after.flag("ListenerEnabled"));
    }

    private static void enable(Call call, int state) {
        Redirection redirection = call.firmware().redirection();
        String user = call.account().user();
        redirection.enable(RedirectionKind.IDER, (state & IDER) != 0, user);
        redirection.enable(RedirectionKind.SOL, (state & SOL) != 0, user);
    }

    private static Output changeState(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (state < NONE || state > NONE + 3) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        enable(call, (int) state);
        return Output.done();
    }

    private static Output terminate(Call call, Arguments in) throws FaultException {
        long type = in.number("SessionType", 0, 1);
        return terminate(call, type == 0 ? RedirectionKind.IDER : RedirectionKind.SOL);
    }

    private static Output terminateKvm(Call call, Arguments in) {
        return terminate(call, RedirectionKind.KVM);
    }

    private static Output terminate(Call call, RedirectionKind kind) {
        Optional<RedirectionSession> session = call.firmware().redirection().session(kind);
        if (session.isEmpty()) {
            return Output.returning(NOT_FOUND);
        }
        session.get().terminate();
        return Output.done();
    }

    private static Instance kvmAccessPoint(Firmware firmware) {
        Redirection redirection = firmware.redirection();
        int state = 3;
        if (redirection.enabled(RedirectionKind.KVM)) {
            state = redirection.session(RedirectionKind.KVM).isPresent() ? 2 : 6;
        }
        return Instance.inEngine("CIM_KVMRedirectionSAP", "KVM Redirection Service Access Point")
                .named("KVM Redirection Service Access Point")
                .set("EnabledState", state)
                .set("KVMProtocol", 4)
                .set("RequestedState", state == 3 ? 3 : 2)
                .build();
    }

    private static Output changeKvm(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (state != 2 && state != 3) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.firmware()
                .redirection()
                .enable(RedirectionKind.KVM, state == 2, call.account().user());
        return Output.done();
    }

    private static Instance kvmSettings(Firmware firmware) {
        return Instance.of("IPS_KVMRedirectionSettingData")
                .set("InstanceID", "Intel(r) KVM Redirection Settings")
                .named("Intel(r) KVM Redirection Settings")
                .set("BackToBackFbMode", false)
                .set("DefaultScreen", 0)
                .set("DoubleBufferActive", false)
                .set("DoubleBufferEnabled", true)
                .set("EnabledByMEBx", true)
                .set("GreyscalePixelFormatSupported", true)
                .set("InitialDecimationModeForLowRes", 2)
                .set("OptInPolicyTimeout", 300)
                .set("SessionTimeout", 3)
                .set("ZlibControlSupported", true)
                .build();
    }

    private static Instance kvmSettingsNow(Firmware firmware, Instance stored) {
        return stored.but()
                .set("Is5900PortEnabled", firmware.redirection().vncPort())
                .set("OptInPolicy", firmware.consent().policy() != ConsentPolicy.NONE)
                .build();
    }

    private static void putKvm(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        Firmware firmware = call.firmware();
        String password = given.text("RFBPassword", 8);
        if (!password.isEmpty()) {
            if (!isStrong(password)) {
                throw FaultException.internal(Status.INVALID_PASSWORD);
            }
            firmware.redirection().vncPassword(password);
        }
        firmware.redirection().vncPort(after.flag("Is5900PortEnabled"));
        boolean wanted = after.flag("OptInPolicy");
        if (wanted != before.flag("OptInPolicy")) {
            if (firmware.mode() == ControlMode.CLIENT) {
                throw FaultException.internal(Status.NOT_PERMITTED);
            }
            firmware.consent().policy(wanted ? ConsentPolicy.KVM : ConsentPolicy.NONE);
        }
    }

    /** Lower and upper case, a digit and something else (wsman.md §7). */
    private static boolean isStrong(String password) {
        return password.chars().anyMatch(Character::isLowerCase)
                && password.chars().anyMatch(Character::isUpperCase)
                && password.chars().anyMatch(Character::isDigit)
                && password.chars().anyMatch(letter -> !Character.isLetterOrDigit(letter));
    }

    private static Instance screens() {
        return Instance.of("IPS_ScreenSettingData")
                .set("InstanceID", "Intel(r) Screen Settings")
                .named("Intel(r) Screen Settings")
                .set("IsActive", true, false, false)
                .set("PrimaryIndex", 0)
                .set("SecondaryIndex", 1)
                .set("TertiaryIndex", 2)
                .set("ResolutionX", 1024, 0, 0)
                .set("ResolutionY", 768, 0, 0)
                .set("UpperLeftX", 0, 0, 0)
                .set("UpperLeftY", 0, 0, 0)
                .build();
    }

    private static Instance screenService(Firmware firmware) {
        return Instance.inEngine(
                        "IPS_ScreenConfigurationService", "Intel(r) AMT Screen Configuration")
                .named("Intel(r) AMT Screen Configuration Service")
                .set("CurrentState", 0)
                .set("EnabledState", 1)
                .build();
    }

    private static Output blank(Call call, Arguments in) throws FaultException {
        long state = in.number("SessionState", 0, 1);
        if (call.firmware().redirection().session(RedirectionKind.KVM).isEmpty()) {
            return Output.returning(NOT_FOUND);
        }
        call.store(in.target().but().set("CurrentState", state).build());
        return Output.done();
    }

    private static Instance spriteService() {
        return Instance.inEngine("IPS_SecIOService", "Intel(r) AMT Secure IO Service")
                .named("Intel(r) AMT Secure IO Service")
                .set("DefaultScreen", 0)
                .set("EnabledState", 5)
                .set("RequestedLanguage", 0)
                .set("RequestedState", 12)
                .set("language", 0)
                .set("zoom", 1)
                .build();
    }

    private static CimClass session(String name, RedirectionKind kind) {
        return CimClass.named(name)
                .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION)
                .many(
                        firmware ->
                                firmware.redirection().session(kind).stream()
                                        .map(session -> session(name, session))
                                        .toList())
                .build();
    }

    private static Instance session(String name, RedirectionSession session) {
        return Instance.of(name)
                .set("InstanceID", "Intel(r) AMT: " + session.kind() + " Session")
                .set("AccessInfo", Journal.address(session.peer()))
                .set("Port", session.peer().getPort())
                .set("UserName", session.user())
                .build();
    }
}
