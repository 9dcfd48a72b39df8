package org.outpost.simulator.fleet;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;

import org.outpost.simulator.device.Device;
import org.outpost.simulator.device.DeviceServices;
import org.outpost.simulator.device.LanPort;
import org.outpost.simulator.device.TunnelSettings;
import org.outpost.simulator.device.TunnelTls;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.impairment.Moods;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Many devices in one process. They call in at a rate, stay, and leave together. Life-cycle: {@link
 * #start()}, {@link #leave(Duration)}, {@link #close()}.
 */
public final class Fleet implements AutoCloseable {
    private static final long TICK_MILLIS = 10;

    private final FleetSettings settings;
    private final EventLoops loops;
    private final EventLoop clock;
    private final FleetStatistics statistics;
    private final List<Device> devices;
    private final SplittableRandom random = new SplittableRandom(1);
    private int started;
    private volatile boolean leaving;

    /**
     * A fleet that does nothing before {@link #start()}.
     *
     * @param moods dealt out to the devices in turn
     * @param tls empty for a server without TLS
     */
    public Fleet(
            FleetSettings settings,
            List<DeviceProfile> profiles,
            Moods moods,
            TunnelSettings tunnel,
            Optional<TunnelTls> tls,
            DeviceServices services) {
        this.settings = settings;
        this.loops = new EventLoops(settings.threads());
        this.clock = loops.next();
        this.statistics = new FleetStatistics(profiles.size());
        EndLog observer = new EndLog(statistics);
        this.devices = new ArrayList<>(profiles.size());
        for (DeviceProfile profile : profiles) {
            devices.add(
                    new Device(
                            profile,
                            moods.of(profile.index()),
                            tunnel,
                            tls,
                            services,
                            observer,
                            loops.next(),
                            loops.sockets()));
        }
    }

    /**
     * Lets each device listen on an address of its own as well. Not to be called on an event loop.
     *
     * @param range as many addresses as there are devices
     * @throws IOException when an address or a port cannot be had; says which
     */
    public void listen(LanRange range) throws IOException {
        List<LanPort> ports = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            ports.addAll(devices.get(i).listen(range.address(i), loops.serverSockets()));
        }
        for (LanPort port : ports) {
            if (!port.bound().awaitUninterruptibly().isSuccess()) {
                Throwable cause = port.bound().cause();
                throw new IOException(
                        "no listening on "
                                + NetUtil.toSocketAddressString(port.address())
                                + ": "
                                + cause.getMessage(),
                        cause);
            }
        }
    }

    /** Lets the devices call in. Returns at once. */
    public void start() {
        Pacer calls = new Pacer(settings.connectRate(), clock.ticker().nanoTime());
        Pacer churn = new Pacer(settings.churnRate(), clock.ticker().nanoTime());
        clock.scheduleAtFixedRate(
                () -> {
                    long now = clock.ticker().nanoTime();
                    startSome(calls.tick(now));
                    if (settings.churnRate() > 0) {
                        churnSome(churn.tick(now));
                    }
                },
                0,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void startSome(int most) {
        int room = settings.callsInFlight() - statistics.underWay();
        int some = Math.min(most, room);
        for (int i = 0; i < some && started < devices.size() && !leaving; i++) {
            statistics.starting();
            devices.get(started++).start();
        }
    }

    /** Half of them go without a word. Those that are not connected just now are passed over. */
    private void churnSome(int some) {
        for (int i = 0; i < some && started > 0 && !leaving; i++) {
            devices.get(random.nextInt(started)).bounce(random.nextBoolean());
        }
    }

    /** How the fleet is doing. */
    public FleetSnapshot snapshot() {
        return statistics.snapshot();
    }

    /**
     * Lets every device say DISCONNECT and go; waits for them. Not to be called on an event loop.
     *
     * @param patience how long to wait
     * @return whether all were gone by then
     */
    public boolean leave(Duration patience) throws InterruptedException {
        leaving = true;
        List<Future<Void>> going = devices.stream().map(Device::leave).toList();
        long end = System.nanoTime() + patience.toNanos();
        for (Future<Void> device : going) {
            if (!device.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Closes what is still open and ends the threads. */
    @Override
    public void close() {
        leaving = true;
        loops.close();
    }
}
