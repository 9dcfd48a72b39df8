package org.outpost.simulator.wsman.model;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Value;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.WsmanFault;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Alarms that switch the PC on (wsman.md §14). */
final class AlarmClasses {
    static final String OCCURRENCE = "IPS_AlarmClockOccurrence";
    private static final String NAME = "Intel(r) AMT Alarm Clock Service";
    private static final int MOST = 5;

    private AlarmClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("AMT_AlarmClockService")
                        .systemKeys()
                        .when(firmware -> firmware.profile().generation().hasKvm())
                        .single(
                                firmware ->
                                        Instance.inEngine("AMT_AlarmClockService", NAME)
                                                .named(NAME)
                                                .set("EnabledState", 5)
                                                .set("RequestedState", 12)
                                                .build())
                        .method("AddAlarm", AlarmClasses::add)
                        .build(),
                CimClass.named(OCCURRENCE)
                        .deletable(
                                (call, alarm) -> AlarmClock.of(call).stop(alarm.text("InstanceID")))
                        .build());
    }

    private static Output add(Call call, Arguments in) throws FaultException {
        Arguments template =
                in.embedded("AlarmTemplate").orElseThrow(() -> Arguments.invalid("AlarmTemplate"));
        if (call.instances(OCCURRENCE).size() >= MOST) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        String id = template.text("InstanceID", 64);
        if (id.isEmpty() || call.table(OCCURRENCE).find("InstanceID", id).isPresent()) {
            return Output.of(id.isEmpty() ? Status.INVALID_PARAMETER : Status.DUPLICATE);
        }
        Instant start = start(template);
        Duration interval = interval(template);
        if (!start.isAfter(call.firmware().now())) {
            return Output.of(Status.INVALID_TIME);
        }
        String name = template.text("ElementName", 64);
        Instance alarm =
                Instance.of(OCCURRENCE)
                        .set("InstanceID", id)
                        .named(name.isEmpty() ? id : name)
                        .set("DeleteOnCompletion", template.flag("DeleteOnCompletion"))
                        .set("Interval", List.of(new Value.Interval(text(interval))))
                        .time("StartTime", start)
                        .build();
        call.store(alarm);
        AlarmClock.of(call).set(id, start, interval, alarm.flag("DeleteOnCompletion"));
        return Output.done().with("AlarmClock", alarm.reference(List.of("InstanceID")));
    }

    private static Instant start(Arguments template) throws FaultException {
        try {
            if (template.value("StartTime") instanceof Value.Datetime(String text)) {
                return Instant.parse(text);
            }
        } catch (DateTimeParseException e) {
            throw Arguments.invalid("StartTime");
        }
        throw Arguments.invalid("StartTime");
    }

    private static Duration interval(Arguments template) throws FaultException {
        if (!template.has("Interval")) {
            return Duration.ZERO;
        }
        try {
            if (template.value("Interval") instanceof Value.Interval(String text)) {
                Duration interval = Duration.parse(text);
                if (!interval.isNegative() && interval.toSecondsPart() == 0) {
                    return interval;
                }
            }
        } catch (DateTimeParseException e) {
            throw Arguments.invalid("Interval");
        }
        throw Arguments.invalid("Interval");
    }

    /** Days, hours and minutes, as AMT writes a duration. */
    private static String text(Duration interval) {
        return "P"
                + interval.toDays()
                + "DT"
                + interval.toHoursPart()
                + 'H'
                + interval.toMinutesPart()
                + 'M';
    }
}
