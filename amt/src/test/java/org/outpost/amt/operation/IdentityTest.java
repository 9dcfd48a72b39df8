package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.outpost.amt.fake.FakeAmt;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.explorer.ExplorerService;
import org.outpost.amt.operation.general.GeneralSettings;
import org.outpost.amt.operation.general.GeneralSettingsService;
import org.outpost.amt.operation.general.PlatformUuid;
import org.outpost.amt.operation.hardware.HardwareService;
import org.outpost.amt.operation.hardware.Inventory;
import org.outpost.amt.operation.setup.SetupService;
import org.outpost.amt.operation.time.TimeService;
import org.outpost.amt.operation.version.AmtVersion;
import org.outpost.amt.operation.version.Firmware;
import org.outpost.amt.operation.version.SetupState;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.wsman.Selectors;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Which device it is, and what it is made of (wsman.md sections 3 and 4). */
final class IdentityTest extends OnDevice {
    private static final UUID UUID_OF_SAMPLE =
            UUID.fromString("55e3ae13-bfd2-61bb-17a0-88aedd7037ea");
    private static final String RAW = "13AEE355D2BFBB6117A088AEDD7037EA";

    @Test
    void theVersionIsThatOfAmt() {
        model.instance(
                "CIM_SoftwareIdentity",
                "InstanceID",
                "Flash",
                "IsEntity",
                "true",
                "VersionString",
                "12.0.67");
        model.instance(
                "CIM_SoftwareIdentity", "InstanceID", "AMT", "VersionString", "12.0.67.1579");
        model.instance("CIM_SoftwareIdentity", "InstanceID", "Sku", "VersionString", "16392");

        Firmware firmware = get(new VersionService(calls).firmware());

        assertThat(firmware.version()).contains(new AmtVersion(12, 0, 67, "12.0.67.1579"));
        assertThat(firmware.fullAmt()).isTrue();
        assertThat(firmware.version().orElseThrow().atLeast(11, 6)).isTrue();
        assertThat(get(new VersionService(calls).identify()))
                .contains(new AmtVersion(12, 0, 67, "12.0.67"));
    }

    @Test
    void whatIsNoVersionIsNone() {
        assertThat(AmtVersion.parse("12.0")).isEmpty();
        assertThat(AmtVersion.parse("12.0.x")).isEmpty();
        assertThat(AmtVersion.ofServer("Apache")).isEmpty();
    }

    @Test
    void theSetupStateIsReadFromOldAndNewAmt() {
        model.instance(
                "AMT_SetupAndConfigurationService",
                "ProvisioningMode",
                "4",
                "ProvisioningState",
                "2");
        SetupState old = get(new VersionService(calls).setup());
        model.instance(
                "IPS_HostBasedSetupService",
                "AllowedControlModes",
                "2|1",
                "CurrentControlMode",
                "1");
        SetupState young = get(new VersionService(calls).setup());

        assertThat(old.clientControlMode()).isTrue();
        assertThat(old.controlMode()).isEmpty();
        assertThat(young.clientControlMode()).isTrue();
        assertThat(young.allowedControlModes()).containsExactly(2, 1);
    }

    @Test
    void theUuidIsInSmbiosOrder() {
        returns(
                "AMT_SetupAndConfigurationService.GetUuid",
                "<g:UUID>"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(RAW))
                        + "</g:UUID>");

        assertThat(get(new GeneralSettingsService(calls).uuid())).contains(UUID_OF_SAMPLE);
        assertThat(PlatformUuid.ofHex(RAW)).contains(UUID_OF_SAMPLE);
        assertThat(PlatformUuid.ofHex("13AE")).isEmpty();
    }

    @Test
    void generalSettingsAreReadAndRenamed() {
        model.instance(
                "AMT_GeneralSettings",
                "AMTNetworkEnabled",
                "1",
                "DigestRealm",
                "Digest:A",
                "DomainName",
                "example",
                "HostName",
                "pc-1",
                "IdleWakeTimeout",
                "65535",
                "PrivacyLevel",
                "0");
        GeneralSettingsService service = new GeneralSettingsService(calls);

        GeneralSettings before = get(service.settings());
        GeneralSettings after = get(service.rename("pc-2", "example"));

        assertThat(before.fqdn()).contains("pc-1.example");
        assertThat(before.networkEnabled()).isTrue();
        assertThat(before.idleWakeTimeout()).hasValue(65535);
        assertThat(after.fqdn()).contains("pc-2.example");
        assertThat(get(service.settings()).digestRealm()).isEqualTo("Digest:A");
    }

    @Test
    void theClockIsSetFromWhatWasRead() {
        model.method(
                "AMT_TimeSynchronizationService.GetLowAccuracyTimeSynch",
                input -> "<g:Ta0>1000</g:Ta0><g:ReturnValue>0</g:ReturnValue>");
        model.method(
                "AMT_TimeSynchronizationService.SetHighAccuracyTimeSynch",
                input ->
                        "<g:ReturnValue>"
                                + (FakeModel.text(input, "Ta0").equals("1000")
                                                && FakeModel.text(input, "Tm1").equals("1060")
                                        ? 0
                                        : 36)
                                + "</g:ReturnValue>");
        TimeService service = new TimeService(calls, () -> Instant.ofEpochSecond(1060));

        assertThat(get(service.read())).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(get(service.synchronize())).isEqualTo(Duration.ofMinutes(-1));
    }

    @Test
    void deactivationWithoutAnAnswerIsNoFailure() {
        model.succeeds("AMT_SetupAndConfigurationService.Unprovision");
        model.instance("AMT_X", "A", "1");
        get(calls.get("AMT_X"));
        amt.mishaps.add(FakeAmt.Mishap.CLOSE_AFTER);

        assertThat(get(new SetupService(calls).deactivate())).isEqualTo(Confirmation.UNCONFIRMED);
        assertThat(get(new SetupService(calls).deactivate())).isEqualTo(Confirmation.CONFIRMED);
    }

    @Test
    void theInventoryPairsItsLists() {
        model.instance("CIM_ComputerSystemPackage", "PlatformGUID", RAW);
        model.instance(
                "CIM_Chassis",
                "Manufacturer",
                "Intel Corporation",
                "Model",
                "NUC9V7QNX",
                "SerialNumber",
                "JRQN0243007J");
        model.instance("CIM_Card", "Model", "NUC9V7QNB", "SerialNumber", "KNQN0221020W");
        model.instance(
                "CIM_BIOSElement",
                "ReleaseDate",
                "<h:Datetime>2020-08-10T00:00:00Z</h:Datetime>",
                "Version",
                "QNCFLX70.0054.2020.0810.2227");
        model.instance("CIM_Chip", "Tag", "CPU 0", "Version", "Intel(R) Core(TM) i7-9850H CPU");
        model.instance("CIM_Chip", "Tag", "9876543210 (#1)");
        model.instance(
                "CIM_Processor", "DeviceID", "CPU 0", "Family", "198", "MaxClockSpeed", "8300");
        model.instance(
                "CIM_PhysicalMemory",
                "BankLabel",
                "BANK 0",
                "Capacity",
                "17179869184",
                "FormFactor",
                "13",
                "IsSpeedInMhz",
                "true",
                "MaxMemorySpeed",
                "2400",
                "MemoryType",
                "26",
                "SerialNumber",
                "E2289DF0");
        model.instance(
                "CIM_MediaAccessDevice", "DeviceID", "MEDIA DEV 0", "MaxMediaSize", "960197124");
        model.instance("CIM_PhysicalPackage", "Model", "NUC9V7QNB");
        model.instance(
                "CIM_PhysicalPackage", "Model", "KINGSTON", "SerialNumber", "50026B76831B5D06");
        model.empty("CIM_SystemPackaging");

        Inventory inventory = get(new HardwareService(calls).inventory());

        assertThat(inventory.uuid()).contains(UUID_OF_SAMPLE);
        assertThat(inventory.chassis().serialNumber()).isEqualTo("JRQN0243007J");
        assertThat(inventory.bios().released()).contains(Instant.parse("2020-08-10T00:00:00Z"));
        assertThat(inventory.processors().get(0).brand()).contains("i7-9850H");
        assertThat(inventory.memory().get(0).capacityBytes()).hasValue(17_179_869_184L);
        assertThat(inventory.memory().get(0).typeName()).isEqualTo("DDR4");
        assertThat(inventory.disks())
                .containsExactly(
                        new Inventory.Disk(
                                "MEDIA DEV 0",
                                "KINGSTON",
                                "50026B76831B5D06",
                                OptionalLong.of(960_197_124)));
        assertThat(inventory.batteries()).isEmpty();
    }

    @Test
    void anOfflineDeviceStillShowsItsInventory() {
        model.instance("CIM_Chassis", "Model", "NUC9V7QNX");
        HardwareService service = new HardwareService(calls);
        for (String type : HardwareService.SINGLE) {
            if (!type.equals("CIM_Chassis")) {
                model.instance(type, "Model", "x");
            }
        }
        HardwareService.LISTS.forEach(model::empty);
        get(service.inventory());
        amt.close(16992);
        amt.dropConnections();

        Inventory known =
                get(device.officer.lastKnown(kept -> new HardwareService(kept).inventory()))
                        .orElseThrow()
                        .value();

        assertThat(known.chassis().model()).isEqualTo("NUC9V7QNX");
    }

    @Test
    void anInstanceAsPlainValues() {
        model.instance("AMT_X", "A", "1|2", "B", "true", "C", "007", "D", "", "E", "text");

        Map<String, Object> plain = PlainTree.of(get(calls.get("AMT_X")));

        assertThat(plain.keySet()).containsExactly("A", "B", "C", "D", "E");
        assertThat(plain)
                .isEqualTo(
                        Map.of("A", List.of(1L, 2L), "B", true, "C", "007", "D", "", "E", "text"));
    }

    @Test
    void theExplorerReadsAnyClassAndNothingElse() {
        model.instance("CIM_Chassis", "Model", "NUC9V7QNX");
        ExplorerService explorer = new ExplorerService(calls);

        assertThat(get(explorer.get("CIM_Chassis", Selectors.NONE)).exchanges()).hasSize(1);
        assertThat(get(explorer.enumerate("CIM_Chassis")).instances()).hasSize(1);
        assertThatThrownBy(() -> explorer.enumerate("CIM_X/../y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> explorer.enumerate("Win32_X"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
