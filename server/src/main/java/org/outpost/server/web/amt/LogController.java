package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.auditlog.AuditLogService;
import org.outpost.amt.operation.auditlog.AuditRecord;
import org.outpost.amt.operation.eventlog.EventLogService;
import org.outpost.amt.operation.eventlog.EventRecord;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;

/** The two logs of the device. */
@RestController
@RequestMapping("/api/v1/amt/log")
final class LogController {
    private final AmtRequests devices;

    LogController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final int MOST = 1_000_000;

    /** A part of the audit log, newest first. */
    record AuditLog(long totalCnt, List<Audited> records) {}

    /** What the device wrote into its audit log. */
    record Audited(
            int AuditAppID,
            int EventID,
            int InitiatorType,
            String AuditApp,
            String Event,
            String Initiator,
            Instant Time,
            int MCLocationType,
            String NetAddress,
            String Ex,
            @Nullable String ExStr) {
        static Audited of(AuditRecord record) {
            StringBuilder raw = new StringBuilder();
            record.extended().forEach(octet -> raw.append((char) (octet & 0xFF)));
            return new Audited(
                    record.appId(),
                    record.eventId(),
                    record.initiatorType(),
                    record.app(),
                    record.event(),
                    record.initiator(),
                    record.time(),
                    record.locationType(),
                    record.address(),
                    raw.toString(),
                    record.details().orElse(null));
        }
    }

    /** What the firmware reported. */
    record Happened(
            int DeviceAddress,
            int EventSensorType,
            int EventType,
            int EventOffset,
            int EventSourceType,
            int EventSeverity,
            int SensorNumber,
            int Entity,
            int EntityInstance,
            List<Integer> EventData,
            Instant TimeStamp,
            String EntityStr,
            String Desc,
            String eventTypeDesc) {
        static Happened of(EventRecord record) {
            return new Happened(
                    record.deviceAddress(),
                    record.sensorType(),
                    record.eventType(),
                    record.offset(),
                    record.sourceType(),
                    record.severity(),
                    record.sensorNumber(),
                    record.entity(),
                    record.entityInstance(),
                    record.data(),
                    record.time(),
                    record.entityName(),
                    record.description(),
                    record.severityName());
        }
    }

    /**
     * Shows records of the audit log, the newest first.
     *
     * @param startIndex how many of the newest are left out
     */
    @GetMapping("/audit/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    AuditLog deviceAuditLog(
            @PathVariable String guid, @RequestParam(defaultValue = "0") String startIndex) {
        long newest = number(startIndex);
        return devices.ask(
                guid,
                calls ->
                        new AuditLogService(calls)
                                .page(newest)
                                .thenApply(
                                        page ->
                                                new AuditLog(
                                                        page.total(),
                                                        page.records().stream()
                                                                .map(Audited::of)
                                                                .toList())));
    }

    private static long number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number <= MOST) {
                return Math.max(0, number);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Answers.invalid(Invalid.inQuery("startIndex", Checks.INVALID, text));
    }

    @GetMapping("/event/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Happened> deviceEventLog(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new EventLogService(calls)
                                .read()
                                .thenApply(all -> all.stream().map(Happened::of).toList()));
    }

    @DeleteMapping("/event/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status clearEventLog(@PathVariable String guid) {
        devices.ask(guid, calls -> new EventLogService(calls).clear());
        return Status.SUCCESS;
    }
}
