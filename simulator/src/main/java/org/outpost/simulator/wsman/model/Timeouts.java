package org.outpost.simulator.wsman.model;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.wsman.Call;

import java.util.HashMap;
import java.util.Map;

/** Time-outs of System Defense policies in seconds; 0 when there is none. */
final class Timeouts {
    private final Map<String, Long> seconds = new HashMap<>();

    static Timeouts of(Call call) {
        return call.firmware().state(Timeouts.class, firmware -> new Timeouts());
    }

    long get(Instance policy) {
        return seconds.getOrDefault(policy.text("InstanceID"), 0L);
    }

    void set(Instance policy, long timeout) {
        seconds.put(policy.text("InstanceID"), timeout);
    }
}
