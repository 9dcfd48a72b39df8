package org.outpost.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a server's configuration file with the keys users know, on free ports, beside its data
 * folder and its password file. By default: one tunnel listener with modern TLS, device passwords
 * from a file, any console accepted on loopback.
 */
public final class OutpostConfig {
    private final Path folder;
    private final List<String> listeners = new ArrayList<>();
    private final List<String> extra = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final List<Integer> tunnelPorts = new ArrayList<>();
    private final FreePorts ports = new FreePorts();
    private final int httpProxyPort = ports.next();
    private final int socksPort = ports.next();
    private final int webPort = ports.next();
    private String deviceAuthenticator;
    private String consoleAuthenticator = "{ type: insecure-accept-any }";
    private String limits =
            "{ tunnels: 20000, new-connections-per-address-per-second: 0,"
                    + " handshakes-in-flight: 2000 }";

    /** A configuration whose files lie in this folder, which exists. */
    public OutpostConfig(Path folder) {
        this.folder = folder;
        this.deviceAuthenticator = "{ type: password-file, file: %s }".formatted(passwordFile());
    }

    /** TLS of a tunnel listener. */
    public enum Tls {
        /** TLS 1.2 and 1.3. */
        MODERN,
        /** What old firmware needs too. */
        LEGACY,
        /** Plain TCP. */
        NONE
    }

    /** Adds a tunnel listener on a free port. Without any, there is one with modern TLS. */
    public OutpostConfig listener(Tls tls) {
        return listener("tls: " + tls.name().toLowerCase(Locale.ROOT));
    }

    /** Adds a tunnel listener on a free port with these keys, {@code tls: …, address: …}. */
    public OutpostConfig listener(String keys) {
        int port = ports.next();
        tunnelPorts.add(port);
        listeners.add("{ port: %d, %s }".formatted(port, keys));
        return this;
    }

    /**
     * Adds a tunnel listener on a free port with further keys.
     *
     * @param more YAML such as {@code "authority: rsa-3072"}
     */
    public OutpostConfig listener(Tls tls, String more) {
        listener(tls);
        String plain = listeners.removeLast();
        listeners.add(plain.substring(0, plain.length() - 2) + ", " + more + " }");
        return this;
    }

    /** Adds a line to the password file. */
    public OutpostConfig device(String user, String password) {
        devices.add(user + ":" + password);
        return this;
    }

    /** Takes another authenticator for devices, in YAML, for example {@code { type: … }}. */
    public OutpostConfig deviceAuthenticator(String yaml) {
        deviceAuthenticator = yaml;
        return this;
    }

    /** Takes another authenticator for consoles, in YAML. */
    public OutpostConfig consoleAuthenticator(String yaml) {
        consoleAuthenticator = yaml;
        return this;
    }

    /** Sets the tunnel limits; 0 means no limit. */
    public OutpostConfig limits(int tunnels, int newPerAddressPerSecond, int handshakes) {
        limits =
                "{ tunnels: %d, new-connections-per-address-per-second: %d, handshakes-in-flight: %d }"
                        .formatted(tunnels, newPerAddressPerSecond, handshakes);
        return this;
    }

    /** Adds lines as they are to the end of the file. */
    public OutpostConfig with(String yaml) {
        extra.add(yaml);
        return this;
    }

    /** A port of its own for whatever {@link #with} needs. */
    public int freePort() {
        return ports.next();
    }

    /** Writes the file and the password file; returns the former. */
    public Path write() {
        if (listeners.isEmpty()) {
            listener(Tls.MODERN);
        }
        try {
            Files.write(passwordFile(), devices);
            return Files.writeString(file(), yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String yaml() {
        StringBuilder text = new StringBuilder(512);
        text.append("data-dir: ").append(dataDir()).append('\n');
        text.append("tunnel:\n  listeners:\n");
        listeners.forEach(listener -> text.append("    - ").append(listener).append('\n'));
        text.append("  authenticators:\n    - ").append(deviceAuthenticator).append('\n');
        text.append("  limits: ").append(limits).append('\n');
        text.append("console:\n  authenticators:\n    - ").append(consoleAuthenticator);
        text.append("\nhttp-proxy: { port: ").append(httpProxyPort).append(" }\n");
        text.append("socks: { port: ").append(socksPort).append(" }\n");
        text.append("web: { port: ").append(webPort).append(" }\n");
        extra.forEach(lines -> text.append(lines).append('\n'));
        return text.toString();
    }

    /** The configuration file, {@code outpost.yaml}. */
    public Path file() {
        return folder.resolve("outpost.yaml");
    }

    /** The server's data folder; the server makes it. */
    public Path dataDir() {
        return folder.resolve("data");
    }

    /** The file of device passwords. */
    public Path passwordFile() {
        return folder.resolve("devices.passwd");
    }

    /**
     * The first tunnel listener's port.
     *
     * @throws IllegalStateException before {@link #write} if no listener was added
     */
    public int tunnelPort() {
        return tunnelPorts().getFirst();
    }

    /** The tunnel listeners' ports, in the order they were added. */
    public List<Integer> tunnelPorts() {
        if (tunnelPorts.isEmpty()) {
            throw new IllegalStateException("no listener yet");
        }
        return List.copyOf(tunnelPorts);
    }

    /** The HTTP proxy's port. */
    public int httpProxyPort() {
        return httpProxyPort;
    }

    /** The SOCKS door's port. */
    public int socksPort() {
        return socksPort;
    }

    /** The web pages' and API's port. */
    public int webPort() {
        return webPort;
    }

    /** All ports the server listens on once it is up, as far as this class knows. */
    public List<Integer> allPorts() {
        List<Integer> all = new ArrayList<>(tunnelPorts());
        all.addAll(List.of(httpProxyPort, socksPort, webPort));
        return all;
    }
}
