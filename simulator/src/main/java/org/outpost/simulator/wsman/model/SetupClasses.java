package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.Hardware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;

/** Set-up, its end, and the clock (wsman.md §3). */
final class SetupClasses {
    private static final String SETUP = "AMT_SetupAndConfigurationService";
    private static final long LARGEST_SECONDS = 0xFFFF_FFFFL;

    private SetupClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named(SETUP)
                        .systemKeys()
                        .single(SetupClasses::setup)
                        .live(SetupClasses::setupNow)
                        .writable(
                                Property.flag("ZeroTouchConfigurationEnabled"),
                                Property.secret("ProvisioningServerOTP", 0, 64))
                        .method("CommitChanges", (call, in) -> Output.done())
                        .method(
                                "GetUuid",
                                EnumSet.of(Realm.GENERAL_INFO),
                                (call, in) ->
                                        Output.done().with("UUID", base64Uuid(call.firmware())))
                        .method("Unprovision", SetupClasses::unprovision)
                        .method("PartialUnprovision", (call, in) -> unprovisioned(call))
                        .method("SetMEBxPassword", SetupClasses::setPassword)
                        .method("GetProvisioningAuditRecord", SetupClasses::auditRecord)
                        .build(),
                CimClass.named("IPS_HostBasedSetupService")
                        .systemKeys()
                        .single(SetupClasses::hostBased)
                        .live((firmware, stored) -> hostBased(firmware))
                        .method("UpgradeClientToAdmin", SetupClasses::upgrade)
                        .build(),
                CimClass.named("AMT_TimeSynchronizationService")
                        .systemKeys()
                        .single(SetupClasses::timeService)
                        .writableBy(Realm.NETWORK_TIME)
                        .method(
                                "GetLowAccuracyTimeSynch",
                                EnumSet.of(Realm.NETWORK_TIME, Realm.GENERAL_INFO),
                                (call, in) ->
                                        Output.done()
                                                .with(
                                                        "Ta0",
                                                        call.firmware().now().getEpochSecond()))
                        .method("SetHighAccuracyTimeSynch", SetupClasses::setTime)
                        .build());
    }

    private static String base64Uuid(Firmware firmware) {
        return Base64.getEncoder().encodeToString(Hardware.smbiosUuid(firmware.profile()));
    }

    private static Instance setup(Firmware firmware) {
        return Instance.inEngine(SETUP, "Intel(r) AMT Setup and Configuration Service")
                .named("Intel(r) AMT Setup and Configuration Service")
                .set("EnabledState", 5)
                .set("PasswordModel", 1)
                .set("ProvisioningServerOTP", "AAAAAAAAAAA=")
                .set("ProvisioningState", 2)
                .set("RequestedState", 12)
                .set("ZeroTouchConfigurationEnabled", true)
                .build();
    }

    private static Instance setupNow(Firmware firmware, Instance stored) {
        return stored.but().set("ProvisioningMode", firmware.mode().provisioningMode()).build();
    }

    private static Output unprovision(Call call, Arguments in) throws FaultException {
        if (in.number("ProvisioningMode", 0, 255, 1) > 4) {
            return Output.of(Status.INVALID_MODE);
        }
        return unprovisioned(call);
    }

    private static Output unprovisioned(Call call) {
        call.audit(AuditEvent.UNPROVISIONING_STARTED);
        call.firmware().unprovision();
        return Output.done();
    }

    private static Output setPassword(Call call, Arguments in) throws FaultException {
        String password = in.text("Password", 255);
        boolean strong =
                password.length() >= 8
                        && password.length() <= 32
                        && password.chars().anyMatch(Character::isDigit)
                        && password.chars().anyMatch(Character::isUpperCase)
                        && password.chars().anyMatch(Character::isLowerCase);
        return strong ? Output.done() : Output.of(Status.INVALID_PASSWORD);
    }

    private static Output auditRecord(Call call, Arguments in) {
        return Output.of(Status.DATA_MISSING);
    }

    private static Instance hostBased(Firmware firmware) {
        return Instance.inEngine(
                        "IPS_HostBasedSetupService", "Intel(r) AMT Host Based Setup Service")
                .named("Intel(r) AMT Host Based Setup Service")
                .set("AllowedControlModes", 2, 1)
                .set("CertChainStatus", 0)
                .set("ConfigurationNonce", nonce(firmware))
                .set("CurrentControlMode", firmware.mode().hostBasedValue())
                .build();
    }

    /** Twenty bytes that stay the same for a device. */
    private static String nonce(Firmware firmware) {
        byte[] nonce = new byte[20];
        System.arraycopy(Hardware.smbiosUuid(firmware.profile()), 0, nonce, 2, 16);
        return Base64.getEncoder().encodeToString(nonce);
    }

    private static Output upgrade(Call call, Arguments in) {
        if (call.firmware().mode() == ControlMode.ADMIN) {
            return Output.of(Status.INVALID_PROVISIONING_STATE);
        }
        call.firmware().upgradeToAdmin();
        call.audit(AuditEvent.UPGRADED_TO_ADMIN_MODE);
        return Output.done();
    }

    private static Instance timeService(Firmware firmware) {
        return Instance.inEngine(
                        "AMT_TimeSynchronizationService",
                        "Intel(r) AMT Time Synchronization Service")
                .named("Intel(r) AMT Time Synchronization Service")
                .set("EnabledState", 5)
                .set("LocalTimeSyncEnabled", 0)
                .set("RequestedState", 12)
                .set("TimeSource", 1)
                .build();
    }

    /** Adjusts the clock by what lies between the device's time and the console's (wsman.md §3). */
    private static Output setTime(Call call, Arguments in) throws FaultException {
        long device = in.number("Ta0", 0, LARGEST_SECONDS);
        long received = in.number("Tm1", 0, LARGEST_SECONDS);
        long sent = in.number("Tm2", 0, LARGEST_SECONDS);
        if (sent < received) {
            return Output.of(Status.INVALID_TIME);
        }
        call.firmware().adjustClock(Duration.ofSeconds(received - device));
        call.audit(AuditEvent.TIME_SET);
        return Output.done();
    }
}
