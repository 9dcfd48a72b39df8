package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.configuration.binding.Problem;
import org.outpost.server.trust.ResponderUrl;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the settings and checks what must fit together. */
public final class ConfigurationLoader {
    private final ConfigurationReader reader;

    /**
     * Prepares to read.
     *
     * @param home the folder of the installation, which default paths are relative to
     * @param workingFolder the folder that the program was started in
     */
    public ConfigurationLoader(Path home, Path workingFolder) {
        this.reader = new ConfigurationReader(home, workingFolder);
    }

    /**
     * Reads the file, the environment and the flags, the later over the earlier.
     *
     * @throws ConfigurationException with all that is wrong
     */
    public Effective<Configuration> load(
            Optional<Path> file, Map<String, String> environment, List<String> flags)
            throws ConfigurationException {
        Effective<Configuration> effective =
                reader.read(Configuration.class, file, loopbackDoors(), environment, flags);
        List<Problem> problems = new Checks(effective).run();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return effective;
    }

    /** Without a file nobody has decided yet who may reach this server from elsewhere. */
    private static Map<String, String> loopbackDoors() {
        String loopback =
                new Addresses()
                        .loopback().stream()
                                .map(address -> '"' + address.getHostAddress() + '"')
                                .collect(Collectors.joining(", ", "[", "]"));
        return Map.of(
                "http-proxy.address", loopback, "socks.address", loopback, "web.address", loopback);
    }

    /** What no single key can tell. */
    private static final class Checks {
        private final Effective<Configuration> effective;
        private final Configuration configuration;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Listener> listeners = new ArrayList<>();

        Checks(Effective<Configuration> effective) {
            this.effective = effective;
            this.configuration = effective.settings();
        }

        private static final String ASK =
                "; write \"client-certificate: optional\" or required beside it";

        private record Listener(String path, int port, List<InetAddress> addresses) {
            boolean collidesWith(Listener other) {
                return port != 0
                        && port == other.port
                        && (isEverywhere()
                                || other.isEverywhere()
                                || addresses.stream().anyMatch(other.addresses::contains));
            }

            boolean isEverywhere() {
                return addresses.isEmpty()
                        || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress);
            }
        }

        List<Problem> run() {
            List<TunnelListener> tunnels = configuration.tunnel().listeners();
            if (tunnels.isEmpty()) {
                note(
                        "tunnel.listeners",
                        "is empty, so no device could call in; write at least one");
            }
            for (int i = 0; i < tunnels.size(); i++) {
                listener("tunnel.listeners[" + i + "]", tunnels.get(i));
            }
            console("http-proxy", configuration.httpProxy());
            console("socks", configuration.socks());
            WebSettings web = configuration.web();
            pair("web", web.certificate(), web.key());
            distinct(new Listener("web", web.port(), web.address()));
            ManagementSettings management = configuration.management();
            if (management.port() != null) {
                distinct(new Listener("management", management.port(), management.address()));
            }
            configuration.logging().levels().forEach(this::logger);
            new StartChecks(configuration, this::note).run();
            return problems;
        }

        private void logger(String name, LogLevel level) {
            LoggerRules.objection(name, level)
                    .ifPresent(objection -> note("logging.levels." + name, objection));
        }

        private void listener(String path, TunnelListener listener) {
            distinct(new Listener(path, listener.port(), new Addresses().forDevices(listener)));
            files(path, listener.tls(), listener.certificate(), listener.key());
            clients(path, listener.tls(), listener);
            new BehindOthers(this::note).check(path, listener);
        }

        private void console(String path, ConsoleDoor door) {
            if (!door.enabled()) {
                return;
            }
            distinct(new Listener(path, door.port(), door.address()));
            files(path, door.tls(), door.certificate(), door.key());
            if (door.tls() == TlsProfile.LEGACY) {
                note(path + ".tls", "\"legacy\" is for devices only; write modern or none");
            }
            new BehindOthers(this::note).check(path, door.proxyProtocol());
            clients(path, door.tls(), door);
            if (door.clientCertificate() != ClientCertificate.NONE && door.clientCa() == null) {
                note(
                        path + ".client-certificate",
                        "needs to know whose certificates are good; write \"client-ca: FILE\""
                                + " beside it");
            }
        }

        private void clients(String path, TlsProfile tls, ClientCertificateRules rules) {
            boolean asked = rules.clientCertificate() != ClientCertificate.NONE;
            if (asked && tls == TlsProfile.NONE) {
                note(path + ".client-certificate", "needs TLS; write \"tls: modern\" beside it");
            }
            if (!asked && !rules.crl().isEmpty()) {
                note(path + ".crl", "is of no use while no client certificate is asked for" + ASK);
            }
            if (!asked && rules.ocsp() != OcspMode.OFF) {
                note(path + ".ocsp", "is of no use while no client certificate is asked for" + ASK);
            }
            if (rules.ocsp() == OcspMode.OFF && rules.ocspUrl() != null) {
                note(path + ".ocsp-url", "is of no use; write \"ocsp: soft\" or hard beside it");
            }
            String url = rules.ocspUrl();
            if (url != null && !ResponderUrl.isAskable(url)) {
                note(
                        path + ".ocsp-url",
                        "is no URL of a responder; write one such as http://ocsp.example.com/");
            }
        }

        private void files(
                String path, TlsProfile tls, @Nullable Path certificate, @Nullable Path key) {
            pair(path, certificate, key);
            if (tls == TlsProfile.NONE && certificate != null) {
                note(path + ".certificate", "is of no use without TLS; write \"tls: modern\"");
            }
        }

        private void pair(String path, @Nullable Path certificate, @Nullable Path key) {
            if (certificate != null && key == null) {
                note(path + ".certificate", "needs its key; write \"key: FILE\" beside it");
            }
            if (certificate == null && key != null) {
                note(path + ".key", "needs its certificate; write \"certificate: FILE\" beside it");
            }
        }

        private void distinct(Listener listener) {
            for (Listener other : listeners) {
                if (listener.collidesWith(other)) {
                    note(
                            listener.path() + ".port",
                            listener.port()
                                    + " is the port of "
                                    + other.path()
                                    + " too; write another");
                }
            }
            listeners.add(listener);
        }

        private void note(String path, String reason) {
            problems.add(new Problem(effective.origin(path), path, reason));
        }
    }
}
