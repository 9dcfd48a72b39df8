package org.outpost.amt.operation.eventlog;

import java.util.List;

/** Words for event records (wsman.md section 9.1, events.md section 2). */
public final class EventTexts {
    private static final int SUB_EVENT = 0xAA;
    private static final int CODE_FOLLOWS = 0x40;
    private static final int NO_DATA = 0xEB;

    private static final List<String> ENTITIES =
            List.of(
                    "Unspecified",
                    "Other",
                    "Unknown",
                    "Processor",
                    "Disk",
                    "Peripheral",
                    "System management module",
                    "System board",
                    "Memory module",
                    "Processor module",
                    "Power supply",
                    "Add in card",
                    "Front panel board",
                    "Back panel board",
                    "Power system board",
                    "Drive backplane",
                    "System internal expansion board",
                    "Other system board",
                    "Processor board",
                    "Power unit",
                    "Power module",
                    "Power management board",
                    "Chassis back panel board",
                    "System chassis",
                    "Sub chassis",
                    "Other chassis board",
                    "Disk drive bay",
                    "Peripheral bay",
                    "Device bay",
                    "Fan cooling",
                    "Cooling unit",
                    "Cable interconnect",
                    "Memory device",
                    "System management software",
                    "BIOS",
                    "Intel(r) ME",
                    "System bus",
                    "Group",
                    "Intel(r) ME",
                    "External environment",
                    "Battery");

    private static final List<String> FIRMWARE_ERRORS =
            List.of(
                    "Unspecified",
                    "No system memory is physically installed in the system",
                    "No usable system memory, all installed memory has experienced an"
                            + " unrecoverable failure",
                    "Unrecoverable hard-disk/ATAPI/IDE device failure",
                    "Unrecoverable system-board failure",
                    "Unrecoverable diskette subsystem failure",
                    "Unrecoverable hard-disk controller failure",
                    "Unrecoverable PS/2 or USB keyboard failure",
                    "Removable boot media not found",
                    "Unrecoverable video controller failure",
                    "No video device detected",
                    "Firmware (BIOS) ROM corruption detected",
                    "CPU voltage mismatch (processors that share same supply have mismatched"
                            + " voltage requirements)",
                    "CPU speed matching failure");

    private static final List<String> FIRMWARE_PROGRESS =
            List.of(
                    "Unspecified",
                    "Memory initialization",
                    "Starting hard-disk initialization and test",
                    "Secondary processor(s) initialization",
                    "User authentication",
                    "User-initiated system setup",
                    "USB resource configuration",
                    "PCI resource configuration",
                    "Option ROM initialization",
                    "Video initialization",
                    "Cache initialization",
                    "SMBus initialization",
                    "Keyboard controller initialization",
                    "Embedded controller/management controller initialization",
                    "Docking station attachment",
                    "Enabling docking station",
                    "Docking station ejection",
                    "Disabling docking station",
                    "Calling operating system wake-up vector",
                    "Starting operating system boot process",
                    "Baseboard or motherboard initialization",
                    "",
                    "Floppy initialization",
                    "Keyboard test",
                    "Pointing device test",
                    "Primary processor initialization");

    private EventTexts() {}

    static String entity(int entity) {
        return entity < ENTITIES.size() ? ENTITIES.get(entity) : "Unknown";
    }

    static String severity(int severity) {
        return switch (severity) {
            case 1 -> "Monitor";
            case 2 -> "Information";
            case 4 -> "OK";
            case 8 -> "Non-critical";
            case 0x10 -> "Critical";
            case 0x20 -> "Non-recoverable";
            default -> "Unspecified";
        };
    }

    /** The state of an agent's watchdog, by its bit. */
    public static String agentState(int state) {
        return switch (state) {
            case 1 -> "not started";
            case 2 -> "stopped";
            case 4 -> "running";
            case 8 -> "expired";
            case 16 -> "suspended";
            default -> "unknown (" + state + ')';
        };
    }

    static String describe(EventRecord record) {
        String text = text(record);
        return record.deasserted() ? text + " (over)" : text;
    }

    private static String text(EventRecord record) {
        List<Integer> data = record.data();
        return switch (record.sensorType()) {
            case 0x01 -> "Temperature outside its limits";
            case 0x02 -> "Voltage outside its limits";
            case 0x04 -> "Fan outside its limits";
            case 0x05 -> record.offset() == 0 ? "Case intrusion" : unknown(record);
            case 0x06 ->
                    "Authentication failed "
                            + (data.get(1) + (data.get(2) << 8))
                            + " times. The system may be under attack.";
            case 0x07 -> processor(record);
            case 0x0F -> firmware(record);
            case 0x12 -> agent(record);
            case 0x1E -> "No bootable media";
            case 0x20 -> "Operating system lockup or power interrupt";
            case 0x23 ->
                    data.get(0) == CODE_FOLLOWS && data.get(1) != 3
                            ? "BIOS POST (power-on self-test) watchdog timeout"
                            : "System boot failure";
            case 0x24 -> filter(data);
            case 0x25 -> "System firmware started (at least one CPU is properly executing)";
            case 0x26 -> "Firmware update";
            case 0x27 -> "Network link up";
            case 0xC0 -> notification(data);
            case 0xC1 -> alert(record);
            default -> unknown(record);
        };
    }

    private static String unknown(EventRecord record) {
        return "Unknown sensor type #" + record.sensorType();
    }

    private static String processor(EventRecord record) {
        return switch (record.offset()) {
            case 3 -> "Processor dead on arrival";
            case 4 -> "Processor missing";
            default -> unknown(record);
        };
    }

    private static String firmware(EventRecord record) {
        List<Integer> data = record.data();
        if (data.get(0) == NO_DATA) {
            return "Invalid data";
        }
        int code = data.get(1);
        return switch (record.offset()) {
            case 0 -> code(FIRMWARE_ERRORS, code, "Firmware error");
            case 1 -> "Firmware hang: " + code(FIRMWARE_PROGRESS, code, "code");
            case 2 -> code(FIRMWARE_PROGRESS, code, "Firmware progress");
            case 3 ->
                    data.get(0) == SUB_EVENT && code == 0x30
                            ? "One-click recovery error " + data.get(2)
                            : "Firmware error of the manufacturer, code " + code;
            case 5 -> "Firmware progress of the manufacturer, code " + code;
            default -> unknown(record);
        };
    }

    private static String code(List<String> texts, int code, String otherwise) {
        return code < texts.size() && !texts.get(code).isEmpty()
                ? texts.get(code)
                : otherwise + ' ' + code;
    }

    private static String agent(EventRecord record) {
        List<Integer> data = record.data();
        if (data.get(0) != SUB_EVENT) {
            return unknown(record);
        }
        return String.format(
                "Agent watchdog %02X%02X%02X%02X-%02X%02X-... changed to %s",
                data.get(4),
                data.get(3),
                data.get(2),
                data.get(1),
                data.get(6),
                data.get(5),
                agentState(data.get(7)));
    }

    private static String filter(List<Integer> data) {
        long handle = 0;
        for (int i = 1; i <= 4; i++) {
            handle = handle << 8 | data.get(i);
        }
        String what =
                switch ((int) handle) {
                    case 0xFFFFFFFD -> "all received packets";
                    case 0xFFFFFFFC -> "all sent packets";
                    case 0xFFFFFFFA -> "spoofed packets";
                    default -> "filter " + handle;
                };
        return "System Defense on interface " + data.get(0) + ": " + what;
    }

    private static String notification(List<Integer> data) {
        if (data.get(0) == SUB_EVENT && data.get(1) == 0x30) {
            switch (data.get(2)) {
                case 0 -> {
                    return "A remote Serial Over LAN session was established";
                }
                case 1 -> {
                    return "Remote Serial Over LAN session finished. User control was restored";
                }
                case 2 -> {
                    return "A remote IDE-Redirection session was established";
                }
                case 3 -> {
                    return "Remote IDE-Redirection session finished. User control was restored";
                }
                default -> {
                    // a policy, like every other notification
                }
            }
        }
        return "Security policy invoked: some or all network traffic may be stopped";
    }

    private static String alert(EventRecord record) {
        List<Integer> data = record.data();
        if (record.eventType() == 0x71) {
            return "The audit log needs attention";
        }
        if (record.callForHelp()) {
            return "User request for remote connection";
        }
        if (data.get(0) == SUB_EVENT && data.get(1) == 0x20) {
            if (data.get(2) == 3 && data.get(3) == 1) {
                return "Endpoint access control error: it is disabled";
            }
            if (data.get(2) == 4) {
                return "Hardware asset data could not be read";
            }
        }
        return "Alert of the management engine";
    }
}
