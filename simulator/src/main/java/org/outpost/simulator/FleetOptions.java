package org.outpost.simulator;

import org.outpost.simulator.amt.AmtHttpInitializer;
import org.outpost.simulator.device.ReconnectPolicy;
import org.outpost.simulator.device.TunnelSettings;
import org.outpost.simulator.fleet.FleetSettings;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.identity.Population;
import org.outpost.simulator.impairment.Moods;

import picocli.CommandLine.Option;

import java.util.List;

/** Options about the devices. */
final class FleetOptions {
    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many devices (default: ${DEFAULT-VALUE}).")
    int devices = 1;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of the first device: several processes can share a seed"
                            + " (default: ${DEFAULT-VALUE}).")
    int first = 1;

    @Option(
            names = "--seed",
            paramLabel = "TEXT",
            defaultValue = "outpost",
            description = "The same seed makes the same devices (default: ${DEFAULT-VALUE}).")
    String seed = "outpost";

    @Option(
            names = "--name-prefix",
            paramLabel = "TEXT",
            defaultValue = Population.DEFAULT_PREFIX,
            description = "First part of the host names (default: ${DEFAULT-VALUE}).")
    String prefix = Population.DEFAULT_PREFIX;

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            defaultValue = Population.DEFAULT_DOMAIN,
            description = "Domain of the host names (default: ${DEFAULT-VALUE}).")
    String domain = Population.DEFAULT_DOMAIN;

    @Option(
            names = "--generations",
            paramLabel = "VERSIONS",
            defaultValue = "all",
            description =
                    "Firmware generations with commas between, dealt out in turn: 11.8, 12.0, 14.1,"
                            + " 15.0, or without plain ports 16.1, 18.0, 19.0; all are these seven."
                            + " 6.2, without KVM and with TLS 1.0, must be named (default:"
                            + " ${DEFAULT-VALUE}).")
    String generations = "all";

    @Option(
            names = "--moods",
            paramLabel = "NAMES",
            defaultValue = "none",
            description =
                    "How the way to the server is: none, demo (a mixture of 25), or names with"
                        + " commas between, dealt out in turn: calm, tls-1.2, tls-1.3, legacy, far,"
                        + " slow, mobile, stalling, dropping, vanishing (default:"
                        + " ${DEFAULT-VALUE}).")
    String moods = "none";

    @Option(
            names = "--connect-rate",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Devices that call in per second at first; 0 for no limit"
                            + " (default: ${DEFAULT-VALUE}).")
    int connectRate = 100;

    @Option(
            names = "--churn",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Devices per second that leave, half of them with a reset, and come back"
                            + " at once (default: ${DEFAULT-VALUE}).")
    int churn;

    @Option(
            names = "--reconnect-scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description =
                    "Multiplies the pauses before a device calls again: firmware tries after 5 s,"
                            + " after 10 s more, then after 15 min (default: ${DEFAULT-VALUE}).")
    double reconnectScale = 1;

    @Option(
            names = "--window",
            paramLabel = "BYTES",
            defaultValue = "" + TunnelSettings.FIRMWARE_WINDOW,
            description =
                    "Receive window of a channel. The default, ${DEFAULT-VALUE}, is refilled"
                            + " in small odd amounts as by firmware; take 65536 or more for load.")
    int window = TunnelSettings.FIRMWARE_WINDOW;

    @Option(
            names = "--channels",
            paramLabel = "N",
            defaultValue = "8",
            description = "Channels of one device at once (default: ${DEFAULT-VALUE}).")
    int channels = 8;

    @Option(
            names = "--requests-per-connection",
            paramLabel = "N",
            defaultValue = "" + AmtHttpInitializer.DEFAULT_REQUESTS,
            description =
                    "HTTP requests before a device closes the connection"
                            + " (default: ${DEFAULT-VALUE}).")
    int requestsPerConnection = AmtHttpInitializer.DEFAULT_REQUESTS;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Event loops (default: ${DEFAULT-VALUE}).")
    int threads = 2;

    /**
     * Checks what picocli does not.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    void check() {
        atLeast(1, devices, "--devices");
        atLeast(1, first, "--first");
        atLeast(0, connectRate, "--connect-rate");
        atLeast(0, churn, "--churn");
        atLeast(1, window, "--window");
        atLeast(1, channels, "--channels");
        atLeast(1, requestsPerConnection, "--requests-per-connection");
        atLeast(1, threads, "--threads");
        if (!(reconnectScale > 0 && reconnectScale <= 1000)) {
            throw new IllegalArgumentException("--reconnect-scale is above 0, at most 1000");
        }
        if (!prefix.matches("[A-Za-z][A-Za-z0-9-]{0,40}")) {
            throw new IllegalArgumentException(
                    "--name-prefix: letters, digits and hyphens, a letter first");
        }
        if (!domain.isEmpty() && !domain.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException("--domain: letters, digits, hyphens and dots");
        }
    }

    private static void atLeast(int least, int value, String option) {
        if (value < least) {
            throw new IllegalArgumentException(option + " is at least " + least + ": " + value);
        }
    }

    Moods moods() {
        try {
            return Moods.parse(moods);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--moods: " + e.getMessage(), e);
        }
    }

    List<DeviceProfile> profiles() {
        return new Population(seed, prefix, domain, generations()).devices(first, devices).toList();
    }

    private List<Generation> generations() {
        try {
            return Generation.parse(generations);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--generations: " + e.getMessage(), e);
        }
    }

    ReconnectPolicy reconnect() {
        return ReconnectPolicy.FIRMWARE.scaled(reconnectScale);
    }

    FleetSettings settings() {
        return new FleetSettings(connectRate, FleetSettings.USUAL_CALLS_IN_FLIGHT, churn, threads);
    }
}
