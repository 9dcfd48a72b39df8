package org.outpost.simulator.wsman.model;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.wsman.Call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The timers of a device's alarms. An alarm for a PC that is on does nothing. */
final class AlarmClock {
    private final Firmware firmware;
    private final InstanceTable occurrences;
    private final Map<String, Future<?>> timers = new HashMap<>();

    private AlarmClock(Firmware firmware, InstanceTable occurrences) {
        this.firmware = firmware;
        this.occurrences = occurrences;
    }

    static AlarmClock of(Call call) {
        InstanceTable table = call.table(AlarmClasses.OCCURRENCE);
        return call.firmware().state(AlarmClock.class, firmware -> new AlarmClock(firmware, table));
    }

    void set(String id, Instant start, Duration interval, boolean deleteAfterwards) {
        long wait = Math.max(0, Duration.between(firmware.now(), start).toMillis());
        timers.put(
                id,
                firmware.loop()
                        .schedule(
                                () -> ring(id, start, interval, deleteAfterwards),
                                wait,
                                TimeUnit.MILLISECONDS));
    }

    private void ring(String id, Instant start, Duration interval, boolean deleteAfterwards) {
        timers.remove(id);
        firmware.machine().request(PowerAction.ON);
        if (interval.isZero()) {
            if (deleteAfterwards) {
                occurrences.find("InstanceID", id).ifPresent(occurrences::remove);
            }
            return;
        }
        Instant next = start.plus(interval);
        occurrences
                .find("InstanceID", id)
                .map(alarm -> alarm.but().time("StartTime", next).build())
                .ifPresent((Instance moved) -> occurrences.put(moved));
        set(id, next, interval, deleteAfterwards);
    }

    void stop(String id) {
        Future<?> timer = timers.remove(id);
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
