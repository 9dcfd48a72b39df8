package org.outpost.simulator;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.amt.AmtCredentials;
import org.outpost.simulator.amt.DeviceCertificates;
import org.outpost.simulator.amt.DeviceTls;
import org.outpost.simulator.amt.Nonces;
import org.outpost.simulator.device.DeviceServices;
import org.outpost.simulator.device.MpsCredentials;
import org.outpost.simulator.device.TunnelSettings;
import org.outpost.simulator.device.TunnelTls;
import org.outpost.simulator.fault.FaultPlan;
import org.outpost.simulator.fleet.Fleet;
import org.outpost.simulator.fleet.LanRange;
import org.outpost.simulator.impairment.Moods;
import org.outpost.simulator.wsman.model.AmtModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The command: reads its options, runs a fleet until it is told to stop, and cleans up. */
@Command(
        name = "outpost simulate",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Lets simulated Intel AMT devices call in to a Management Presence Server.",
            "",
            "Each device opens a tunnel, announces its ports and serves what consoles ask of them:"
                + " a web page and WS-Management on 16992 (TLS: 16993), redirection sessions and"
                + " plain streams for load on 16994 (TLS: 16995). Ctrl-C lets all of them say"
                + " good-bye.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost simulate --devices 25 --server localhost:4433 --moods demo",
            "  outpost simulate --devices 3 --seed branch --list",
            "  outpost simulate --devices 1000 --server localhost:4433 --ca ca.pem --user dev"
                    + " --password secret --churn 20 --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the fleet left in good order", "1:it could not run", "2:wrong usage"})
final class SimulateCommand implements Callable<Integer> {
    private static final Duration NONCE_LIFE = Duration.ofMinutes(30);
    private static final Duration LEAVING = Duration.ofSeconds(10);

    @Spec @Nullable CommandSpec spec;
    @Mixin ServerOptions server = new ServerOptions();
    @Mixin FleetOptions fleet = new FleetOptions();
    @Mixin DeviceOptions inside = new DeviceOptions();

    @Option(
            names = "--amt-user",
            paramLabel = "USER",
            defaultValue = "admin",
            description = "Who may sign in at the devices (default: ${DEFAULT-VALUE}).")
    String amtUser = "admin";

    @Option(
            names = "--amt-password",
            paramLabel = "PASSWORD",
            description = "His password. Made up for this run when not given.")
    @Nullable String amtPassword;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Leave after this time; 0 to stay until stopped (default:"
                            + " ${DEFAULT-VALUE}).")
    int duration;

    @Option(
            names = "--json",
            description = "Progress as JSON lines: ready once, progress every second, stopped.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(names = "--list", description = "Print the devices as JSON lines and connect nowhere.")
    boolean list;

    private final PrintStream out;
    private final PrintStream err;
    private final StopSignal stop;

    SimulateCommand(PrintStream out, PrintStream err, StopSignal stop) {
        this.out = out;
        this.err = err;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            fleet.check();
            inside.check(fleet.devices);
            if (amtUser.isEmpty() || amtUser.contains(":") || amtUser.length() > 16) {
                throw new IllegalArgumentException("--amt-user: 1 to 16 characters, no colon");
            }
            Moods moods = fleet.moods();
            if (list) {
                JsonLines lines = new JsonLines(out);
                FaultPlan faults = inside.faults();
                fleet.profiles()
                        .forEach(
                                device ->
                                        lines.device(
                                                device,
                                                moods.of(device.index()),
                                                faults.namesOf(device)));
                return 0;
            }
            return run(moods);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int run(Moods moods) throws InterruptedException {
        InetSocketAddress target = server.resolve();
        RandomSecret secrets = new RandomSecret();
        MpsCredentials credentials = server.credentials(secrets);
        AmtCredentials amt =
                new AmtCredentials(
                        amtUser, amtPassword == null ? secrets.strongPassword() : amtPassword);
        Optional<TunnelTls> tls = server.tls(target.getAddress(), moods);
        tellMadeUp(credentials, amt);
        try (ExecutorService handshakes =
                        Executors.newFixedThreadPool(
                                2, Thread.ofPlatform().daemon().name("device-tls-", 0).factory());
                DeviceTls deviceTls =
                        new DeviceTls(new DeviceCertificates(InstantSource.system()), handshakes);
                Fleet devices =
                        new Fleet(
                                fleet.settings(),
                                fleet.profiles(),
                                moods,
                                TunnelSettings.of(
                                        target,
                                        credentials,
                                        fleet.window,
                                        fleet.channels,
                                        fleet.reconnect()),
                                tls,
                                new DeviceServices(
                                        amt,
                                        new Nonces(InstantSource.system(), NONCE_LIFE),
                                        deviceTls,
                                        InstantSource.system(),
                                        fleet.requestsPerConnection,
                                        inside.controlMode(),
                                        inside.consent(),
                                        inside.faults(),
                                        AmtModel.catalog(),
                                        handshakes))) {
            listen(devices);
            stayAndLeave(devices);
        } finally {
            tls.ifPresent(TunnelTls::close);
        }
        return 0;
    }

    private void listen(Fleet devices) {
        Optional<LanRange> range = inside.lan(fleet.devices);
        if (range.isPresent()) {
            try {
                devices.listen(range.get());
            } catch (IOException e) {
                throw new IllegalArgumentException("--lan: " + e.getMessage(), e);
            }
        }
    }

    private void stayAndLeave(Fleet devices) throws InterruptedException {
        JsonLines lines = new JsonLines(out);
        ProgressReporter.View view =
                json
                        ? (event, time, state) -> lines.progress(event, time.toMillis(), state)
                        : new TerminalView(out, isTerminal());
        try (ProgressReporter reporter = new ProgressReporter(view, devices::snapshot)) {
            devices.start();
            reporter.start();
            stop.await(Duration.ofSeconds(duration));
            if (!devices.leave(LEAVING)) {
                err.println("Not all devices could say good-bye: the server does not read.");
            }
        }
    }

    @SuppressWarnings("SystemConsoleNull") // still allowed to be null
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void tellMadeUp(MpsCredentials credentials, AmtCredentials amt) {
        if (!server.madeUpCredentials() && amtPassword != null) {
            return;
        }
        if (json) {
            new JsonLines(out)
                    .credentials(
                            server.madeUpCredentials() ? credentials : null,
                            amtPassword == null ? amt : null);
            return;
        }
        if (server.madeUpCredentials()) {
            out.printf(
                    "The devices sign in as %s with password %s%n",
                    credentials.user(), credentials.password());
        }
        if (amtPassword == null) {
            out.printf(
                    "Sign in at the devices as %s with password %s%n", amt.user(), amt.password());
        }
        out.flush();
    }
}
