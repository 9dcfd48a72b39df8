package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.alarm.Alarm;
import org.outpost.amt.operation.alarm.AlarmClockService;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the device wakes up by itself. */
@RestController
@RequestMapping("/api/v1/amt/alarmOccurrences")
final class AlarmController {
    private final AmtRequests devices;

    AlarmController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A moment, as AMT writes it. */
    record Moment(Instant Datetime) {}

    /** An alarm. */
    record Shown(
            String ElementName,
            String InstanceID,
            Moment StartTime,
            long IntervalInMinutes,
            boolean DeleteOnCompletion) {
        static Shown of(Alarm alarm) {
            return new Shown(
                    alarm.elementName(),
                    alarm.instanceId(),
                    new Moment(alarm.start()),
                    alarm.interval().toMinutes(),
                    alarm.deleteOnCompletion());
        }
    }

    /** An alarm to be set; the interval is in minutes, 0 for once. */
    record Wanted(
            @Nullable String ElementName,
            @Nullable String InstanceID,
            @Nullable String StartTime,
            @Nullable Integer Interval,
            @Nullable Boolean DeleteOnCompletion) {}

    /** Which alarm. */
    record Named(@Nullable String Name) {}

    /** What the device returned. */
    record Added(String status, int ReturnValue) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Shown> alarmOccurrences(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new AlarmClockService(calls)
                                .list()
                                .thenApply(all -> all.stream().map(Shown::of).toList()));
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Added addAlarm(@PathVariable String guid, @RequestBody Wanted wanted) {
        Optional<Instant> start = moment(wanted.StartTime());
        Integer minutes = wanted.Interval();
        new Checks()
                .text(wanted.ElementName(), "ElementName", 32)
                .that(start.isPresent(), "StartTime", Checks.INVALID)
                .that(minutes == null || minutes >= 0, "Interval", Checks.INVALID)
                .done();
        String name = checked(wanted.ElementName());
        String id = wanted.InstanceID();
        Alarm alarm;
        try {
            alarm =
                    new Alarm(
                            id == null || id.isBlank() ? name : id,
                            name,
                            start.orElseThrow(),
                            Duration.ofMinutes(minutes == null ? 0 : minutes),
                            !Boolean.FALSE.equals(wanted.DeleteOnCompletion()));
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("ElementName", String.valueOf(e.getMessage())));
        }
        devices.ask(guid, calls -> new AlarmClockService(calls).add(alarm));
        return new Added("SUCCESS", 0);
    }

    private static Optional<Instant> moment(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @DeleteMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status removeAlarm(
            @PathVariable String guid, @RequestBody(required = false) @Nullable Named named) {
        String name = named == null ? null : named.Name();
        new Checks().text(name, "Name", 128).done();
        devices.ask(guid, calls -> new AlarmClockService(calls).remove(checked(name)));
        return Status.SUCCESS;
    }
}
