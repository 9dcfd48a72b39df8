package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The real curl as the console. */
@NeedsTool("curl")
final class CurlTest {
    private final ProxyBench bench = new ProxyBench();
    private final HttpDevice pc1 = bench.device("pc1.example.test");

    @BeforeEach
    void signIn() {
        bench.reopen(FakeSignIn.only("alice", "secret"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Command.Result curl(String user, String... words) {
        List<String> command = new ArrayList<>();
        Collections.addAll(command, "curl", "--silent", "--show-error", "--noproxy", "");
        Collections.addAll(command, "--proxy-user", user);
        Collections.addAll(command, "--proxy", "http://127.0.0.1:" + bench.address().getPort());
        Collections.addAll(command, words);
        return Command.of(command.toArray(String[]::new)).run();
    }

    @Test
    void getsPagesOneAfterTheOtherOnOneConnection() {
        String out =
                curl("alice:secret", "http://pc1.example.test/a", "http://pc1.example.test/b")
                        .succeeded()
                        .out();

        assertThat(out)
                .isEqualTo(
                        "pc1.example.test|GET /a HTTP/1.1|" + "pc1.example.test|GET /b HTTP/1.1|");
        assertThat(pc1.connections()).isEqualTo(1);
    }

    @Test
    void postsALargeBodyThatWaitsForLeave() {
        String body = "b".repeat(2_000_000);

        String out =
                Command.of(
                                "curl",
                                "--silent",
                                "--show-error",
                                "--noproxy",
                                "",
                                "--proxy-user",
                                "alice:secret",
                                "--proxy",
                                "http://127.0.0.1:" + bench.address().getPort(),
                                "--expect100-timeout",
                                "0.2",
                                "--header",
                                "Expect: 100-continue",
                                "--data-binary",
                                "@-",
                                "http://pc1.example.test/wsman")
                        .fedWith(body)
                        .run()
                        .succeeded()
                        .out();

        assertThat(out).isEqualTo("pc1.example.test|POST /wsman HTTP/1.1|" + body);
    }

    @Test
    void tunnelsThroughConnect() {
        String out =
                curl("alice:secret", "--proxytunnel", "http://pc1.example.test:16992/t")
                        .succeeded()
                        .out();

        assertThat(out).isEqualTo("pc1.example.test|GET /t HTTP/1.1|");
    }

    @Test
    void isToldAboutAWrongPassword() {
        String format = "%{http_code} %{http_connect}";

        assertThat(
                        curl(
                                        "alice:wrong",
                                        "--output",
                                        "/dev/null",
                                        "-w",
                                        format,
                                        "http://pc1.example.test/")
                                .succeeded()
                                .out())
                .startsWith("407");
        Command.Result tunnel =
                curl(
                        "alice:wrong",
                        "--proxytunnel",
                        "-w",
                        format,
                        "http://pc1.example.test:16992/");
        assertThat(tunnel.exit()).isNotZero();
        assertThat(tunnel.out()).endsWith("407");
        assertThat(pc1.connections()).isZero();
    }

    @Test
    void showsTheReasonOfAFailure() {
        assertThat(curl("alice:secret", "http://nobody/").succeeded().out())
                .contains("No device that you may see is called nobody");
    }
}
