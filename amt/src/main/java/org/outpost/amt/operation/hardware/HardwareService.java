package org.outpost.amt.operation.hardware;

import org.outpost.amt.operation.Stages;
import org.outpost.amt.operation.general.PlatformUuid;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads the hardware inventory (wsman.md section 4). */
public final class HardwareService {
    /** The classes of which there is one instance. */
    public static final List<String> SINGLE =
            List.of("CIM_ComputerSystemPackage", "CIM_Chassis", "CIM_Card", "CIM_BIOSElement");

    /** The classes that are lists, paired by their order. */
    public static final List<String> LISTS =
            List.of(
                    "CIM_Chip",
                    "CIM_Processor",
                    "CIM_PhysicalMemory",
                    "CIM_MediaAccessDevice",
                    "CIM_PhysicalPackage",
                    "CIM_SystemPackaging",
                    "CIM_Battery");

    private final AmtCalls calls;

    /** Asks through these calls. */
    public HardwareService(AmtCalls calls) {
        this.calls = calls;
    }

    /** Every instance of the inventory's classes, by class: what the typed inventory is made of. */
    public CompletionStage<Map<String, List<Element>>> instances() {
        List<CompletionStage<List<Element>>> reads = new ArrayList<>();
        SINGLE.forEach(
                type ->
                        reads.add(
                                Stages.ifSupported(calls.get(type))
                                        .thenApply(one -> one.map(List::of).orElse(List.of()))));
        LISTS.forEach(type -> reads.add(Stages.listIfSupported(calls.enumerate(type))));
        return Stages.all(reads)
                .thenApply(
                        results -> {
                            Map<String, List<Element>> instances = new LinkedHashMap<>();
                            for (int i = 0; i < results.size(); i++) {
                                boolean single = i < SINGLE.size();
                                instances.put(
                                        single ? SINGLE.get(i) : LISTS.get(i - SINGLE.size()),
                                        results.get(i));
                            }
                            return instances;
                        });
    }

    /** The inventory. */
    public CompletionStage<Inventory> inventory() {
        return instances().thenApply(HardwareService::inventory);
    }

    private static List<Element> of(Map<String, List<Element>> instances, String type) {
        return instances.getOrDefault(type, List.of());
    }

    private static Element one(Map<String, List<Element>> instances, String type) {
        List<Element> all = of(instances, type);
        return all.isEmpty() ? Element.of("", type, List.of()) : all.get(0);
    }

    private static Inventory inventory(Map<String, List<Element>> instances) {
        Element bios = one(instances, "CIM_BIOSElement");
        return new Inventory(
                one(instances, "CIM_ComputerSystemPackage")
                        .text("PlatformGUID")
                        .flatMap(PlatformUuid::ofHex),
                part(one(instances, "CIM_Chassis")),
                part(one(instances, "CIM_Card")),
                new Inventory.Bios(
                        bios.textOr("Manufacturer", ""),
                        bios.textOr("Version", ""),
                        bios.moment("ReleaseDate")),
                processors(of(instances, "CIM_Processor"), of(instances, "CIM_Chip")),
                of(instances, "CIM_PhysicalMemory").stream().map(HardwareService::memory).toList(),
                disks(of(instances, "CIM_MediaAccessDevice"), of(instances, "CIM_PhysicalPackage")),
                of(instances, "CIM_Battery").stream().map(HardwareService::battery).toList());
    }

    private static Inventory.Part part(Element read) {
        return new Inventory.Part(
                read.textOr("Manufacturer", ""),
                read.textOr("Model", ""),
                read.textOr("Version", ""),
                read.textOr("SerialNumber", ""));
    }

    /** Chip i belongs to processor i; the memory's chips follow. */
    private static List<Inventory.Processor> processors(
            List<Element> processors, List<Element> chips) {
        List<Inventory.Processor> read = new ArrayList<>();
        for (int i = 0; i < processors.size(); i++) {
            Element processor = processors.get(i);
            Element chip = i < chips.size() ? chips.get(i) : processor;
            read.add(
                    new Inventory.Processor(
                            processor.textOr("DeviceID", ""),
                            chip.textOr("Version", ""),
                            chip.textOr("Manufacturer", ""),
                            processor.integer("Family"),
                            processor.integer("MaxClockSpeed"),
                            processor.integer("CurrentClockSpeed"),
                            processor.integer("CPUStatus"),
                            processor.textOr("Stepping", "")));
        }
        return read;
    }

    private static Inventory.MemoryModule memory(Element read) {
        return new Inventory.MemoryModule(
                read.textOr("BankLabel", ""),
                read.number("Capacity"),
                read.textOr("Manufacturer", ""),
                read.textOr("PartNumber", ""),
                read.textOr("SerialNumber", ""),
                read.integer("FormFactor"),
                read.integer("MemoryType"),
                read.integer("MaxMemorySpeed"),
                read.integer("ConfiguredMemoryClockSpeed"),
                read.isTrue("IsSpeedInMhz"));
    }

    /** Package 0 is the board; package i + 1 belongs to drive i. */
    private static List<Inventory.Disk> disks(List<Element> drives, List<Element> packages) {
        List<Inventory.Disk> read = new ArrayList<>();
        for (int i = 0; i < drives.size(); i++) {
            Element drive = drives.get(i);
            Element box = i + 1 < packages.size() ? packages.get(i + 1) : drive;
            read.add(
                    new Inventory.Disk(
                            drive.textOr("DeviceID", ""),
                            box.textOr("Model", ""),
                            box.textOr("SerialNumber", ""),
                            drive.number("MaxMediaSize")));
        }
        return read;
    }

    private static Inventory.Battery battery(Element read) {
        return new Inventory.Battery(
                read.textOr("DeviceID", ""),
                read.textOr("Manufacturer", ""),
                read.integer("BatteryStatus"),
                read.integer("Chemistry"),
                read.integer("DesignCapacity"),
                read.integer("DesignVoltage"),
                read.integer("EstimatedChargeRemaining"));
    }
}
