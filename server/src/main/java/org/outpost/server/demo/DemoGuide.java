package org.outpost.server.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What to try with a running demo. Every command stands on a line of its own after two spaces and a
 * dollar sign, and works in any shell, in any folder.
 */
final class DemoGuide {
    private static final int HTTP = 16992;
    private static final int HTTPS = 16993;

    /** The best ways first: what is tried should answer at once. */
    private static final List<String> MOODS =
            List.of("calm", "tls-1.3", "tls-1.2", "far", "mobile", "slow");

    private final Path launcher;
    private final DemoFolder folder;
    private final DemoPorts ports;
    private final List<SimulatedDevice> devices;

    /** A paragraph: what it is about, and the commands. */
    private record Section(String title, List<ShellCommand> commands) {}

    /**
     * A guide.
     *
     * @param launcher the program {@code outpost}
     * @param folder the demo's files
     * @param ports where the server listens
     * @param devices those that are connected
     */
    DemoGuide(Path launcher, DemoFolder folder, DemoPorts ports, List<SimulatedDevice> devices) {
        this.launcher = launcher;
        this.folder = folder;
        this.ports = ports;
        this.devices = List.copyOf(devices);
    }

    void print(PrintWriter out) {
        for (Section section : sections()) {
            out.println();
            out.println(section.title());
            section.commands().forEach(command -> out.println("  $ " + command));
        }
        out.flush();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        best(device -> device.serves(HTTP)).ifPresent(device -> plain(sections, device));
        best(device -> !device.serves(HTTP) && device.serves(HTTPS))
                .or(() -> best(device -> device.serves(HTTPS)))
                .ifPresent(device -> secured(sections, device));
        commands(sections);
        sections.add(
                new Section(
                        "How the server is doing, for Prometheus and for a load balancer:",
                        List.of(management("/metrics"), management("/health/ready"))));
        return sections;
    }

    private void plain(List<Section> sections, SimulatedDevice device) {
        String page = "http://" + device.name() + "/logon.htm";
        // Through SOCKS nobody knows that this is HTTP, so the port has to be said.
        String socksPage = "http://" + device.name() + ":" + HTTP + "/logon.htm";
        String wsman = "http://" + device.name() + "/wsman";
        String socksWsman = "http://" + device.name() + ":" + HTTP + "/wsman";
        sections.add(
                new Section(
                        "The web page of " + described(device) + ", by HTTP proxy and by SOCKS:",
                        List.of(throughProxy().and(page), throughSocks().and(socksPage))));
        sections.add(
                new Section(
                        "The page behind its sign-in (the password is in " + folder.netrc() + "):",
                        List.of(
                                throughProxy()
                                        .and("--digest", "--netrc-file", folder.netrc())
                                        .and("http://" + device.name() + "/index.htm"))));
        sections.add(
                new Section(
                        "WS-Management, which product are you (Identify):",
                        List.of(
                                identify(throughProxy()).and(wsman),
                                identify(throughSocks()).and(socksWsman))));
    }

    private void secured(List<Section> sections, SimulatedDevice device) {
        String page = "https://" + device.name() + ":" + HTTPS + "/logon.htm";
        sections.add(
                new Section(
                        "The same over the TLS of "
                                + described(device)
                                + ", which the proxy only passes on (CONNECT):",
                        List.of(throughProxy().and("-k", page), throughSocks().and("-k", page))));
    }

    private void commands(List<Section> sections) {
        List<ShellCommand> commands = new ArrayList<>();
        commands.add(outpost("device", "list"));
        best(_ -> true).ifPresent(device -> commands.add(outpost("device", "show", device.name())));
        commands.add(outpost("tunnel", "list"));
        sections.add(new Section("What the server knows of its devices:", commands));
    }

    private static String described(SimulatedDevice device) {
        return device.name() + " (AMT " + device.generation() + ")";
    }

    private ShellCommand throughProxy() {
        return ShellCommand.of("curl", "--proxy", "http://127.0.0.1:" + ports.httpProxy());
    }

    private ShellCommand throughSocks() {
        return ShellCommand.of("curl", "--socks5-hostname", "127.0.0.1:" + ports.socks());
    }

    private ShellCommand identify(ShellCommand curl) {
        return curl.and("--digest", "--netrc-file", folder.netrc())
                .and("-H", "Content-Type: application/soap+xml;charset=UTF-8")
                .and("--data-binary", "@" + folder.identify());
    }

    private ShellCommand outpost(String... words) {
        return ShellCommand.of(launcher).and((Object[]) words).and("--data-dir", folder.path());
    }

    // Not through a proxy that the user's environment may name: it could not reach this machine.
    private ShellCommand management(String path) {
        return ShellCommand.of("curl", "--noproxy", "*")
                .and("http://127.0.0.1:" + ports.management() + path);
    }

    private Optional<SimulatedDevice> best(Predicate<SimulatedDevice> wanted) {
        return MOODS.stream()
                .flatMap(
                        mood ->
                                devices.stream()
                                        .filter(device -> device.mood().equals(mood))
                                        .filter(wanted))
                .findFirst()
                .or(() -> devices.stream().filter(wanted).findFirst());
    }
}
