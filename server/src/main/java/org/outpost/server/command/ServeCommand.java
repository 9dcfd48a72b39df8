package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Addresses;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.datadir.FirstAdminFile;
import org.outpost.server.logging.LogSetup;
import org.outpost.server.notification.ConfigurationSource;
import org.outpost.server.serve.OpenDoor;
import org.outpost.server.serve.OutpostServer;
import org.outpost.server.serve.StartFailedException;
import org.outpost.server.service.ServiceManager;
import org.outpost.server.service.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code outpost serve}: runs the server in the foreground until SIGTERM or Ctrl-C. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Run the server in the foreground. SIGTERM or Ctrl-C ends it in good order, with"
                        + " exit code 0.")
public final class ServeCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin private final ConfigurationOptions options = new ConfigurationOptions();
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        ConfigurationSource source =
                ConfigurationSource.of(options.file().orElse(null), options::load);
        Effective<Configuration> effective = options.load();
        Configuration configuration = effective.settings();
        if (options.file().isEmpty()) {
            out().println(
                            "No configuration file was given, so these are safe defaults: "
                                    + doors(configuration)
                                    + ", data is in "
                                    + configuration.dataDir()
                                    + ". See all with: outpost config show");
            out().flush();
        }
        LogSetup.apply(configuration.logging());
        effective
                .ignored()
                .forEach(
                        variable ->
                                log.atWarn()
                                        .addKeyValue("variable", variable)
                                        .log(
                                                "an environment variable names no key of the"
                                                        + " configuration; ignored"));
        log.atInfo().addKeyValue("version", VersionCommand.version()).log("starting");
        OutpostServer server = new OutpostServer(effective, source);
        ServiceManager manager = ServiceManager.ofThisProcess();
        // Before the start: a signal may come as soon as somebody can see the process.
        Thread hook = new Thread(() -> stop(server, manager), "outpost-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<OpenDoor> doors = server.start();
            announce(doors, configuration);
            manager.ready("%d doors are open".formatted(doors.size()));
        } catch (StartFailedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            log.atDebug().setCause(e).log("start failed");
            log.atError().addKeyValue("reason", e.getMessage()).log("the server cannot start");
            err().println("outpost: cannot start: " + e.getMessage());
            err().flush();
            manager.status("cannot start: " + e.getMessage());
            manager.close();
            return 1;
        }
        try (Watchdog _ = new Watchdog(manager, server::beat)) {
            // The hook ends the process; until then there is nothing to do here.
            new CountDownLatch(1).await();
        }
        return 0;
    }

    /** Variables and flags may have opened them further, even without a file. */
    private static String doors(Configuration configuration) {
        Addresses addresses = new Addresses();
        boolean loopback =
                Stream.of(
                                configuration.httpProxy().address(),
                                configuration.socks().address(),
                                configuration.web().address())
                        .flatMap(written -> addresses.forConsoles(written, configuration).stream())
                        .allMatch(InetAddress::isLoopbackAddress);
        return loopback
                ? "doors for consoles listen on loopback only"
                : "doors for consoles listen on loopback, except where an address is written";
    }

    private void announce(List<OpenDoor> doors, Configuration configuration) {
        out().println("Outpost is ready.");
        doors.forEach(door -> out().println("  " + door));
        firstPassword(configuration);
        out().flush();
        log.atInfo().addKeyValue("doors", doors).log("ready");
    }

    /** To a terminal alone: what is piped ends up in a log. */
    private void firstPassword(Configuration configuration) {
        if (PasswordPrompt.terminal() == null) {
            return;
        }
        FirstAdminFile file = new FirstAdminFile(configuration.dataDir());
        file.password()
                .ifPresent(
                        password ->
                                out().println(
                                                "  sign in as "
                                                        + FirstAdminFile.USER
                                                        + " with the password "
                                                        + password
                                                        + " (also in "
                                                        + file.path()
                                                        + "), and change it"));
    }

    /** After a signal the JVM would exit with 128 + its number; an end in good order is 0. */
    private static void stop(OutpostServer server, ServiceManager manager) {
        manager.stopping();
        server.stop();
        manager.close();
        Runtime.getRuntime().halt(0);
    }

    private PrintWriter out() {
        return line().getOut();
    }

    private PrintWriter err() {
        return line().getErr();
    }

    private picocli.CommandLine line() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return known.commandLine();
    }
}
