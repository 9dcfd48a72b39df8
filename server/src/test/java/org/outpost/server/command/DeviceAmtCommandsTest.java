package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The commands that have the server ask a device. */
class DeviceAmtCommandsTest {
    private static final String GUID = "4c4c4544-0046-4810-8031-b8c04f4d3332";
    private static final String STATE = "GET /api/v1/amt/power/state/" + GUID;
    private static final String ACTION = "POST /api/v1/amt/power/action/" + GUID;
    private static final String BOOT = "POST /api/v1/amt/power/bootOptions/" + GUID;
    private static final String LOGIN = "/api/v1/devices/" + GUID + "/amt-login";
    private static final String DONE = "{\"Body\":{\"ReturnValue\":0}}";
    private static final String OFFLINE =
            """
            {"title":"Not Found","detail":"The device is not connected.","code":"offline"}
            """;

    @TempDir private Path folder;
    private FakeApi api;

    @BeforeEach
    void startServer() throws Exception {
        TestAuthority authority = new TestAuthority();
        api = new FakeApi(authority.serverContext());
        api.describe(folder, authority);
        knows("pc-1", GUID);
        api.answer(
                "GET /api/v1/amt/power/capabilities/" + GUID,
                200,
                """
                {"Power up":2,"Power cycle":5,"Power down":8,"Reset":10,"Soft-off":12,
                 "Reset to PXE":400,"Power on to PXE":401,"Reset to HTTPS boot":105}
                """);
        api.answer(ACTION, 200, DONE);
        api.answer(BOOT, 200, DONE);
        powerIs(2);
    }

    @AfterEach
    void stopServer() {
        api.close();
    }

    private void knows(String name, String guid) {
        api.answer(
                "GET /api/v1/devices/" + name,
                200,
                "{\"guid\":\"%s\",\"hostname\":\"%s.example.test\",\"connectionStatus\":true}"
                        .formatted(guid, name));
    }

    private void powerIs(int state) {
        api.answer(STATE, 200, powerState(state));
    }

    private static String powerState(int state) {
        return "{\"powerstate\":%d,\"OSPowerSavingState\":2}".formatted(state);
    }

    private CommandRun run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--data-dir=" + folder;
        return CommandRun.of(all);
    }

    @Test
    void powerTellsTheStateInWords() {
        powerIs(8);

        CommandRun run = run("device", "power", "pc-1");

        assertThat(run.out()).isEqualTo("pc-1.example.test: off - soft\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void powerTellsWhatWasLastReadOfADeviceThatIsOffline() {
        api.answer(STATE, 404, OFFLINE);
        api.answer(
                "GET /api/v1/devices/" + GUID + "/facts",
                200,
                "{\"power\":{\"readAt\":\"%s\",\"ageSeconds\":181,\"value\":{\"powerstate\":2}}}"
                        .formatted(Instant.now().minusSeconds(181)));

        CommandRun run = run("device", "power", "pc-1");

        assertThat(run.out())
                .startsWith("pc-1.example.test: not connected; on when last asked, ")
                .endsWith("(3 min ago)\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void powerFailsWhereNothingIsKnownOfADeviceThatIsOffline() {
        api.answer(STATE, 404, OFFLINE);
        api.answer("GET /api/v1/devices/" + GUID + "/facts", 200, "{}");

        CommandRun run = run("device", "power", "pc-1");

        assertThat(run.err())
                .startsWith("outpost: pc-1.example.test: The device is not connected.")
                .contains("outpost device facts pc-1.example.test");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void powerAsksForAChangeByItsNumber() {
        CommandRun run = run("device", "power", "pc-1", "soft-off");

        assertThat(run.out()).isEqualTo("pc-1.example.test: accepted soft-off\n");
        assertThat(api.requests()).endsWith(ACTION + " {\"action\":12}");
    }

    @Test
    void powerIsContentWhereNothingIsToBeChanged() {
        api.answer(ACTION, 400, "{\"detail\":\"Refused.\",\"code\":\"return_value\"}");

        assertThat(run("device", "power", "pc-1", "on").out())
                .isEqualTo("pc-1.example.test: it is so already\n");
        assertThat(run("device", "power", "pc-1", "on", "--wait").exitCode()).isZero();
        assertThat(run("device", "power", "pc-1", "soft-off").err())
                .isEqualTo("outpost: pc-1.example.test: Refused. Its power is: on\n");
    }

    @Test
    void powerOffersOnlyWhatTheDeviceDoes() {
        CommandRun run = run("device", "power", "pc-1", "hibernate");

        assertThat(run.err())
                .isEqualTo(
                        "outpost: pc-1.example.test: this device does not offer hibernate; it"
                                + " offers on, off, soft-off, cycle, reset\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(api.requests()).noneMatch(request -> request.startsWith(ACTION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "cycle", "reset", "nmi"})
    void whatLosesDataIsRefusedWhereNobodyCanBeAsked(String action) {
        CommandRun refused = run("device", "power", "pc-1", action);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("pc-1.example.test", "--yes");
        assertThat(api.requests()).noneMatch(request -> request.startsWith(ACTION));
        assertThat(run("device", "power", "pc-1", action, "--yes").exitCode()).isZero();
        assertThat(api.requests()).anyMatch(request -> request.startsWith(ACTION));
    }

    @Test
    void powerWaitsUntilTheStateIsThere() {
        Iterator<String> states = List.of(powerState(2), powerState(8)).iterator();
        api.answer(STATE, 200, states::next);

        CommandRun run = run("device", "power", "pc-1", "off", "--yes", "--wait");

        assertThat(run.out()).isEqualTo("pc-1.example.test: off\n");
        assertThat(states.hasNext()).isFalse();
    }

    @Test
    void powerSaysWhatTheStateIsWhenTheTimeIsOver() {
        CommandRun run = run("device", "power", "pc-1", "soft-off", "--wait", "--timeout=1");

        assertThat(run.err())
                .startsWith("outpost: pc-1.example.test: not off in time: it is still on.");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "cycle", "soft-reset", "nmi"})
    void powerDoesNotWaitForWhatCannotBeSeen(String action) {
        CommandRun run = run("device", "power", "pc-1", action, "--yes", "--wait");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--wait is for on, off, soft-off, sleep, hibernate");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void powerTellsOfEachDeviceAndFailsWhenOneFailed() {
        String other = "4c4c4544-0046-4810-8031-b8c04f4d3333";
        knows("pc-2", other);
        api.answer("GET /api/v1/amt/power/capabilities/" + other, 200, "{\"Power up\":2}");
        api.answer(
                "POST /api/v1/amt/power/action/" + other,
                409,
                """
                {"title":"Conflict","detail":"The device does not accept the password of user a.",
                 "code":"authentication"}
                """);

        CommandRun run = run("device", "power", "pc-2", "pc-3", "pc-1", "on");

        assertThat(run.out()).isEqualTo("pc-1.example.test: accepted on\n");
        assertThat(run.err())
                .contains(
                        "no device is called 'pc-3'",
                        "pc-2.example.test: The device does not accept the password of user a.",
                        "outpost device login pc-2.example.test");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void powerNamesTheActionsWhenTheLastWordIsNoDevice() {
        CommandRun run = run("device", "power", "pc-1", "shutdown");

        assertThat(run.err()).contains("no device is called 'shutdown'", "on, off, soft-off");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void bootRestartsWhatIsOnAndSwitchesOnWhatIsOff() {
        assertThat(run("device", "boot", "pc-1", "--from=pxe", "--sol", "--yes").out())
                .isEqualTo("pc-1.example.test: restarts and boots once from pxe.\n");
        assertThat(api.requests()).endsWith(BOOT + " {\"action\":400,\"useSOL\":true}");

        powerIs(8);
        assertThat(run("device", "boot", "pc-1", "--from=pxe").out())
                .isEqualTo("pc-1.example.test: is switched on and boots once from pxe.\n");
        assertThat(api.requests()).endsWith(BOOT + " {\"action\":401,\"useSOL\":false}");
    }

    @Test
    void bootRefusesWhatWouldWakeUpInstead() {
        powerIs(4);

        CommandRun run = run("device", "boot", "pc-1", "--from=pxe");

        assertThat(run.err()).contains("would wake up instead of booting", "on --wait");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(api.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void bootRefusesWhatTheDeviceCannotAndWhatNobodyConfirms() {
        assertThat(run("device", "boot", "pc-1", "--from=bios", "--yes").err())
                .isEqualTo(
                        "outpost: pc-1.example.test: this device cannot boot from bios; it can"
                                + " from pxe, https\n");
        assertThat(run("device", "boot", "pc-1", "--from=pxe").exitCode()).isEqualTo(2);
        assertThat(run("device", "boot", "pc-1", "--from=https", "--url=ftp://x").exitCode())
                .isEqualTo(2);
        assertThat(run("device", "boot", "pc-1", "--from=disc").err())
                .contains("'disc' is none of pxe, bios, https");
        assertThat(api.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void bootFromHttpsTakesThePasswordFromAFile() throws Exception {
        Path password = Files.writeString(folder.resolve("pw"), "s3cret\n");

        CommandRun run =
                run(
                        "device",
                        "boot",
                        "pc-1",
                        "--yes",
                        "--from=https",
                        "--url=https://boot.example.test/a.efi",
                        "--user=ann",
                        "--password-file=" + password);

        assertThat(run.exitCode()).isZero();
        assertThat(api.requests())
                .endsWith(
                        BOOT
                                + " {\"action\":105,\"useSOL\":false,\"bootDetails\":{\"url\":"
                                + "\"https://boot.example.test/a.efi\",\"username\":\"ann\","
                                + "\"password\":\"s3cret\",\"enforceSecureBoot\":true}}");
    }

    @Test
    void logShowsTheNewestEvents() {
        String event =
                """
                {"TimeStamp":"2026-11-22T01:26:18Z","eventTypeDesc":"Critical","EntityStr":"BIOS",
                 "Desc":"No bootable\\u001b media"}
                """;
        api.answer(
                "GET /api/v1/amt/log/event/" + GUID,
                200,
                "[" + event + "," + event.replace("BIOS", "Fan") + "]");

        CommandRun run = run("device", "log", "pc-1", "event", "--last=1");

        assertThat(run.out())
                .contains("Critical", "BIOS", "No bootable\\u001b media")
                .doesNotContain("Fan");
        assertThat(run("device", "log", "pc-1", "event", "--last=0").exitCode()).isEqualTo(2);
    }

    @Test
    void logReadsTheAuditLogPageByPage() {
        String record =
                "{\"Time\":\"2026-11-22T01:26:18Z\",\"Initiator\":\"%s\",\"Event\":\"Reset\"}";
        api.answer(
                "GET /api/v1/amt/log/audit/" + GUID + "?startIndex=0",
                200,
                "{\"totalCnt\":2,\"records\":[" + record.formatted("ann") + "]}");
        api.answer(
                "GET /api/v1/amt/log/audit/" + GUID + "?startIndex=1",
                200,
                "{\"totalCnt\":2,\"records\":[" + record.formatted("bob") + "]}");

        assertThat(run("device", "log", "pc-1", "audit").out()).contains("ann", "bob");
        assertThat(run("device", "log", "pc-1", "audit", "--last=1").out())
                .contains("ann")
                .doesNotContain("bob");
    }

    @Test
    void wsmanGetsTheOneInstanceThatIsMeant() {
        api.answer(
                "GET /api/v1/amt/explorer/" + GUID + "/CIM_Chip",
                200,
                """
                {"items":[{"Tag":"CPU 0","Of":{"Name":"a"}},{"Tag":"CPU 1","Speed":[1,2]}],
                 "xmlInput":"","xmlOutput":"<a>\\n<b>\\u0007</b></a>"}
                """);

        assertThat(run("device", "wsman", "pc-1", "get", "CIM_Chip", "Tag=CPU 1").out())
                .isEqualTo("Tag    CPU 1\nSpeed  1, 2\n");
        assertThat(run("device", "wsman", "pc-1", "enumerate", "CIM_Chip").out())
                .isEqualTo("Tag  CPU 0\nOf\n  Name  a\n\nTag    CPU 1\nSpeed  1, 2\n");
        assertThat(run("device", "wsman", "pc-1", "enumerate", "CIM_Chip", "--xml").out())
                .isEqualTo("<a>\n<b>\\u0007</b></a>\n");
        CommandRun several = run("device", "wsman", "pc-1", "get", "CIM_Chip");
        assertThat(several.err()).contains("2 of 2 instances of CIM_Chip fit");
        assertThat(several.exitCode()).isEqualTo(1);
        assertThat(run("device", "wsman", "pc-1", "get", "CIM_Chip", "Tag").exitCode())
                .isEqualTo(2);
    }

    @Test
    void featuresChangesWhatIsNamedAndKeepsTheRest() {
        String features = "/api/v1/amt/features/" + GUID;
        api.answer(
                "GET " + features,
                200,
                """
                {"userConsent":"kvm","KVM":false,"SOL":true,"IDER":false,"kvmAvailable":true,
                 "optInState":0,"ocr":false}
                """);
        api.answer("POST " + features, 200, "{\"status\":\"AMT Features updated\"}");

        CommandRun run = run("device", "features", "pc-1", "--kvm=on");

        assertThat(api.requests())
                .contains(
                        "POST "
                                + features
                                + " {\"userConsent\":\"kvm\",\"enableSOL\":true,"
                                + "\"enableIDER\":false,\"enableKVM\":true}");
        assertThat(run.out()).contains("SOL           on\n", "User consent  kvm\n");
        assertThat(run("device", "features", "pc-1", "--sol=maybe").err())
                .contains("'maybe' is none of on, off");
    }

    @Test
    void consentIsStartedSentAndCancelled() {
        String route = "/api/v1/amt/userConsentCode/";
        api.answer("GET " + route + GUID, 200, DONE);
        api.answer("POST " + route + GUID, 200, DONE);
        api.answer("GET " + route + "cancel/" + GUID, 200, DONE);

        assertThat(run("device", "consent", "pc-1", "start").out()).contains("send DIGITS");
        assertThat(run("device", "consent", "pc-1", "send", "034512").exitCode()).isZero();
        assertThat(api.requests())
                .endsWith("POST " + route + GUID + " {\"consentCode\":\"034512\"}");
        assertThat(run("device", "consent", "pc-1", "cancel").exitCode()).isZero();
        assertThat(run("device", "consent", "pc-1", "send").exitCode()).isEqualTo(2);
        assertThat(run("device", "consent", "pc-1", "send", "12").exitCode()).isEqualTo(2);
        assertThat(run("device", "consent", "pc-1", "start", "034512").exitCode()).isEqualTo(2);
    }

    @Test
    void loginIsStoredTriedShownAndRemoved() throws Exception {
        Path password = Files.writeString(folder.resolve("pw"), "Amt-Passw0rd!\n");
        api.answer("PUT " + LOGIN, 200, "{\"present\":true}");
        api.answer("GET " + LOGIN, 200, "{\"present\":true,\"username\":\"ann\",\"own\":true}");
        api.answer("DELETE " + LOGIN, 204, "");

        CommandRun run =
                run("device", "login", "pc-1", "--user=ann", "--password-file=" + password);

        assertThat(run.out()).isEqualTo("pc-1.example.test: stored, and the device accepts it.\n");
        assertThat(api.requests())
                .anySatisfy(
                        request ->
                                assertThat(request)
                                        .startsWith("PUT " + LOGIN)
                                        .contains("\"ann\"", "\"Amt-Passw0rd!\""));
        assertThat(run("device", "login", "pc-1", "--show").out()).contains("signs in as ann");
        assertThat(run("device", "login", "pc-1", "--remove").exitCode()).isZero();
        api.answer("DELETE " + LOGIN, 404, "{\"detail\":\"none\"}");
        assertThat(run("device", "login", "pc-1", "--remove").exitCode()).isEqualTo(1);
    }

    @Test
    void loginSaysWhenTheDeviceRefusesOrCannotBeAsked() throws Exception {
        Path password = Files.writeString(folder.resolve("pw"), "wrong\n");
        api.answer("PUT " + LOGIN, 200, "{\"present\":true}");
        api.answer(STATE, 409, "{\"detail\":\"The device does not accept the password.\"}");

        CommandRun refused = run("device", "login", "pc-1", "--password-file=" + password);

        assertThat(refused.err())
                .isEqualTo(
                        "outpost: pc-1.example.test: stored, but the device does not accept the"
                                + " password.\n");
        assertThat(refused.exitCode()).isEqualTo(1);
        api.answer(STATE, 404, OFFLINE);
        assertThat(run("device", "login", "pc-1", "--password-file=" + password).out())
                .contains("not connected, so it was not tried");
        Files.writeString(password, "");
        assertThat(run("device", "login", "pc-1", "--password-file=" + password).err())
                .contains("there is no password in the first line of");
    }

    @Test
    void aCertificateThatChangedCanBeAccepted() {
        api.answer(
                STATE,
                409,
                "{\"detail\":\"Another certificate.\",\"code\":\"certificate_changed\"}");
        String route = "/api/v1/devices/" + GUID + "/amt-certificate";
        api.answer("GET " + route, 200, "{\"fingerprint\":\"ab12\"}");
        api.answer("DELETE " + route, 204, "");

        assertThat(run("device", "power", "pc-1").err())
                .contains("outpost device certificate pc-1.example.test --forget");
        assertThat(run("device", "certificate", "pc-1").out()).isEqualTo("fingerprint  ab12\n");
        assertThat(run("device", "certificate", "pc-1", "--forget").exitCode()).isZero();
        assertThat(api.requests()).endsWith("DELETE " + route);
    }

    @Test
    void alarmsAreListedAddedAndRemoved() {
        String route = "/api/v1/amt/alarmOccurrences/" + GUID;
        api.answer(
                "GET " + route,
                200,
                """
                [{"ElementName":"a","InstanceID":"a","StartTime":{"Datetime":
                 "2999-01-10T02:00:00Z"},"IntervalInMinutes":60,"DeleteOnCompletion":false}]
                """);
        api.answer("POST " + route, 200, "{\"status\":\"SUCCESS\",\"ReturnValue\":0}");
        api.answer("DELETE " + route, 200, "{\"status\":\"SUCCESS\"}");

        assertThat(run("device", "alarm", "pc-1", "list").out()).contains("60 min", "kept");
        assertThat(run("device", "alarm", "pc-1", "add", "a", "--at=2999-01-10T02:00Z").exitCode())
                .isZero();
        assertThat(api.requests())
                .endsWith(
                        "POST "
                                + route
                                + " {\"ElementName\":\"a\",\"InstanceID\":\"a\",\"StartTime\":"
                                + "\"2999-01-10T02:00:00Z\",\"Interval\":0,"
                                + "\"DeleteOnCompletion\":true}");
        assertThat(run("device", "alarm", "pc-1", "remove", "a").exitCode()).isZero();
        assertThat(api.requests()).endsWith("DELETE " + route + " {\"Name\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "add a",
                "add a --at=tomorrow",
                "add a --at=2001-01-01T00:00Z",
                "add a --at=2999-01-01T00:00Z --every=0",
                "remove",
                "list a",
                "list --at=2999-01-01T00:00Z"
            })
    void alarmsThatMakeNoSenseAreRefused(String words) {
        assertThat(run(("device alarm pc-1 " + words).split(" ")).exitCode()).isEqualTo(2);
        assertThat(api.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void infoShowsWhatThereIsAndSaysWhatThereIsNot() {
        api.answer(
                "GET /api/v1/amt/version/" + GUID,
                200,
                """
                {"CIM_SoftwareIdentity":{"responses":[
                 {"InstanceID":"AMT","VersionString":"15.0.42"}]}}
                """);
        api.answer(
                "GET /api/v1/amt/generalSettings/" + GUID,
                200,
                "{\"Body\":{\"HostName\":\"pc-1\",\"DomainName\":\"example.test\"}}");
        api.answer(
                "GET /api/v1/amt/features/" + GUID,
                400,
                "{\"title\":\"Bad Request\",\"detail\":\"This AMT does not offer it.\"}");
        api.answer(
                "GET /api/v1/amt/networkSettings/" + GUID,
                200,
                """
                {"wired":{"macAddress":"ca-9c-1f-7f-d2-43","linkIsUp":true,"dhcpEnabled":true,
                  "ipAddress":"192.0.2.3"},"wireless":{"macAddress":"00-00-00-00-00-00"}}
                """);
        api.answer(
                "GET /api/v1/amt/inventory/" + GUID,
                200,
                """
                {"chassis":{"manufacturer":"ACME","model":"One","serialNumber":"S1"},
                 "memory":[{"capacityBytes":17179869184,"typeName":"DDR4"}],
                 "disks":[{"model":"D","sizeKilobytes":960197124}]}
                """);

        assertThat(run("device", "info", "pc-1").out())
                .isEqualTo(
                        """
                        Name       pc-1.example.test
                        GUID       4c4c4544-0046-4810-8031-b8c04f4d3332
                        Power      on
                        AMT        15.0.42
                        AMT name   pc-1.example.test
                        Features   This AMT does not offer it.
                        Wired      link up
                          MAC      ca-9c-1f-7f-d2-43
                          address  192.0.2.3 (DHCP)
                          gateway  -
                          DNS      -
                        Model      ACME One (serial number S1)
                        Memory     16.0 GiB DDR4
                        Disk       960 GB D
                        """);
    }

    @Test
    void factsShowsWhatWasLastReadWithItsAge() {
        String route = "GET /api/v1/devices/" + GUID + "/facts";
        api.answer(
                route,
                200,
                "{\"power\":{\"readAt\":\"%s\",\"value\":{\"powerstate\":8}}}"
                        .formatted(Instant.now().minusSeconds(125)));

        assertThat(run("device", "facts", "pc-1").out())
                .startsWith("power, read ")
                .endsWith(" (2 min ago): off - soft\n  powerstate  8\n");
        api.answer(route, 200, "{}");
        assertThat(run("device", "facts", "pc-1").out()).contains("outpost device info");
    }

    @Test
    void softwareIsATableAndWrittenFromLines() throws Exception {
        String route = " /api/v1/amt/storage/software/" + GUID;
        api.answer(
                "GET" + route,
                200,
                """
                {"programs":[{"name":"bash","version":"5.2","vendor":"Debian"},
                 {"name":"bad\\u001bname","version":"","vendor":""}]}
                """);
        api.answer("PUT" + route, 200, "{\"result\":\"stored\"}");
        Path list = Files.writeString(folder.resolve("list"), "bash\t5.2\tDebian\n\nvim\t9\n");

        assertThat(run("device", "software", "pc-1").out())
                .containsPattern("bash +5\\.2 +Debian")
                .doesNotContain("\u001b");
        assertThat(run("device", "software", "pc-1", "--write", list.toString()).out())
                .isEqualTo("pc-1.example.test: remembers 2 programs\n");
        assertThat(api.requests())
                .contains(
                        "PUT"
                                + route
                                + " {\"programs\":[{\"name\":\"bash\",\"version\":\"5.2\",\"vendor\":\"Debian\"},"
                                + "{\"name\":\"vim\",\"version\":\"9\",\"vendor\":\"\"}]}");
        assertThat(
                        run(
                                        "device",
                                        "software",
                                        "pc-1",
                                        "--write",
                                        folder.resolve("none").toString())
                                .err())
                .contains("cannot be read");
        assertThat(
                        run(
                                        "device",
                                        "software",
                                        "pc-1",
                                        "--write",
                                        Files.createFile(folder.resolve("empty")).toString())
                                .err())
                .contains("no program in the list");
    }

    @Test
    void wsmanChangesInstancesAndCallsMethods() throws Exception {
        String route = "/api/v1/amt/explorer/" + GUID + "/CIM_X";
        api.answer("PATCH " + route, 200, "{\"Enabled\":true}");
        api.answer("POST " + route + "/Do", 200, "{\"ReturnValue\":0}");
        Path input =
                Files.writeString(
                        folder.resolve("input.json"),
                        "{\"To\":{\"class\":\"CIM_Y\",\"selectors\":{\"Name\":\"y\"}}}");

        assertThat(
                        run(
                                        "device",
                                        "wsman",
                                        "pc-1",
                                        "change",
                                        "CIM_X",
                                        "Name=a=b",
                                        "--set",
                                        "Enabled=true",
                                        "--set",
                                        "List=1",
                                        "--set",
                                        "List=2")
                                .out())
                .contains("Enabled");
        assertThat(api.requests().getLast())
                .startsWith("PATCH " + route)
                .contains(
                        "\"selectors\":{\"Name\":\"a=b\"}",
                        "\"properties\":{\"Enabled\":\"true\",\"List\":[\"1\",\"2\"]}");
        assertThat(
                        run(
                                        "device",
                                        "wsman",
                                        "pc-1",
                                        "invoke",
                                        "CIM_X.Do",
                                        "--input",
                                        input.toString())
                                .out())
                .contains("ReturnValue");
        assertThat(api.requests().getLast())
                .contains(
                        "\"input\":{\"To\":{\"class\":\"CIM_Y\",\"selectors\":{\"Name\":\"y\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoke CIM_X",
                "invoke CIM_X.",
                "change CIM_X",
                "change CIM_X --set a",
                "get CIM_X --set a=b",
                "enumerate CIM_X a=b",
                "change CIM_X b --set a=b"
            })
    void wsmanCalledWronglyDoesNothing(String words) {
        List<String> all = new ArrayList<>(List.of("device", "wsman", "pc-1"));
        all.addAll(List.of(words.split(" ")));

        assertThat(run(all.toArray(String[]::new)).exitCode()).isEqualTo(2);
        assertThat(api.requests()).noneMatch(request -> request.contains("explorer"));
    }
}
