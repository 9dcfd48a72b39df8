package org.outpost.it.support;

import org.outpost.testkit.process.OutpostConfig;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that can be started, stopped and started again on the same folder and ports. Its device
 * password is {@link #PASSWORD} for the user {@link #USER}.
 */
public final class ServerSetup {
    /** The user name of all devices. */
    public static final String USER = "device-user";

    /** The password of all devices. */
    public static final String PASSWORD = "D3vice-Passw0rd";

    private static final String LEAK_DETECTION =
            "-Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.targetRecords=16";

    private final Path folder;
    private final OutpostConfig config;
    private final int managementPort;
    private final AtomicInteger starts = new AtomicInteger();
    private final List<String> flags = new ArrayList<>();
    private String javaOptions = LEAK_DETECTION;

    private ServerSetup(Path folder) {
        this.folder = folder;
        this.config = new OutpostConfig(folder).device(USER, PASSWORD);
        this.managementPort = config.freePort();
        config.with("management: { port: %d }".formatted(managementPort));
    }

    /**
     * A server whose files lie in this folder, with leak detection paranoid and, unless its
     * configuration says otherwise, one listener with modern TLS.
     */
    public static ServerSetup in(Path folder) {
        return new ServerSetup(folder);
    }

    /** The configuration, to be changed before {@link #start()}. */
    public OutpostConfig config() {
        return config;
    }

    /** Takes a line at the end of the configuration file. */
    public ServerSetup with(String yaml) {
        config.with(yaml);
        return this;
    }

    /** Takes a setting over the file, as the flag {@code --set}. */
    public ServerSetup set(String key, Object value) {
        flags.add("--set");
        flags.add(key + "=" + value);
        return this;
    }

    /** Takes a tunnel listener. */
    public ServerSetup listener(OutpostConfig.Tls tls) {
        config.listener(tls);
        return this;
    }

    /** Takes a tunnel listener with modern TLS and further keys. */
    public ServerSetup listener(String more) {
        config.listener(OutpostConfig.Tls.MODERN, more);
        return this;
    }

    /** Takes users and passwords for consoles, lines {@code user:password}. */
    public ServerSetup consoles(String... lines) {
        Path file = folder.resolve("consoles.passwd");
        try {
            Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config.consoleAuthenticator("{ type: password-file, file: %s }".formatted(file));
        return this;
    }

    /** Takes the users of the API as consoles, and nobody else. */
    public ServerSetup apiUsersAsConsoles() {
        config.consoleAuthenticator("{ type: users }");
        return this;
    }

    /** Measures instead of looking for leaks: detection costs more than what is measured. */
    public ServerSetup withoutLeakDetection() {
        javaOptions = "-Dio.netty.leakDetection.level=disabled";
        return this;
    }

    /** Gives the JVM an option, after all others. */
    public ServerSetup jvm(String option) {
        javaOptions += " " + option;
        return this;
    }

    /** The port of metrics and health. */
    public int managementPort() {
        return managementPort;
    }

    /** Starts the server and waits until it is ready. */
    public Server start() {
        return new Server(this, launch()).awaitReady();
    }

    /** Starts the server and does not wait for it. */
    public OutpostProcess launch() {
        Path file = config.write();
        List<String> command = new ArrayList<>();
        command.add(OutpostProcess.launcher().toString());
        command.addAll(List.of("serve", "--config", file.toString()));
        command.addAll(flags);
        Path log = folder.resolve("serve-%d.log".formatted(starts.incrementAndGet()));
        return OutpostProcess.start(log, Map.of("OUTPOST_JAVA_OPTS", javaOptions), command);
    }

    /** The IPv4 loopback address. */
    public static InetAddress loopback4() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    /** The IPv6 loopback address. */
    public static InetAddress loopback6() {
        return Inet6Address.ofLiteral("::1");
    }
}
