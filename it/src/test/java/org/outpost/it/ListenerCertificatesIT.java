package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostConfig.Tls;
import org.outpost.testkit.process.OutpostProcess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What {@code openssl s_client} is shown by listeners with chains of their own. */
@NeedsTool("openssl")
final class ListenerCertificatesIT {
    private static final String WITHOUT_BORINGSSL = "-Dio.netty.handler.ssl.noOpenSsl=true";

    @TempDir private Path folder;

    @Test
    void eachListenerShowsItsOwnChainAndName() throws Exception {
        try (Server server =
                ServerSetup.in(folder)
                        .listener("authority: rsa-2048, name: old.example.com")
                        .listener("authority: rsa-3072, name: new.example.com, names: [10.1.2.3]")
                        .start()) {
            shows(server, 0, "ca.crt", "old.example.com", "2048 bit", "sha256With");
            shows(server, 1, "ca-rsa3072.crt", "new.example.com", "3072 bit", "sha384With");
            assertThat(verify(server, 1, "ca.crt", "new.example.com").exit()).isNotZero();
            byte[] root = Files.readAllBytes(server.dataDir().resolve("ca-rsa3072.crt"));
            server.stopCleanly(ServerSetup.PASSWORD);

            assertThat(Files.readAllBytes(server.dataDir().resolve("ca-rsa3072.crt")))
                    .isEqualTo(root);
        }
    }

    private static void shows(
            Server server, int listener, String root, String name, String key, String signature) {
        Command.Result shown = verify(server, listener, root, name).succeeded();
        assertThat(shown.out())
                .contains("Verify return code: 0 (ok)")
                .contains("Server public key is " + key);
        Command.Result text =
                Command.of("openssl", "x509", "-noout", "-text").fedWith(shown.out()).run();
        assertThat(text.succeeded().out())
                .contains("CN = " + name)
                .contains("Signature Algorithm: " + signature);
    }

    private static Command.Result verify(Server server, int listener, String root, String name) {
        return Command.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + server.config().tunnelPorts().get(listener),
                        "-CAfile",
                        server.dataDir().resolve(root).toString(),
                        "-verify_return_error",
                        "-verify_hostname",
                        name)
                .run();
    }

    @Test
    void legacyRefusesToStartWithoutBoringSsl() {
        try (OutpostProcess process =
                ServerSetup.in(folder).listener(Tls.LEGACY).jvm(WITHOUT_BORINGSSL).launch()) {
            assertThat(process.awaitExit(Duration.ofSeconds(90))).isEqualTo(1);
            assertThat(process.log())
                    .contains("a listener with `tls: legacy` needs BoringSSL")
                    .contains("use `tls: modern`");
        }
    }

    @Test
    void modernFallsBackToTheJdkWithAWarning() {
        try (Server server =
                ServerSetup.in(folder).listener(Tls.MODERN).jvm(WITHOUT_BORINGSSL).start()) {
            assertThat(server.logLines())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .contains("WARN")
                                            .contains("BoringSSL is not available here"));
            try (var _ = server.callIn(Server.device(1, "device"))) {
                assertThat(server.management().tunnels()).isEqualTo(1);
            }
        }
    }
}
