package org.outpost.simulator.fleet;

import org.outpost.apf.channel.TunnelTraffic;
import org.outpost.simulator.device.DeviceObserver;
import org.outpost.simulator.device.TunnelEnd;
import org.outpost.simulator.identity.DeviceProfile;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of the devices of a fleet. */
final class FleetStatistics implements DeviceObserver {
    private final int devices;
    private final AtomicInteger connecting = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final LongAdder calls = new LongAdder();
    private final LongAdder established = new LongAdder();
    private final LongAdder pastReceived = new LongAdder();
    private final LongAdder pastSent = new LongAdder();
    private final Map<TunnelEnd, LongAdder> ends = new EnumMap<>(TunnelEnd.class);
    private final AtomicInteger starting = new AtomicInteger();
    private final Set<TunnelTraffic> live = ConcurrentHashMap.newKeySet();

    FleetStatistics(int devices) {
        this.devices = devices;
        for (TunnelEnd end : TunnelEnd.values()) {
            ends.put(end, new LongAdder());
        }
    }

    /** A device was told to call; its loop may take a while to get to it. */
    void starting() {
        starting.incrementAndGet();
    }

    /** Devices on their way in, those told to call included. */
    int underWay() {
        return starting.get() + connecting.get();
    }

    @Override
    public void connecting(DeviceProfile device) {
        calls.increment();
        starting.updateAndGet(count -> Math.max(0, count - 1));
        connecting.incrementAndGet();
    }

    @Override
    public void connected(DeviceProfile device) {
        established.increment();
        connecting.decrementAndGet();
        connected.incrementAndGet();
    }

    @Override
    public void ended(DeviceProfile device, boolean wasConnected, TunnelEnd end, String detail) {
        (wasConnected ? connected : connecting).decrementAndGet();
        Objects.requireNonNull(ends.get(end)).increment();
    }

    @Override
    public void opened(TunnelTraffic traffic) {
        live.add(traffic);
    }

    @Override
    public void closed(TunnelTraffic traffic) {
        if (live.remove(traffic)) {
            pastReceived.add(traffic.bytesReceived());
            pastSent.add(traffic.bytesSent());
        }
    }

    FleetSnapshot snapshot() {
        int channels = 0;
        long received = pastReceived.sum();
        long sent = pastSent.sum();
        for (TunnelTraffic traffic : live) {
            channels += traffic.openChannels();
            received += traffic.bytesReceived();
            sent += traffic.bytesSent();
        }
        Map<TunnelEnd, Long> endings = new EnumMap<>(TunnelEnd.class);
        ends.forEach(
                (end, count) -> {
                    if (count.sum() > 0) {
                        endings.put(end, count.sum());
                    }
                });
        return new FleetSnapshot(
                devices,
                connecting.get(),
                connected.get(),
                channels,
                calls.sum(),
                established.sum(),
                received,
                sent,
                Map.copyOf(endings));
    }
}
