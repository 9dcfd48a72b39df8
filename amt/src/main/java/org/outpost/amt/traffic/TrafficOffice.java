package org.outpost.amt.traffic;

import org.outpost.amt.loop.TaskLoop;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The officers of all devices. One that has been idle for long is let go, with the facts it keeps;
 * and when there are too many, those idle longest.
 */
public final class TrafficOffice {
    private final Map<String, TrafficOfficer> officers = new ConcurrentHashMap<>();
    private final Function<String, TrafficOfficer> hire;
    private final int most;
    private final Duration idle;
    private final TaskLoop loop;

    /**
     * An empty office; sweeps by itself from now on.
     *
     * @param hire makes the officer of a device; must not block
     * @param most how many are kept; those that have work are kept beyond it
     * @param idle after which one is let go
     * @param loop the clock, the same as the officers', and where sweeping happens
     */
    public TrafficOffice(
            Function<String, TrafficOfficer> hire, int most, Duration idle, TaskLoop loop) {
        this.hire = hire;
        this.most = most;
        this.idle = idle;
        this.loop = loop;
        loop.schedule(this::sweep, idle.dividedBy(2));
    }

    /**
     * The officer of a device, hired if need be. Ask for it each time: one that is kept may have
     * been let go.
     *
     * @param device the device's key
     */
    public TrafficOfficer officer(String device) {
        TrafficOfficer present = officers.get(device);
        if (present != null) {
            return present;
        }
        if (officers.size() >= most) {
            crowd();
        }
        return officers.computeIfAbsent(device, hire);
    }

    /** The officer of a device, if there is one: for what is last known of it. */
    public Optional<TrafficOfficer> present(String device) {
        return Optional.ofNullable(officers.get(device));
    }

    /**
     * Lets an officer go: the device's credentials or settings have changed, or it was removed.
     *
     * @param device the device's key
     */
    public void dismiss(String device) {
        TrafficOfficer officer = officers.remove(device);
        if (officer != null) {
            officer.close();
        }
    }

    /** How many there are. */
    public int size() {
        return officers.size();
    }

    private void sweep() {
        long now = loop.nanoTime();
        officers.forEach(
                (device, officer) -> {
                    if (!officer.busy() && now - officer.lastUsed() >= idle.toNanos()) {
                        letGo(device, officer);
                    }
                });
        loop.schedule(this::sweep, idle.dividedBy(2));
    }

    /** Makes room for a tenth, so that not every newcomer looks through all. */
    private void crowd() {
        List<Map.Entry<String, TrafficOfficer>> idlest =
                officers.entrySet().stream()
                        .filter(entry -> !entry.getValue().busy())
                        .sorted(Comparator.comparingLong(entry -> entry.getValue().lastUsed()))
                        .limit(Math.max(1, most / 10))
                        .toList();
        idlest.forEach(entry -> letGo(entry.getKey(), entry.getValue()));
    }

    private void letGo(String device, TrafficOfficer officer) {
        if (officers.remove(device, officer)) {
            officer.close();
        }
    }
}
