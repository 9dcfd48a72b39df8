package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

class DemoGuideTest {
    private static final DemoPorts PORTS = new DemoPorts(1, 2, 3, 4, 5);

    @TempDir private Path home;

    private List<String> commands(SimulatedDevice... devices) throws Exception {
        StringWriter text = new StringWriter();
        try (DemoFolder folder = DemoFolder.open(home.resolve("de mo"))) {
            new DemoGuide(home.resolve("outpost"), folder, PORTS, List.of(devices))
                    .print(new PrintWriter(text));
        }
        return text.toString()
                .lines()
                .filter(line -> line.startsWith("  $ "))
                .map(line -> line.substring(4))
                .toList();
    }

    private static SimulatedDevice device(String name, String mood, Integer... ports) {
        return new SimulatedDevice(name, name, "1.0", mood, List.of(ports));
    }

    @Test
    void namesDevicesThatHaveThePortsAndAnswerAtOnce() throws Exception {
        String folder = home + "/de mo";

        assertThat(
                        commands(
                                device("slow", "slow", 16992, 16993),
                                device("plain", "calm", 16992, 16993),
                                device("new", "tls-1.3", 16993)))
                .containsExactly(
                        "curl --proxy http://127.0.0.1:2 http://plain/logon.htm",
                        "curl --socks5-hostname 127.0.0.1:3 http://plain:16992/logon.htm",
                        "curl --proxy http://127.0.0.1:2 --digest --netrc-file '"
                                + folder
                                + "/amt.netrc' http://plain/index.htm",
                        "curl --proxy http://127.0.0.1:2 --digest --netrc-file '"
                                + folder
                                + "/amt.netrc' -H 'Content-Type:"
                                + " application/soap+xml;charset=UTF-8' --data-binary '@"
                                + folder
                                + "/identify.xml' http://plain/wsman",
                        "curl --socks5-hostname 127.0.0.1:3 --digest --netrc-file '"
                                + folder
                                + "/amt.netrc' -H 'Content-Type:"
                                + " application/soap+xml;charset=UTF-8' --data-binary '@"
                                + folder
                                + "/identify.xml' http://plain:16992/wsman",
                        "curl --proxy http://127.0.0.1:2 -k https://new:16993/logon.htm",
                        "curl --socks5-hostname 127.0.0.1:3 -k https://new:16993/logon.htm",
                        home + "/outpost device list --data-dir '" + folder + "'",
                        home + "/outpost device show plain --data-dir '" + folder + "'",
                        home + "/outpost tunnel list --data-dir '" + folder + "'",
                        "curl --noproxy '*' http://127.0.0.1:5/metrics",
                        "curl --noproxy '*' http://127.0.0.1:5/health/ready");
    }

    @Test
    void leavesOutWhatNoDeviceCanShow() throws Exception {
        assertThat(commands(device("new", "dropping", 16993)))
                .noneMatch(command -> command.contains("http://new/"))
                .anyMatch(command -> command.contains("-k https://new:16993/"));
    }

    @Test
    void takesOneDeviceForBothWhenThereIsNoOther() throws Exception {
        assertThat(commands(device("pc", "far", 16992, 16993)))
                .anyMatch(command -> command.endsWith(" http://pc/logon.htm"))
                .anyMatch(command -> command.endsWith(" -k https://pc:16993/logon.htm"));
    }
}
