package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Office;
import org.outpost.it.support.Terminal;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Debian's amtterm, which knows no proxies, led through the SOCKS door by proxychains: a person at
 * a terminal holds a Serial-over-LAN session.
 */
@NeedsTool({"amtterm", "proxychains4", "python3"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AmttermIT {
    private static final String QUIT = "\u001d"; // ^]
    private static final String CONNECTED = "serial-over-lan redirection ok";

    /** How it tells that somebody else has the session: it does not wait for the whole reply. */
    private static final String BUSY = "ERROR: EOF from socket";

    private Office office;
    private Path chain;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        office = new Office(folder, "term", "12.0");
        chain =
                Files.writeString(
                        folder.resolve("proxychains.conf"),
                        """
                        strict_chain
                        proxy_dns
                        remote_dns_subnet 224
                        tcp_read_time_out 15000
                        tcp_connect_time_out 8000
                        [ProxyList]
                        socks5 127.0.0.1 %d
                        """
                                .formatted(office.socksPort()));
    }

    @AfterAll
    void stop() {
        office.close();
    }

    private Terminal amtterm(String password, String... target) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "proxychains4",
                                "-q",
                                "-f",
                                chain.toString(),
                                "amtterm",
                                "-u",
                                Fleet.AMT_USER,
                                "-p",
                                password));
        words.addAll(List.of(target));
        return new Terminal(words.toArray(String[]::new));
    }

    /** A session; the one before may not have ended yet. */
    private Terminal session() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            Terminal terminal = amtterm(Fleet.AMT_PASSWORD, office.device().name());
                            if (terminal.expectAny(CONNECTED, BUSY).equals(CONNECTED)) {
                                return Optional.of(terminal);
                            }
                            terminal.close();
                            return Optional.<Terminal>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Who left a shell finds it again, as on any serial line. */
    private static void logIn(Terminal terminal) {
        if (terminal.expectAny("login: ", "# ").equals("login: ")) {
            terminal.type("root\r");
            terminal.expect("# ");
        }
    }

    private static void quit(Terminal terminal) {
        terminal.type(QUIT);
        terminal.expect("connection closed");
        assertThat(terminal.awaitEnd()).isZero();
    }

    /** What it shows when it does not come to a session. */
    private String failure(String password, String... target) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            try (Terminal terminal = amtterm(password, target)) {
                                terminal.expect("ERROR: ");
                                assertThat(terminal.awaitEnd()).isBetween(0, 1);
                                return terminal.text();
                            }
                        },
                        text -> !text.contains(BUSY));
    }

    @Test
    void aShellIsTypedInAndLeftWithTheEscapeKey() {
        String host = office.device().name().replaceFirst("\\..*", "");
        try (Terminal terminal = session()) {
            logIn(terminal);
            terminal.type("uname -a\r");
            terminal.expect("Linux " + host + " 6.12");
            terminal.type("exit\r");
            terminal.expect("logout");
            terminal.expect("Debian GNU/Linux 13 " + host + " ttyS0");
            terminal.expect(host + " login:");
            quit(terminal);
        }
    }

    @Test
    void aRestartIsWatchedAndItsBootMenuUsed() {
        try (Terminal terminal = session()) {
            logIn(terminal);
            terminal.type("reboot\r");
            terminal.expect("Restarting system");
            terminal.expect("Press F2 for Setup, F10 for the boot menu");

            terminal.type("\u001b0"); // F10 as PC-ANSI has it
            terminal.expect("Please select boot device");
            terminal.expect("Network: Intel(R) Ethernet");
            terminal.type("\u001b[F"); // End: the last line
            terminal.type("\r");
            terminal.expect("BIOS Setup");
            terminal.type("\u001b[21~"); // F10: save and exit
            terminal.expect("login:");
            quit(terminal);
        }
    }

    /** A device drops a console that lets three heartbeats, of five seconds each, go by. */
    @Test
    void aSessionIsHeldWhileNobodyTypes() {
        try (Terminal terminal = session()) {
            logIn(terminal);

            await().during(Duration.ofSeconds(21))
                    .atMost(Duration.ofSeconds(25))
                    .until(terminal::isAlive);

            terminal.type("pwd\r");
            terminal.expect("/root");
            quit(terminal);
        }
    }

    @Test
    void aSecondSessionIsTurnedAwayAndTheFirstLives() {
        try (Terminal first = session()) {
            logIn(first);

            try (Terminal second = amtterm(Fleet.AMT_PASSWORD, office.device().name())) {
                second.expect(BUSY);
                assertThat(second.text()).doesNotContain(CONNECTED);
            }

            first.type("pwd\r");
            first.expect("/root");
            quit(first);
        }
    }

    @Test
    void aWrongPasswordIsTold() {
        assertThat(failure("Wr0ng-Password!", office.device().name()))
                .contains("16994 open", "ERROR: session authentication failed")
                .doesNotContain(CONNECTED);
    }

    @Test
    void aPortThatIsNoneOfADevicesIsRefused() {
        assertThat(failure(Fleet.AMT_PASSWORD, office.device().name(), "16999"))
                .contains("16999 connect: Connection refused");
    }

    @Test
    void thePortOfAnotherProtocolIsTold() {
        assertThat(failure(Fleet.AMT_PASSWORD, office.device().name(), "16992"))
                .contains("ERROR: redir_data: unknown r->buf 0x48"); // the H of HTTP/1.1
    }

    @Test
    void aDeviceThatIsOfflineIsRefused() {
        assertThat(failure(Fleet.AMT_PASSWORD, office.gone().name()))
                .contains("16994 connect: Connection refused");
    }
}
