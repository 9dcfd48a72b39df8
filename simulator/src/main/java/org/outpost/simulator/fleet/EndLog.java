package org.outpost.simulator.fleet;

import org.outpost.apf.channel.TunnelTraffic;
import org.outpost.simulator.device.DeviceObserver;
import org.outpost.simulator.device.TunnelEnd;
import org.outpost.simulator.identity.DeviceProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.util.EnumSet;
import java.util.Set;

/**
 * Logs why tunnels end: the first of each cause as a warning, the rest for debugging only, so that
 * a fleet of thousands says once what is wrong. Passes everything on.
 */
final class EndLog implements DeviceObserver {
    private static final Logger LOG = LoggerFactory.getLogger(EndLog.class);

    private final DeviceObserver next;
    private final Set<TunnelEnd> seen = EnumSet.of(TunnelEnd.OWN);

    EndLog(DeviceObserver next) {
        this.next = next;
    }

    @Override
    public void ended(DeviceProfile device, boolean wasConnected, TunnelEnd end, String detail) {
        next.ended(device, wasConnected, end, detail);
        LOG.atLevel(first(end) ? Level.WARN : Level.DEBUG)
                .addKeyValue("device", device.fqdn())
                .addKeyValue("cause", end.label())
                .addKeyValue("detail", escaped(detail))
                .log(wasConnected ? "a tunnel ended" : "a call failed");
    }

    private synchronized boolean first(TunnelEnd end) {
        return seen.add(end);
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().limit(300).forEach(c -> safe.append(c < ' ' || c == 127 ? '?' : (char) c));
        return safe.toString();
    }

    @Override
    public void connecting(DeviceProfile device) {
        next.connecting(device);
    }

    @Override
    public void connected(DeviceProfile device) {
        next.connected(device);
    }

    @Override
    public void opened(TunnelTraffic traffic) {
        next.opened(traffic);
    }

    @Override
    public void closed(TunnelTraffic traffic) {
        next.closed(traffic);
    }
}
