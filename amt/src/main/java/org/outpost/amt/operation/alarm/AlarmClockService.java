package org.outpost.amt.operation.alarm;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The alarm clock (wsman.md section 14). */
public final class AlarmClockService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_AlarmClockService");
    private static final AmtClass OCCURRENCE = AmtClass.of("IPS_AlarmClockOccurrence");
    private static final String COMMON = "http://schemas.dmtf.org/wbem/wscim/1/common";

    private final AmtCalls calls;

    /** Asks through these calls. */
    public AlarmClockService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The alarms that are set; AMT has room for five. */
    public CompletionStage<List<Alarm>> list() {
        return calls.enumerate(OCCURRENCE.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(AlarmClockService::alarm)
                                        .flatMap(Optional::stream)
                                        .toList());
    }

    private static Optional<Alarm> alarm(Element read) {
        Optional<Instant> start = read.moment("StartTime");
        String id = read.textOr("InstanceID", "");
        return start.isEmpty() || id.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Alarm(
                                id,
                                read.textOr("ElementName", ""),
                                start.get(),
                                interval(read),
                                read.isTrue("DeleteOnCompletion")));
    }

    private static Duration interval(Element read) {
        return read.child("Interval")
                .map(child -> child.text("Interval").orElse(child.text()))
                .flatMap(
                        text -> {
                            try {
                                return Optional.of(Duration.parse(text));
                            } catch (DateTimeException e) {
                                return Optional.empty();
                            }
                        })
                .filter(parsed -> !parsed.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Sets an alarm. */
    public CompletionStage<Element> add(Alarm alarm) {
        String start = alarm.start().truncatedTo(ChronoUnit.MINUTES).toString();
        String interval =
                "P%dDT%dH%dM"
                        .formatted(
                                alarm.interval().toDays(),
                                alarm.interval().toHoursPart(),
                                alarm.interval().toMinutesPart());
        Element template =
                Element.of(
                        SERVICE.uri(),
                        "AlarmTemplate",
                        List.of(
                                Element.of(OCCURRENCE.uri(), "InstanceID", alarm.instanceId()),
                                Element.of(OCCURRENCE.uri(), "ElementName", alarm.elementName()),
                                common("StartTime", "Datetime", start),
                                common("Interval", "Interval", interval),
                                Element.of(
                                        OCCURRENCE.uri(),
                                        "DeleteOnCompletion",
                                        Boolean.toString(alarm.deleteOnCompletion()))));
        return calls.invoke(Invocation.of(SERVICE, "AddAlarm").with(template));
    }

    private static Element common(String property, String type, String text) {
        return Element.of(OCCURRENCE.uri(), property, List.of(Element.of(COMMON, type, text)));
    }

    /**
     * Removes an alarm.
     *
     * @param instanceId its key
     */
    public CompletionStage<Optional<Element>> remove(String instanceId) {
        return calls.delete(OCCURRENCE.name(), Selectors.of("InstanceID", instanceId));
    }
}
