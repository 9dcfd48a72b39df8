package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.Hardware;
import org.outpost.simulator.wsman.CimClass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** What the PC is made of (wsman.md §4): the NUC of simulator.md §5 with numbers of its own. */
final class InventoryClasses {
    private static final String MAKER = "Intel Corporation";
    private static final String BIOS = "QNCFLX70.0054.2020.0810.2227";
    private static final String CPU = "Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz";
    private static final List<Long> DISK_SIZES = List.of(960_197_124L, 500_107_862L);
    private static final List<String> DISK_MODELS =
            List.of("SAMSUNG MZ7LM960HMJP-00005", "SAMSUNG MZVLB512HAJQ-00000");

    private InventoryClasses() {}

    static List<CimClass> classes() {
        return List.of(
                tagged("CIM_Chassis", firmware -> List.of(chassis(firmware))),
                tagged("CIM_Card", firmware -> List.of(card(firmware))),
                tagged("CIM_Chip", InventoryClasses::chips),
                tagged("CIM_PhysicalMemory", InventoryClasses::memory),
                tagged("CIM_PhysicalPackage", InventoryClasses::packages),
                asset("CIM_BIOSElement")
                        .keys(
                                "Name",
                                "SoftwareElementID",
                                "SoftwareElementState",
                                "TargetOperatingSystem",
                                "Version")
                        .single(firmware -> bios())
                        .build(),
                asset("CIM_BIOSFeature")
                        .keys("IdentifyingNumber", "Name", "ProductName", "Vendor", "Version")
                        .single(firmware -> biosFeature())
                        .build(),
                device("CIM_Processor", firmware -> List.of(processor())),
                device("CIM_MediaAccessDevice", firmware -> disks()),
                device("CIM_Fan", firmware -> List.of(fan())),
                device("CIM_Sensor", firmware -> List.of(sensor())),
                device(
                        "CIM_Battery",
                        firmware -> firmware.hardware().laptop() ? List.of(battery()) : List.of()),
                asset("AMT_PCIDevice")
                        .keys(
                                "CreationClassName",
                                "DeviceID",
                                "SystemCreationClassName",
                                "SystemName")
                        .when(firmware -> !firmware.profile().generation().hasKvm())
                        .many(firmware -> pciDevices())
                        .build(),
                asset("AMT_AssetTable")
                        .keys("InstanceID", "TableType")
                        .many(InventoryClasses::tables)
                        .build());
    }

    private static CimClass.Builder asset(String name) {
        return CimClass.named(name).readableBy(Realm.GENERAL_INFO, Realm.HARDWARE_ASSET);
    }

    private static CimClass tagged(String name, Function<Firmware, List<Instance>> instances) {
        return asset(name).keys("CreationClassName", "Tag").many(instances).build();
    }

    private static CimClass device(String name, Function<Firmware, List<Instance>> instances) {
        return asset(name)
                .keys("CreationClassName", "DeviceID", "SystemCreationClassName", "SystemName")
                .many(instances)
                .build();
    }

    private static Instance.Builder tag(String className, String tag, String elementName) {
        return Instance.of(className)
                .set("CreationClassName", className)
                .set("Tag", tag)
                .named(elementName);
    }

    private static Instance chassis(Firmware firmware) {
        return tag("CIM_Chassis", "CIM_Chassis", "Managed System Chassis")
                .set("ChassisPackageType", firmware.hardware().laptop() ? 10 : 3)
                .set("Manufacturer", MAKER)
                .set("Model", "NUC9V7QNX")
                .set("OperationalStatus", 0)
                .set("PackageType", 3)
                .set("SerialNumber", firmware.profile().serialNumber())
                .set("Version", "K47180-402")
                .build();
    }

    private static Instance card(Firmware firmware) {
        return board("CIM_Card", "CIM_Card", firmware);
    }

    private static Instance board(String className, String tag, Firmware firmware) {
        return tag(className, tag, "Managed System Base Board")
                .set("CanBeFRUed", true)
                .set("Manufacturer", MAKER)
                .set("Model", "NUC9V7QNB")
                .set("OperationalStatus", 0)
                .set("PackageType", 9)
                .set("SerialNumber", firmware.hardware().boardSerial())
                .set("Version", "K49242-402")
                .build();
    }

    /** The processors first, then the memory modules: consoles pair them by place. */
    private static List<Instance> chips(Firmware firmware) {
        List<Instance> chips = new ArrayList<>();
        chips.add(
                tag("CIM_Chip", "CPU 0", "Managed System Processor Chip")
                        .set("Manufacturer", "Intel(R) Corporation")
                        .set("OperationalStatus", 0)
                        .set("Version", CPU)
                        .build());
        for (Instance module : memory(firmware)) {
            chips.add(
                    tag("CIM_Chip", module.text("Tag"), "Managed System Memory Chip")
                            .set("Manufacturer", module.text("Manufacturer"))
                            .set("OperationalStatus", 0)
                            .build());
        }
        return chips;
    }

    private static List<Instance> memory(Firmware firmware) {
        List<String> serials = firmware.hardware().memorySerials();
        List<Instance> modules = new ArrayList<>();
        for (int slot = 0; slot < serials.size(); slot++) {
            String tag = slot == 0 ? "9876543210" : "9876543210 (#" + slot + ')';
            modules.add(
                    tag("CIM_PhysicalMemory", tag, "Managed System Memory Module")
                            .set("BankLabel", "BANK " + 2 * slot)
                            .set("Capacity", 16L << 30)
                            .set("ConfiguredMemoryClockSpeed", 2400)
                            .set("FormFactor", 13)
                            .set("IsSpeedInMhz", true)
                            .set("Manufacturer", "859B")
                            .set("MaxMemorySpeed", 2400)
                            .set("MemoryType", 26)
                            .set("PartNumber", "CT16G4SFD824A.M16FE")
                            .set("SerialNumber", serials.get(slot))
                            .build());
        }
        return modules;
    }

    /** The board first, then the disks in the order of the drives: consoles pair them by place. */
    private static List<Instance> packages(Firmware firmware) {
        List<Instance> packages = new ArrayList<>();
        packages.add(board("CIM_PhysicalPackage", "CIM_Card", firmware));
        List<String> serials = firmware.hardware().diskSerials();
        for (int disk = 0; disk < serials.size(); disk++) {
            packages.add(
                    tag("CIM_PhysicalPackage", "Storage Media Package " + disk, "Storage Media")
                            .set("Model", DISK_MODELS.get(disk))
                            .set("OperationalStatus", 0)
                            .set("PackageType", 15)
                            .set("SerialNumber", serials.get(disk))
                            .build());
        }
        if (firmware.hardware().laptop()) {
            packages.add(
                    tag("CIM_PhysicalPackage", "Battery 0", "Managed System Battery")
                            .set("PackageType", 11)
                            .build());
        }
        return packages;
    }

    private static Instance bios() {
        return Instance.of("CIM_BIOSElement")
                .named("Primary BIOS")
                .set("Manufacturer", "Intel Corp.")
                .set("Name", "Primary BIOS")
                .set("OperationalStatus", 0)
                .set("PrimaryBIOS", true)
                .time("ReleaseDate", Instant.parse("2020-08-10T00:00:00Z"))
                .set("SoftwareElementID", BIOS)
                .set("SoftwareElementState", 2)
                .set("TargetOperatingSystem", 66)
                .set("Version", BIOS)
                .build();
    }

    private static Instance biosFeature() {
        return Instance.of("CIM_BIOSFeature")
                .set("Characteristics", 4, 5, 7, 9, 11, 12, 15, 16)
                .named("BIOS Feature")
                .set("IdentifyingNumber", "BIOSFeature")
                .set("Name", "BIOS Feature")
                .set("ProductName", "BIOS")
                .set("Vendor", "Intel Corp.")
                .set("Version", BIOS)
                .build();
    }

    private static Instance.Builder hostDevice(String className, String id, String elementName) {
        return Instance.of(className)
                .set("CreationClassName", className)
                .set("DeviceID", id)
                .named(elementName)
                .set("SystemCreationClassName", "CIM_ComputerSystem")
                .set("SystemName", CimNames.HOST);
    }

    private static Instance processor() {
        return hostDevice("CIM_Processor", "CPU 0", "Managed System CPU")
                .set("CPUStatus", 1)
                .set("CurrentClockSpeed", 2600)
                .set("EnabledState", 2)
                .set("ExternalBusClockSpeed", 100)
                .set("Family", 198)
                .set("HealthState", 0)
                .set("MaxClockSpeed", 8300)
                .set("OperationalStatus", 0)
                .set("OtherFamilyDescription", "")
                .set("RequestedState", 12)
                .set("Role", "Central")
                .set("Stepping", "13")
                .set("UpgradeMethod", 1)
                .build();
    }

    private static List<Instance> disks() {
        List<Instance> disks = new ArrayList<>();
        for (int disk = 0; disk < DISK_SIZES.size(); disk++) {
            disks.add(
                    hostDevice(
                                    "CIM_MediaAccessDevice",
                                    "MEDIA DEV " + disk,
                                    "Managed System Media Access Device")
                            .set("Capabilities", 4, 10)
                            .set("EnabledDefault", 2)
                            .set("EnabledState", 0)
                            .set("MaxMediaSize", DISK_SIZES.get(disk))
                            .set("OperationalStatus", 0)
                            .set("RequestedState", 12)
                            .set("Security", 2)
                            .build());
        }
        return disks;
    }

    private static Instance fan() {
        return hostDevice("CIM_Fan", "Fan 0", "Managed System Fan")
                .set("ActiveCooling", true)
                .set("EnabledState", 2)
                .set("HealthState", 5)
                .set("OperationalStatus", 2)
                .build();
    }

    private static Instance sensor() {
        return hostDevice("CIM_Sensor", "Sensor 0", "Managed System Sensor")
                .set("CurrentState", "Normal")
                .set("EnabledState", 2)
                .set("HealthState", 5)
                .set("OperationalStatus", 2)
                .set("OtherSensorTypeDescription", "")
                .set("PossibleStates", "Normal", "Critical")
                .set("SensorType", 2)
                .build();
    }

    private static Instance battery() {
        return hostDevice("CIM_Battery", "Battery 0", "Managed System Battery")
                .set("BatteryStatus", 2)
                .set("Chemistry", 6)
                .set("DesignCapacity", 50_000)
                .set("DesignVoltage", 11_400)
                .set("EstimatedChargeRemaining", 87)
                .build();
    }

    /** Bus, device and function, vendor and device, of what old firmware lists. */
    private static List<Instance> pciDevices() {
        return List.of(pciDevice(0, 0, 0x0044), pciDevice(2, 0, 0x0046), pciDevice(25, 0, 0x10EA));
    }

    private static Instance pciDevice(int device, int function, int id) {
        return hostDevice(
                        "AMT_PCIDevice",
                        "PCI Device " + device + '.' + function,
                        "Managed System PCI Device")
                .set("BusNumber", 0)
                .set("DeviceNumber", device)
                .set("FunctionNumber", function)
                .set("PCIDeviceID", id)
                .set("VendorID", 0x8086)
                .build();
    }

    private static List<Instance> tables(Firmware firmware) {
        byte[] system = Hardware.smbiosUuid(firmware.profile());
        return List.of(
                Instance.of("AMT_AssetTable")
                        .set("InstanceID", "1")
                        .set("TableType", 1)
                        .set("TableTypeInfo", "System")
                        .set("TableData", Base64.getEncoder().encodeToString(system))
                        .build());
    }
}
