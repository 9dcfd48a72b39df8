package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostConfig.Tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** {@code openssl s_client} looks at what the listeners agree to, and what they refuse. */
@NeedsTool("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsIT {
    private static final int MODERN = 0;
    private static final int LEGACY = 1;
    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----");

    private Server server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = ServerSetup.in(folder).listener(Tls.MODERN).listener(Tls.LEGACY).start();
    }

    @AfterAll
    void stop() {
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES256-GCM-SHA384",
        "-tls1_3, TLSv1.3, ",
    })
    void theModernListenerAgreesToForwardSecrecyAlone(
            String version, String agreed, String cipher) {
        Command.Result shown =
                cipher == null
                        ? connect(MODERN, version)
                        : connect(MODERN, version, "-cipher", cipher);

        assertThat(shown.succeeded().out())
                .contains("New, " + agreed + ", Cipher is " + (cipher == null ? "TLS_" : cipher))
                .contains("Verify return code: 0 (ok)");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1, ALL:@SECLEVEL=0",
        "-tls1_1, ALL:@SECLEVEL=0",
        "-tls1_2, AES128-SHA:AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0",
        "-tls1_2, NULL:aNULL:3DES:@SECLEVEL=0",
    })
    void theModernListenerRefusesWhatIsOld(String version, String ciphers) {
        Command.Result shown = connect(MODERN, version, "-cipher", ciphers);

        assertThat(shown.exit()).isNotZero();
        assertThat(shown.out()).contains("Cipher is (NONE)");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1, TLSv1.0, AES128-SHA",
        "-tls1_1, TLSv1.1, AES128-SHA",
        "-tls1_2, TLSv1.2, AES128-SHA",
        "-tls1_2, TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256",
    })
    void theLegacyListenerAgreesToWhatOldFirmwareNeeds(
            String version, String agreed, String cipher) {
        Command.Result shown = connect(LEGACY, version, "-cipher", cipher + ":@SECLEVEL=0");

        assertThat(shown.succeeded().out())
                .contains("Cipher is " + cipher)
                .containsPattern("Protocol *: " + agreed.replace("TLSv1.0", "TLSv1(\\.0)?") + "\\n")
                .contains("Verify return code: 0 (ok)");
    }

    @Test
    void bothListenersSendTheWholeChain() {
        for (int listener : new int[] {MODERN, LEGACY}) {
            String shown = connect(listener, "-tls1_2", "-showcerts").succeeded().out();

            assertThat(CERTIFICATE.matcher(shown).results().count())
                    .as("the certificate and its authority's")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void whatWasAgreedIsCounted() {
        connect(MODERN, "-tls1_3").succeeded();

        assertThat(
                        server.management()
                                .metrics()
                                .value(
                                        "outpost_tunnel_tls_handshakes_total",
                                        "protocol=\"TLSv1.3\""))
                .isPositive();
    }

    private Command.Result connect(int listener, String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.config().tunnelPorts().get(listener),
                                "-CAfile",
                                server.caFile().toString(),
                                "-verify_return_error",
                                "-verify_ip",
                                "127.0.0.1"));
        words.addAll(Arrays.asList(options));
        return Command.of(words.toArray(String[]::new)).run();
    }
}
