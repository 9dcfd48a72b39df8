package org.outpost.server.why;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is known of a device or an address, and what to do.
 *
 * @param target what was asked for
 * @param known whether anything is known of it
 * @param text the answer in paragraphs; may hold text of devices
 */
public record WhyAnswer(
        String target,
        boolean known,
        List<DeviceState> devices,
        List<Finding> findings,
        List<String> text) {
    /** Keeps its own copies. */
    public WhyAnswer {
        devices = List.copyOf(devices);
        findings = List.copyOf(findings);
        text = List.copyOf(text);
    }

    /**
     * A device that it may be.
     *
     * @param name announced last, or empty
     * @param since when its tunnel was opened; null when it is offline
     * @param lastSeen the last sign of life; null when only its tunnel is known
     * @param address where it calls, or called, from
     */
    public record DeviceState(
            UUID guid,
            String name,
            boolean connected,
            String credential,
            @Nullable Instant since,
            @Nullable Instant lastSeen,
            String address) {}

    /**
     * Something that became of connections.
     *
     * @param source an IPv4 address, or the /64 of an IPv6 address
     * @param guid the device, or who claims to be it; null when no UUID was announced
     * @param detail of the last time; may be empty
     */
    public record Finding(
            String outcome,
            String source,
            @Nullable UUID guid,
            String user,
            long count,
            Instant first,
            Instant last,
            String detail,
            String explanation,
            String remedy,
            String reference) {}
}
