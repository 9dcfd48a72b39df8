package org.outpost.simulator;

import org.outpost.simulator.device.TunnelEnd;
import org.outpost.simulator.fleet.FleetSnapshot;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows the fleet to a person: on a terminal one line that is written over each second, elsewhere a
 * line every ten seconds.
 */
final class TerminalView implements ProgressReporter.View {
    private static final int QUIET_SECONDS = 10;

    private final PrintStream out;
    private final boolean interactive;
    private long lastReceived;
    private long lastSent;
    private long lastMillis;
    private int seconds;

    TerminalView(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    @Override
    public void show(String event, Duration sinceStart, FleetSnapshot fleet) {
        String line = line(sinceStart, fleet);
        if (event.equals("ready")) {
            out.println(over(line) + "  (all connected)");
        } else if (event.equals("stopped")) {
            out.println(over(line) + "  (left)");
        } else if (interactive) {
            out.print(over(line));
        } else if (++seconds % QUIET_SECONDS == 0) {
            out.println(line);
        }
        out.flush();
    }

    private String over(String line) {
        return interactive ? "\r\u001B[K" + line : line;
    }

    private String line(Duration sinceStart, FleetSnapshot fleet) {
        long millis = sinceStart.toMillis();
        double passed = Math.max(1, millis - lastMillis) / 1000.0;
        double in = (fleet.bytesReceived() - lastReceived) / passed;
        double out = (fleet.bytesSent() - lastSent) / passed;
        lastMillis = millis;
        lastReceived = fleet.bytesReceived();
        lastSent = fleet.bytesSent();
        return String.format(
                Locale.ROOT,
                "%4d s  %d of %d connected, %d connecting, %d pausing; %d channels,"
                        + " %.1f kB/s in, %.1f kB/s out%s",
                sinceStart.toSeconds(),
                fleet.connected(),
                fleet.devices(),
                fleet.connecting(),
                fleet.pausing(),
                fleet.channels(),
                in / 1000,
                out / 1000,
                ends(fleet.ends()));
    }

    private static String ends(Map<TunnelEnd, Long> ends) {
        return ends.isEmpty()
                ? ""
                : ends.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(end -> end.getValue() + " " + end.getKey().label())
                        .collect(Collectors.joining(", ", "; ended: ", ""));
    }
}
