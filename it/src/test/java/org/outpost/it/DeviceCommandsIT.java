package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.process.Command;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that have the server ask AMT of a device. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeviceCommandsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START = Duration.ofSeconds(60);
    private static final int DEVICES = 2;

    private Path folder;
    private Server server;
    private Fleet fleet;
    private Devices peers;
    private String pc;
    private String other;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Path password = Files.writeString(folder.resolve("amt.password"), Fleet.AMT_PASSWORD);
        server = ServerSetup.in(folder).set("amt.password-file", password).start();
        fleet = fleet("device-commands", DEVICES, "pc");
        pc = Fleet.list("device-commands", DEVICES).getFirst().name();
        other = Fleet.list("device-commands", DEVICES).getLast().name();
        peers = new Devices(server);
        peers.gone("gone.example.test");
    }

    private Fleet fleet(String seed, int devices, String prefix) {
        return Fleet.start(
                        folder.resolve(seed + ".log"),
                        server.tunnelDoor(),
                        seed,
                        devices,
                        "--name-prefix=" + prefix,
                        "--ca",
                        server.caFile().toString(),
                        Fleet.WITH_PLAIN_PORTS)
                .awaitConnected(START);
    }

    @AfterAll
    void stop() {
        peers.close();
        fleet.leave();
        fleet.close();
        server.stopCleanly(ServerSetup.PASSWORD, Fleet.AMT_PASSWORD);
        server.close();
    }

    private String done(String... words) {
        return device(words).succeeded().out();
    }

    private Command.Result device(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "device";
        System.arraycopy(words, 0, all, 1, words.length);
        return server.outpost(all);
    }

    private void fails(int exitCode, String sentence, String... words) {
        Command.Result failed = device(words);
        assertThat(failed.exit()).as(failed.toString()).isEqualTo(exitCode);
        assertThat(failed.err()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void powerIsChangedWaitedForAndShown() {
        done("power", pc, "on", "--wait");
        assertThat(done("power", pc)).isEqualTo(pc + ": on\n");

        assertThat(done("power", pc, "off", "--yes", "--wait")).isEqualTo(pc + ": off\n");

        JsonNode shown = JSON.readTree(done("power", pc, "--json")).path("data").get(0);
        assertThat(shown.path("words").asString()).startsWith("off");
        assertThat(shown.path("connected").asBoolean()).isTrue();
    }

    @Test
    void powerAsksBeforeDataIsLostAndTellsOfEachDevice() {
        done("power", pc, other, "on", "--wait");
        fails(2, "--yes", "power", pc, other, "reset");

        Command.Result mixed = device("power", pc, "nosuch", other, "reset", "--yes");

        assertThat(mixed.exit()).isEqualTo(1);
        assertThat(mixed.out()).contains(pc + ": accepted reset", other + ": accepted reset");
        assertThat(mixed.err()).contains("no device is called 'nosuch'");
    }

    @Test
    void aDeviceBootsOnceFromSomethingElse() {
        done("power", other, "on", "--wait");
        fails(2, "--yes", "boot", other, "--from", "pxe");

        assertThat(done("boot", other, "--from", "pxe", "--yes")).contains("boots once from pxe");

        assertThat(done("log", other, "audit", "--last", "5")).contains("Set Boot Options");
        fails(1, "it can from pxe, bios", "boot", other, "--from", "winre", "--yes");
    }

    @Test
    void softwareIsRememberedWhileThePcIsOff() throws IOException {
        fails(1, "Nobody wrote a list", "software", pc);
        Path list =
                Files.writeString(folder.resolve("software"), "bash\t5.2.15\tDebian\nvim\t9.0\n");

        assertThat(done("software", pc, "--write", list.toString()))
                .isEqualTo(pc + ": remembers 2 programs\n");
        assertThat(done("software", pc, "--write", list.toString()))
                .isEqualTo(pc + ": has this list already\n");
        done("power", pc, "off", "--yes", "--wait");

        assertThat(done("software", pc)).contains("NAME", "bash", "5.2.15", "Debian", "vim");
    }

    @Test
    void theEventLogIsATableForPeopleAndJsonForPrograms() {
        done("power", other, "on", "--wait");
        done("power", other, "reset", "--yes");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () ->
                                assertThat(done("log", other, "event"))
                                        .contains("WHEN", "SEVERITY", "BIOS"));
        JsonNode last = JSON.readTree(done("log", other, "event", "--last", "1", "--json"));
        assertThat(last.path("data").size()).isEqualTo(1);
        assertThat(last.path("data").get(0).path("Desc").asString()).isNotEmpty();
    }

    @Test
    void infoShowsWhatTheDeviceIs() {
        assertThat(done("info", pc)).contains("AMT ", "Wired", "Processor", "Memory", "Disk", pc);
        JsonNode info = JSON.readTree(done("info", pc, "--json"));
        assertThat(info.path("hardware").path("chassis").path("model").asString()).isNotEmpty();
        assertThat(info.path("features").path("KVM").isBoolean()).isTrue();
    }

    @Test
    void featuresAreSwitchedAndKept() {
        assertThat(done("features", pc, "--kvm", "off", "--consent", "all"))
                .containsPattern("KVM +off")
                .containsPattern("User consent +all");
        assertThat(done("features", pc, "--kvm", "on", "--consent", "none"))
                .containsPattern("KVM +on")
                .containsPattern("User consent +none");
    }

    @Test
    void consentIsGivenByTheCodeOnTheScreen() {
        done("features", other, "--consent", "all");
        done("consent", other, "start");
        Matcher code =
                Pattern.compile("consent code of .* is (\\d{6})").matcher(fleet.process().log());
        assertThat(code.find()).isTrue();

        assertThat(done("consent", other, "send", code.group(1))).contains("has agreed");

        assertThat(done("features", other)).containsPattern("Consent now +given");
        done("consent", other, "cancel");
        assertThat(done("features", other, "--consent", "none"))
                .containsPattern("Consent now +not asked for");
    }

    @Test
    void anyClassCanBeRead() {
        assertThat(done("wsman", pc, "get", "CIM_SoftwareIdentity", "InstanceID=AMT"))
                .contains("VersionString");
        assertThat(done("wsman", pc, "enumerate", "AMT_GeneralSettings", "--xml"))
                .contains("Envelope", "HostName");
        JsonNode items =
                JSON.readTree(done("wsman", pc, "enumerate", "CIM_SoftwareIdentity", "--json"))
                        .path("items");
        assertThat(items.size()).isGreaterThan(1);
        fails(1, "say which", "wsman", pc, "get", "CIM_SoftwareIdentity");
        fails(1, "does not offer CIM_Nothing", "wsman", pc, "get", "CIM_Nothing");
    }

    @Test
    void alarmsAreSetAndRemoved() {
        assertThat(done("alarm", pc, "list")).contains("has no alarm");
        done("alarm", pc, "add", "patches", "--at", "2999-01-10T02:00Z", "--every", "1440");
        assertThat(done("alarm", pc, "list")).contains("patches", "1440 min");
        done("alarm", pc, "remove", "patches");
        fails(1, "InvalidSelectors", "alarm", pc, "remove", "patches");
    }

    @Test
    void theLoginOfADeviceIsStoredTriedAndRemoved() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.password"), "Wr0ng-Passw0rd!\n");
        Path right = Files.writeString(folder.resolve("right.password"), Fleet.AMT_PASSWORD);

        fails(1, "does not accept", "login", other, "--password-file", wrong.toString());
        fails(1, "outpost device login " + other, "power", other);
        fails(1, "outpost device login " + other, "info", other);

        assertThat(done("login", other, "--password-file", right.toString()))
                .contains("the device accepts it");
        assertThat(done("login", other, "--remove")).contains("as the configuration says");
        fails(1, "no login of its own", "login", other, "--remove");
    }

    @Test
    void whoIsNotThereIsToldSo() {
        fails(1, "no device is called 'nobody'", "info", "nobody");
        fails(1, "not connected", "power", "gone.example.test");
        fails(1, "outpost why", "boot", "gone.example.test", "--from", "pxe", "--yes");
        assertThat(done("facts", "gone.example.test")).contains("Nothing was read");
    }

    @Test
    void aNameOfTwoDevicesIsRefused() {
        try (ApfDevicePeer one = server.callIn(peers.next("twin.a.test")).serve();
                ApfDevicePeer two = server.callIn(peers.next("twin.b.test")).serve()) {
            assertThat(one.device().uuid()).isNotEqualTo(two.device().uuid());
            fails(1, "Several devices have this name", "power", "twin", "off", "--yes");
        }
    }

    @Test
    void whatWasLastReadIsShownOfADeviceThatLeft() {
        try (Fleet leaving = fleet("device-commands-leaver", 1, "leaver")) {
            String name = "leaver-0001.example.test";
            String state = done("power", name).replace(name + ": ", "").strip();
            leaving.leave();
            server.awaitTunnels(DEVICES, Duration.ofSeconds(10));

            assertThat(done("power", name))
                    .contains(name + ": not connected; " + state + " when last asked");
            assertThat(done("facts", name)).contains("power, read ");
            fails(1, "outpost device facts " + name, "info", name);
        }
    }
}
