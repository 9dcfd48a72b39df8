package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job does and to which devices, as options of a command. */
final class JobTemplateOptions {
    @Parameters(
            paramLabel = "ACTION",
            description =
                    "What: power-on, power-off, power-cycle, reset, sleep, hibernate, soft-off,"
                            + " soft-reset, reset-to-bios, reset-to-pxe, sync-time, refresh-facts,"
                            + " …, or the number of a power action.")
    private String action = "";

    @Option(
            names = "--device",
            paramLabel = "GUID",
            description = "Only this device. May be given several times.")
    private List<String> devices = List.of();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only devices that bear this tag; all of them, when given several times.")
    private List<String> tags = List.of();

    @Option(names = "--any-tag", description = "One of the tags is enough.")
    private boolean anyTag;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only devices whose name, UUID or credential contains it.")
    private @Nullable String search;

    @Option(names = "--all", description = "All devices that pass the rest.")
    private boolean all;

    @Option(names = "--connected", description = "Only devices that are connected at the start.")
    private boolean connected;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "To so many devices at once, 1 to 256. Default: 16.")
    private @Nullable Integer parallelism;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "For one device, 1 to 900. Default: 60.")
    private @Nullable Long deadline;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Wait so long for devices that are offline. Default: not at all.")
    private @Nullable Long waiting;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
    private @Nullable String reason;

    @Option(names = "--ticket", paramLabel = "NUMBER", description = "Number of a ticket.")
    private @Nullable String ticket;

    /** The same as the API wants it. */
    Map<String, Object> document() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("action", action);
        put(wanted, "devices", devices.isEmpty() ? null : devices);
        put(wanted, "tags", tags.isEmpty() ? null : tags);
        put(wanted, "method", anyTag ? "OR" : null);
        put(wanted, "search", search);
        put(wanted, "all", all ? true : null);
        put(wanted, "connected", connected ? true : null);
        put(wanted, "parallelism", parallelism);
        put(wanted, "deadlineSeconds", deadline);
        put(wanted, "waitSeconds", waiting);
        put(wanted, "reason", reason);
        put(wanted, "ticket", ticket);
        return wanted;
    }

    private static void put(Map<String, Object> wanted, String name, @Nullable Object value) {
        if (value != null) {
            wanted.put(name, value);
        }
    }
}
