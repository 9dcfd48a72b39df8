package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Curl;
import org.outpost.it.support.Devices;
import org.outpost.it.support.PluginBuild;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The plug-in of docs/plugins.md, built as the page says, in the packaged program. */
final class PluginIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONSOLE_WORD = "0ther-Word";

    @TempDir Path folder;

    @Test
    @NeedsTool("curl")
    void onePluginDecidesAboutDevicesAndConsolesEachWithItsOwnParameters() throws IOException {
        ServerSetup setup = ServerSetup.in(folder);
        PluginBuild.example(folder, setup.config().dataDir().resolve("plugins/shift.jar"));
        setup.config()
                .deviceAuthenticator(
                        "{ type: plugin, name: shift, parameters: \"%s\" }"
                                .formatted(ServerSetup.PASSWORD))
                .consoleAuthenticator(
                        "{ type: plugin, name: shift, parameters: \"%s\" }"
                                .formatted(CONSOLE_WORD));
        try (Server server = setup.start();
                Devices devices = new Devices(server)) {
            server.process().awaitLog("shift.*ready for DEVICES", PATIENCE);
            server.process().awaitLog("shift.*ready for CONSOLES", PATIENCE);
            devices.web("guarded.example.test");
            server.process().awaitLog("principal=\"shift:" + ServerSetup.USER, PATIENCE);
            String proxy = "http://127.0.0.1:" + server.config().httpProxyPort();
            String page = "http://guarded.example.test:16992/";

            assertThat(Curl.show("--proxy", proxy, "-U", "any:" + CONSOLE_WORD, page))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(Curl.show("--proxy", proxy, "-U", "any:" + ServerSetup.PASSWORD, page))
                    .startsWith("HTTP/1.1 407 ");
            DeviceIdentity stranger = devices.next("stranger.example.test");
            try (ApfDevicePeer peer =
                    new ApfDevicePeer(
                            ApfConnection.tls(server.tunnelDoor(), server.trust()), stranger)) {
                peer.reach(Stage.AUTHENTICATING);
                peer.connection().send(ApfBytes.userauthPassword(stranger.user(), CONSOLE_WORD));
                peer.expect(WireMessage.UserauthFailure.class);
            }
            server.process().awaitLog("not the word of this shift", PATIENCE);
            server.stopCleanly(ServerSetup.PASSWORD, CONSOLE_WORD);
        }
    }

    @Test
    void theCheckNamesWhatIsThereWhenAPluginIsNot() throws IOException {
        ServerSetup setup = ServerSetup.in(folder);
        PluginBuild.example(folder, folder.resolve("elsewhere/shift.jar"));
        Path file =
                setup.with("plugins: { folder: elsewhere }")
                        .config()
                        .deviceAuthenticator("{ type: plugin, name: shifd }")
                        .write();

        Command.Result check =
                Command.of(
                                OutpostProcess.launcher().toString(),
                                "config",
                                "check",
                                "--config",
                                file.toString())
                        .within(Duration.ofSeconds(60))
                        .run();

        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err())
                .contains("tunnel.authenticators[0].name: there is no plug-in \"shifd\"")
                .contains("found: shift")
                .contains("did you mean \"shift\"?");
    }
}
