package org.outpost.server.command;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hardware of a device as the API tells it, for people. */
final class HardwareFields {
    private static final long KILOBYTES_OF_A_GIGABYTE = 1_000_000;

    private final Fields fields;

    HardwareFields(Fields fields) {
        this.fields = fields;
    }

    /** Adds what is known; what the BIOS did not fill in is left out. */
    void add(JsonNode inventory) {
        part("Model", inventory.path("chassis"));
        part("Board", inventory.path("board"));
        JsonNode bios = inventory.path("bios");
        line("BIOS", text(bios, "manufacturer"), text(bios, "version"), date(bios));
        for (JsonNode processor : inventory.path("processors")) {
            line("Processor", name(processor), clock(processor));
        }
        for (JsonNode module : inventory.path("memory")) {
            line(
                    "Memory",
                    module.path("capacityBytes").isNumber()
                            ? HumanFormat.bytes(module.path("capacityBytes").asLong())
                            : "",
                    text(module, "typeName"),
                    text(module, "manufacturer"),
                    text(module, "partNumber"),
                    in(text(module, "bank")));
        }
        for (JsonNode disk : inventory.path("disks")) {
            line("Disk", size(disk), text(disk, "model"), serial(disk));
        }
        for (JsonNode battery : inventory.path("batteries")) {
            line(
                    "Battery",
                    text(battery, "manufacturer"),
                    battery.path("remainingPercent").isNumber()
                            ? battery.path("remainingPercent").asInt() + " % left"
                            : "");
        }
    }

    private void part(String name, JsonNode part) {
        line(
                name,
                text(part, "manufacturer"),
                text(part, "model"),
                text(part, "version"),
                serial(part));
    }

    private void line(String name, String... words) {
        String line =
                Stream.of(words).filter(word -> !word.isBlank()).collect(Collectors.joining(" "));
        if (!line.isEmpty()) {
            fields.add(name, line);
        }
    }

    private static String name(JsonNode processor) {
        String brand = text(processor, "brand");
        return brand.isEmpty() ? text(processor, "manufacturer") : brand;
    }

    private static String clock(JsonNode processor) {
        JsonNode clock = processor.path("maxClockMhz");
        return clock.isNumber() ? "up to " + clock.asInt() + " MHz" : "";
    }

    private static String serial(JsonNode part) {
        String serial = text(part, "serialNumber");
        return serial.isEmpty() ? "" : "(serial number " + serial + ")";
    }

    private static String in(String bank) {
        return bank.isEmpty() ? "" : "in " + bank;
    }

    private static String date(JsonNode bios) {
        String released = text(bios, "released");
        return released.length() < 10 ? "" : "of " + released.substring(0, 10);
    }

    private static String size(JsonNode disk) {
        JsonNode kilobytes = disk.path("sizeKilobytes");
        return kilobytes.isNumber()
                ? String.format(
                        Locale.ROOT,
                        "%.0f GB",
                        (double) kilobytes.asLong() / KILOBYTES_OF_A_GIGABYTE)
                : "";
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("").strip();
    }
}
