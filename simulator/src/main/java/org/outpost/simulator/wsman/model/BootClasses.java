package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.machine.RedirectionKind;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What the PC boots next, and only next (wsman.md §6). */
final class BootClasses {
    static final String SETTINGS = "AMT_BootSettingData";
    private static final String SERVICE = "Intel(r) AMT Boot Service";
    private static final String CONFIGURATION = "Intel(r) AMT: Boot Configuration 0";
    private static final EnumSet<Realm> CONTROL = EnumSet.of(Realm.REMOTE_CONTROL);

    private BootClasses() {}

    static List<CimClass> classes() {
        return List.of(
                settingData(),
                CimClass.named("AMT_BootCapabilities").single(BootClasses::capabilities).build(),
                CimClass.named("CIM_BootSourceSetting").many(BootClasses::sources).build(),
                CimClass.named("CIM_BootConfigSetting")
                        .single(
                                firmware ->
                                        Instance.of("CIM_BootConfigSetting")
                                                .set("InstanceID", CONFIGURATION)
                                                .named("Intel(r) AMT: Boot Configuration")
                                                .build())
                        .method("ChangeBootOrder", CONTROL, BootClasses::changeOrder)
                        .build(),
                CimClass.named("CIM_BootService")
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine("CIM_BootService", SERVICE)
                                                .named(SERVICE)
                                                .set("EnabledState", 32_768)
                                                .set("OperationalStatus", 0)
                                                .set("RequestedState", 12)
                                                .build())
                        .method("SetBootConfigRole", CONTROL, BootClasses::setRole)
                        .method("RequestStateChange", CONTROL, BootClasses::changeState)
                        .build(),
                CimClass.named("CIM_ElementSettingData")
                        .keys("ManagedElement", "SettingData")
                        .many(BootClasses::elements)
                        .build());
    }

    private static CimClass settingData() {
        return CimClass.named(SETTINGS)
                .readableBy(Realm.GENERAL_INFO, Realm.REMOTE_CONTROL)
                .writableBy(Realm.REMOTE_CONTROL)
                .single(BootClasses::settings)
                .writable(
                        Property.flag("BIOSPause"),
                        Property.flag("BIOSSetup"),
                        Property.number("BootMediaIndex", 0, 255),
                        Property.flag("ConfigurationDataReset"),
                        Property.flag("EnforceSecureBoot"),
                        Property.number("FirmwareVerbosity", 0, 3),
                        Property.flag("ForcedProgressEvents"),
                        Property.number("IDERBootDevice", 0, 1),
                        Property.flag("LockKeyboard"),
                        Property.flag("LockPowerButton"),
                        Property.flag("LockResetButton"),
                        Property.flag("LockSleepButton"),
                        Property.flag("ReflashBIOS"),
                        Property.flag("UseIDER"),
                        Property.flag("UseSOL"),
                        Property.flag("UseSafeMode"),
                        Property.flag("UserPasswordBypass"),
                        Property.flag("SecureErase"),
                        Property.flag("PlatformErase"),
                        Property.secret("RSEPassword", 0, 32),
                        Property.text("UefiBootParametersArray", 4096),
                        Property.number("UefiBootNumberOfParams", 0, 255))
                .onPut(BootClasses::putSettings)
                .build();
    }

    private static void putSettings(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        if (!call.firmware().consent().allowsBootOptions() && asksForSomething(after)) {
            throw FaultException.internal(Status.USER_CONSENT_REQUIRED);
        }
        if (after.flag("BIOSSetup") && after.flag("BIOSPause")) {
            throw Arguments.invalid("BIOSPause");
        }
        if (after.flag("UseIDER") && !call.firmware().redirection().enabled(RedirectionKind.IDER)) {
            throw FaultException.internal(Status.UNSUPPORTED_BOOT_OPTION);
        }
        BootState.of(call).settings(after);
        call.audit(AuditEvent.BOOT_OPTIONS_SET);
    }

    private static boolean asksForSomething(Instance settings) {
        return settings.properties().keySet().stream()
                .anyMatch(name -> !name.equals("OptionsCleared") && settings.flag(name));
    }

    private static Instance settings(Firmware firmware) {
        Instance.Builder settings =
                Instance.of(SETTINGS)
                        .set("InstanceID", "Intel(r) AMT:BootSettingData 0")
                        .named("Intel(r) AMT Boot Configuration Settings")
                        .set("OwningEntity", "Intel(r) AMT")
                        .set("BIOSLastStatus", 2, 0)
                        .set("BootMediaIndex", 0)
                        .set("FirmwareVerbosity", 0)
                        .set("IDERBootDevice", 0)
                        .set("OptionsCleared", true);
        for (String name :
                List.of(
                        "BIOSPause",
                        "BIOSSetup",
                        "ConfigurationDataReset",
                        "EnforceSecureBoot",
                        "ForcedProgressEvents",
                        "LockKeyboard",
                        "LockPowerButton",
                        "LockResetButton",
                        "LockSleepButton",
                        "ReflashBIOS",
                        "UseIDER",
                        "UseSOL",
                        "UseSafeMode",
                        "UserPasswordBypass",
                        "SecureErase")) {
            settings.set(name, false);
        }
        if (hasRecovery(firmware)) {
            settings.set("BootguardStatus", 127)
                    .set("PlatformErase", false)
                    .set("RPEEnabled", false)
                    .set("RSEPassword", "")
                    .set("SecureBootControlEnabled", false)
                    .set("UEFIHTTPSBootEnabled", true)
                    .set("UEFILocalPBABootEnabled", true)
                    .set("UefiBootNumberOfParams", 0)
                    .set("WinREBootEnabled", true);
        }
        return settings.build();
    }

    static boolean hasRecovery(Firmware firmware) {
        return firmware.profile().generation().compareTo(Generation.AMT_16_1) >= 0;
    }

    private static Instance capabilities(Firmware firmware) {
        Instance.Builder can =
                Instance.of("AMT_BootCapabilities")
                        .set("InstanceID", "Intel(r) AMT:BootCapabilities 0")
                        .named("Intel(r) AMT: Boot Capabilities");
        for (String name :
                List.of(
                        "IDER",
                        "SOL",
                        "BIOSSetup",
                        "BIOSPause",
                        "ForcePXEBoot",
                        "ForceHardDriveBoot",
                        "ForceCDorDVDBoot",
                        "ForceDiagnosticBoot",
                        "KeyboardLock",
                        "UserPasswordBypass",
                        "ForcedProgressEvents",
                        "VerbosityVerbose",
                        "VerbosityQuiet",
                        "ConfigurationDataReset")) {
            can.set(name, true);
        }
        for (String name :
                List.of(
                        "BIOSReflash",
                        "ForceHardDriveSafeModeBoot",
                        "VerbosityScreenBlank",
                        "PowerButtonLock",
                        "ResetButtonLock",
                        "SleepButtonLock",
                        "BIOSSecureBoot",
                        "SecureErase")) {
            can.set(name, false);
        }
        if (hasRecovery(firmware)) {
            can.set("ForceUEFIHTTPSBoot", true)
                    .set("ForceUEFILocalPBABoot", true)
                    .set("ForceWinREBoot", true)
                    .set("AMTSecureBootControl", true)
                    .set("UEFIWiFiCoExistenceAndProfileShare", true)
                    .set("PlatformErase", 0);
        }
        return can.build();
    }

    private static List<Instance> sources(Firmware firmware) {
        List<Instance> sources = new ArrayList<>();
        sources.add(source(BootState.HARD_DISK, "CIM:Hard-Disk:1"));
        sources.add(source(BootState.NETWORK, "CIM:Network:1"));
        sources.add(source(BootState.CD_DVD, "CIM:CD/DVD:1"));
        sources.add(source(BootState.DIAGNOSTIC, "CIM:Diagnostic:1"));
        if (hasRecovery(firmware)) {
            sources.add(source(BootState.HTTPS, "CIM:Network:2"));
            sources.add(
                    source(BootState.UEFI_OPTION + " 1", "CIM:Hard-Disk:2")
                            .but()
                            .set("BIOSBootString", "WinRe")
                            .set("BootString", "\\OemWinre.efi")
                            .build());
            sources.add(
                    source(BootState.UEFI_OPTION + " 2", "CIM:Hard-Disk:3")
                            .but()
                            .set("BIOSBootString", "Local PBA")
                            .set("BootString", "\\OemPba.efi")
                            .build());
        }
        return sources;
    }

    private static Instance source(String id, String structured) {
        return Instance.of("CIM_BootSourceSetting")
                .set("InstanceID", id)
                .named("Intel(r) AMT: Boot Source")
                .set("FailThroughSupported", 2)
                .set("StructuredBootString", structured)
                .build();
    }

    private static Output changeOrder(Call call, Arguments in) throws FaultException {
        Optional<Reference> source = in.optionalReference("Source");
        if (source.isEmpty()) {
            BootState.of(call).source("");
            return Output.done();
        }
        if (!call.firmware().consent().allowsBootOptions()) {
            return Output.of(Status.USER_CONSENT_REQUIRED);
        }
        String id = source.get().key("InstanceID");
        boolean known =
                call.instances("CIM_BootSourceSetting").stream()
                        .anyMatch(setting -> setting.text("InstanceID").equals(id));
        if (!known) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        BootState.of(call).source(id);
        call.audit(AuditEvent.BOOT_OPTIONS_SET);
        return Output.done();
    }

    private static Output setRole(Call call, Arguments in) throws FaultException {
        Reference setting = in.reference("BootConfigSetting");
        long role = in.number("Role", 0, 65_535);
        if (!setting.key("InstanceID").equals(CONFIGURATION) || (role != 1 && role != 32_768)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        BootState.of(call).next(role == 1);
        return Output.done();
    }

    private static Output changeState(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (!hasRecovery(call.firmware()) || state < 32_768 || state > 32_771) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.store(in.target().but().set("EnabledState", state).build());
        return Output.done();
    }

    private static List<Instance> elements(Firmware firmware) {
        boolean next = firmware.state(BootState.class, BootState::new).isNext();
        return List.of(
                Instance.of("CIM_ElementSettingData")
                        .set("IsCurrent", 0)
                        .set("IsDefault", 0)
                        .set("IsNext", next ? 1 : 2)
                        .set("ManagedElement", Reference.system(CimNames.HOST))
                        .set(
                                "SettingData",
                                Reference.to("CIM_BootConfigSetting", "InstanceID", CONFIGURATION))
                        .build(),
                Instance.of("CIM_ElementSettingData")
                        .set("IsCurrent", 1)
                        .set("IsDefault", 1)
                        .set("IsNext", 0)
                        .set("ManagedElement", Reference.system(CimNames.ENGINE))
                        .set(
                                "SettingData",
                                Reference.to(
                                        IdentityClasses.GENERAL_SETTINGS,
                                        "InstanceID",
                                        "Intel(r) AMT: General Settings"))
                        .build());
    }
}
