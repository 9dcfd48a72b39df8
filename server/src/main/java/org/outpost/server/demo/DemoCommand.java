package org.outpost.server.demo;

import org.jspecify.annotations.Nullable;
import org.outpost.server.command.CommandFailedException;
import org.outpost.server.command.DefaultDataDirectory;
import org.outpost.server.command.Reason;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code outpost demo}. */
@Command(
        name = "demo",
        description = {
            "Start a server on this machine with simulated devices that call in, and print what to"
                    + " try with them.",
            "",
            "All of it listens on loopback only, on the usual ports where they are free. The"
                + " simulated ways to the server differ: near and far, fast and slow, TLS 1.2 and"
                + " 1.3; one device keeps dropping out. Names and passwords stay the same from one"
                + " demo to the next. Ctrl-C ends it.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Folder for all that the demo writes. Default: data/demo of the installation.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "25",
            description = "How many devices, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Override
    public Integer call() {
        if (devices < 1 || devices > 10_000) {
            throw new ParameterException(spec.commandLine(), "--devices must be 1 to 10000");
        }
        StopSignal signal = new StopSignal(Demo.patience());
        signal.install();
        try {
            return run();
        } finally {
            signal.finish();
        }
    }

    private int run() {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Path.of(System.getProperty(DefaultDataDirectory.HOME, ""));
        try (DemoFolder folder =
                        DemoFolder.open(
                                dataDirectory == null ? home.resolve("data/demo") : dataDirectory);
                Demo demo = new Demo(Launcher.in(home), folder, out)) {
            demo.run(devices);
            return spec.exitCodeOnSuccess();
        } catch (InterruptedException _) {
            return spec.exitCodeOnSuccess();
        } catch (CommandFailedException e) {
            return failed(e.getMessage());
        } catch (IOException e) {
            return failed("the demo's files cannot be written: " + e + " (" + Reason.of(e) + ")");
        }
    }

    private int failed(@Nullable String reason) {
        // An interruption on the way is no failure.
        if (Thread.currentThread().isInterrupted()) {
            return spec.exitCodeOnSuccess();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println();
        err.println(spec.root().name() + ": " + reason);
        err.flush();
        return spec.exitCodeOnExecutionException();
    }
}
