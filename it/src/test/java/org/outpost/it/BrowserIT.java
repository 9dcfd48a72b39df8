package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Browser;
import org.outpost.it.support.ManagedDevice;
import org.outpost.it.support.MemoryWatch;
import org.outpost.testkit.image.TinyIso;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Open DMT's toolkit from npm, unchanged, in a headless Chromium, through the server's WebSocket.
 */
@NeedsTool({"chromium", "node", "npm"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserIT {
    private Path folder;
    private ManagedDevice device;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        device = new ManagedDevice(folder, "browser");
        browser =
                Browser.install(
                        URI.create("https://127.0.0.1:" + device.server().config().webPort()),
                        OutpostProcess.cliToken(device.server().dataDir()));
    }

    @AfterAll
    void stop() {
        device.close();
    }

    @Test
    void theDesktopIsSeenAndClickedAndTypedOn() {
        JsonNode seen = browser.play("screen", device.guid());

        assertThat(seen.at("/status/isKVMConnected").asBoolean()).isTrue();
        assertThat(seen.at("/before").asString()).isNotEqualTo(seen.at("/after").asString());
        assertThat(seen.at("/states").toString()).startsWith("[1,2");
    }

    @Test
    void theTextConsoleIsTypedInto() {
        assertThat(browser.play("terminal", device.guid()).at("/text").asString())
                .contains("Welcome to " + device.name().replaceAll("\\..*", ""));
    }

    @Test
    void thePcBootsTheImageThatTheBrowserServes() throws IOException, NoSuchAlgorithmException {
        byte[] boot = TinyIso.bootImage(400, 7);
        Path iso =
                Files.write(
                        folder.resolve("rescue.iso"), TinyIso.write("RESCUE BROWSER", boot, 200));

        JsonNode seen = browser.play("drive", device.guid(), iso);

        assertThat(seen.at("/text").asString())
                .contains("Booted from the redirected CD")
                .contains("Volume      RESCUE BROWSER")
                .contains(
                        "SHA-256     "
                                + HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256").digest(boot)));
    }

    @Test
    void aTokenThatNobodyMadeOpensNothing() {
        assertThat(browser.play("refused", device.guid()).at("/states").toString())
                .doesNotContain("3");
        device.server().process().awaitLog("a browser was not let in", Duration.ofSeconds(10));
    }

    @Test
    void aStalledBrowserLeavesMemoryFlatAndOtherChannelsRunning() {
        try (OutpostProcess stalled =
                        browser.begin(folder.resolve("stalled.log"), "stalled", device.guid());
                MemoryWatch memory = MemoryWatch.of(device.server().process())) {
            stalled.awaitLog("\"stalled\":true", Duration.ofSeconds(90));
            await().pollDelay(Duration.ofSeconds(20))
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    device.server()
                                                            .api()
                                                            .get("amt/power/state/" + device.guid())
                                                            .statusCode())
                                            .isEqualTo(200));
            memory.assertFlat(0.1);
        }
    }
}
