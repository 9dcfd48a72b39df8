package org.outpost.amt.operation.hardware;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The hardware as of the last boot (wsman.md section 4). What the BIOS did not fill in is empty.
 *
 * @param uuid the platform's UUID
 * @param chassis the case
 * @param board the main board
 * @param bios the BIOS
 * @param processors the processors
 * @param memory the memory modules
 * @param disks the drives
 * @param batteries the batteries
 */
public record Inventory(
        Optional<UUID> uuid,
        Part chassis,
        Part board,
        Bios bios,
        List<Processor> processors,
        List<MemoryModule> memory,
        List<Disk> disks,
        List<Battery> batteries) {
    /** Copies the lists. */
    public Inventory {
        processors = List.copyOf(processors);
        memory = List.copyOf(memory);
        disks = List.copyOf(disks);
        batteries = List.copyOf(batteries);
    }

    /**
     * A case or a board.
     *
     * @param manufacturer who made it
     * @param model which one
     * @param version which version
     * @param serialNumber which piece
     */
    public record Part(String manufacturer, String model, String version, String serialNumber) {}

    /**
     * The BIOS.
     *
     * @param manufacturer who made it
     * @param version which version
     * @param released when
     */
    public record Bios(String manufacturer, String version, Optional<Instant> released) {}

    /**
     * A processor.
     *
     * @param deviceId such as {@code CPU 0}
     * @param brand its brand string
     * @param manufacturer who made it
     * @param family CIM's number; 198 is Core i7
     * @param maxClockMhz the highest clock
     * @param currentClockMhz the present clock
     * @param status 1 enabled, 2 disabled by the user, 3 by the BIOS, 4 idle
     * @param stepping its stepping
     */
    public record Processor(
            String deviceId,
            String brand,
            String manufacturer,
            OptionalInt family,
            OptionalInt maxClockMhz,
            OptionalInt currentClockMhz,
            OptionalInt status,
            String stepping) {}

    /**
     * A memory module.
     *
     * @param bank where it sits
     * @param capacityBytes how large
     * @param manufacturer who made it, often a JEDEC code
     * @param partNumber which one
     * @param serialNumber which piece
     * @param formFactor 9 DIMM, 13 SODIMM
     * @param type 24 DDR3, 26 DDR4, 34 DDR5
     * @param speed as the device tells it: MHz where {@code speedInMhz}, else nanoseconds
     * @param configuredSpeed the speed it runs at, in the same unit
     * @param speedInMhz the unit
     */
    public record MemoryModule(
            String bank,
            OptionalLong capacityBytes,
            String manufacturer,
            String partNumber,
            String serialNumber,
            OptionalInt formFactor,
            OptionalInt type,
            OptionalInt speed,
            OptionalInt configuredSpeed,
            boolean speedInMhz) {
        /** The type's name. */
        public String typeName() {
            return switch (type.orElse(0)) {
                case 20 -> "DDR";
                case 21 -> "DDR2";
                case 24 -> "DDR3";
                case 26 -> "DDR4";
                case 34 -> "DDR5";
                default -> "";
            };
        }
    }

    /**
     * A drive.
     *
     * @param deviceId such as {@code MEDIA DEV 0}
     * @param model which one
     * @param serialNumber which piece
     * @param sizeKilobytes in kilobytes of 1000 bytes
     */
    public record Disk(
            String deviceId, String model, String serialNumber, OptionalLong sizeKilobytes) {}

    /**
     * A battery.
     *
     * @param deviceId which one
     * @param manufacturer who made it
     * @param status CIM's number
     * @param chemistry 2 unknown, 6 lithium-ion
     * @param designCapacityMwh in milliwatt hours
     * @param designVoltageMv in millivolts
     * @param remainingPercent the charge that is left
     */
    public record Battery(
            String deviceId,
            String manufacturer,
            OptionalInt status,
            OptionalInt chemistry,
            OptionalInt designCapacityMwh,
            OptionalInt designVoltageMv,
            OptionalInt remainingPercent) {}
}
