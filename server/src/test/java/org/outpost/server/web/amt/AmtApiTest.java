package org.outpost.server.web.amt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The routes over AMT, against devices of the simulator that call in over a tunnel. */
@TestInstance(Lifecycle.PER_CLASS)
class AmtApiTest {
    private static final String USER_PASSWORD = "correct horse battery";
    private static final String NOBODY = "4c4c4544-005a-3510-8047-b4c04f564433";

    private RunningServer server;
    private SimulatedDevice device;
    private SimulatedDevice busy;
    private SimulatedDevice stuck;
    private SimulatedDevice locked;
    private String offline;
    private String token;
    private String viewer;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        server = new RunningServer(folder, "amt: { password-file: amt.password, timeout: 3s }\n");
        token = server.localToken();
        device = new SimulatedDevice(server, folder, "fine");
        busy = new SimulatedDevice(server, folder, "busy", "--amt-fault", "busy:1");
        stuck = new SimulatedDevice(server, folder, "stuck", "--amt-fault", "stuck:1");
        locked =
                new SimulatedDevice(server, folder, "locked", "--amt-fault", "wrong-credentials:1");
        try (SimulatedDevice gone = new SimulatedDevice(server, folder, "gone")) {
            offline = gone.guid();
            // read once, so that something is known of it
            assertThat(get("/amt/power/state/" + offline).status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/amt/power/state/" + offline).status() == 404);
        server.call(
                "POST",
                "/api/v1/users",
                token,
                "{\"name\":\"viewer\",\"password\":\"%s\",\"grants\":[{\"role\":\"viewer\",\"tenant\":\"*\"}]}"
                        .formatted(USER_PASSWORD));
        viewer = server.signIn("viewer", USER_PASSWORD);
    }

    @AfterAll
    void stop() {
        for (SimulatedDevice one : List.of(device, busy, stuck, locked)) {
            one.close();
        }
        server.close();
    }

    private Answer call(String method, String path, String body) throws Exception {
        return server.call(method, "/api/v1" + path, token, body);
    }

    private Answer get(String path) throws Exception {
        return call("GET", path, "");
    }

    /** Every read, with a value of its answer by which it is known to come from the device. */
    @ParameterizedTest(name = "GET {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amt/version                        | /AMT_SetupAndConfigurationService/response/ProvisioningState | 2
                    amt/generalSettings                | /Body/InstanceID | Intel(r) AMT: General Settings
                    amt/features                       | /userConsent | none
                    amt/hardwareInfo                   | /CIM_Chassis/status | 200
                    amt/diskInfo                       | /CIM_MediaAccessDevice/status | 200
                    amt/inventory                      | /processors/0/deviceId | *
                    amt/power/state                    | /powerstate | *
                    amt/power/capabilities             | /Reset | 10
                    amt/power/bootSources              | /0/instanceID | *
                    amt/boot/capabilities              | /IDER | true
                    amt/boot/remoteErase               | /PlatformErase | *
                    amt/log/audit                      | /totalCnt | *
                    amt/log/event                      | '' | *
                    amt/certificates                   | /certificates/publicKeyCertificateItems | *
                    amt/tls                            | /0/instanceID | *
                    amt/kvm/displays                   | /displays/0/displayIndex | 0
                    amt/networkSettings                | /wired/macAddress | *
                    amt/networkSettings/wired          | /instanceID | Intel(r) AMT Ethernet Port Settings 0
                    amt/networkSettings/wireless/state | /state | *
                    amt/networkSettings/wireless/profileSync | /localProfileSync | *
                    amt/networkSettings/wireless/profile | '' | *
                    amt/alarmOccurrences               | '' | *
                    amt/accounts                       | '' | *
                    amt/remoteAccess                   | /servers | *
                    amt/subscriptions                  | /filters | *
                    amt/systemDefense                  | /policies | *
                    amt/watchdogs                      | '' | *
                    amt/time                           | /time | *
                    """)
    void aReadComesFromTheDevice(String path, String pointer, String value) throws Exception {
        Answer answer = get("/" + path + "/" + device.guid());

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode found = answer.body().at(pointer);
        assertThat(found.isMissingNode()).as(answer.response().body()).isFalse();
        if (!value.equals("*")) {
            assertThat(found.asString()).isEqualTo(value);
        }
        assertThat(get("/" + path + "/" + offline).body().get("error").asString())
                .isEqualTo("Device not found/connected. Please connect again using CIRA.");
    }

    /** Every route over a device, with a body that passes its checks. */
    private List<String[]> routes() throws Exception {
        List<String[]> all = new ArrayList<>();
        JsonNode paths = get("/openapi.json").body().get("paths");
        paths.properties().stream()
                .filter(path -> path.getKey().startsWith("/api/v1/amt/"))
                .filter(path -> path.getKey().contains("{guid}"))
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyNames()
                                        .forEach(
                                                method ->
                                                        all.add(
                                                                new String[] {
                                                                    method.toUpperCase(Locale.ROOT),
                                                                    path.getKey()
                                                                            .substring(
                                                                                    "/api/v1"
                                                                                            .length())
                                                                })));
        assertThat(all).hasSizeGreaterThan(60);
        return all;
    }

    private static String at(String path, String guid) {
        return path.replace("{guid}", guid)
                .replace("{handle}", "1")
                .replace("{className}", "AMT_GeneralSettings")
                .replace("{agent}", NOBODY)
                .replaceAll("\\{[^}]+}", "nothing");
    }

    /** One body that every route understands. */
    private static final String BODY =
            """
            {"action":10,"useSOL":false,"userConsent":"none","enableSOL":true,"enableIDER":true,
            "enableKVM":true,"enabled":true,"hostName":"pc","domainName":"example.test",
            "consentCode":"123456","ElementName":"a","StartTime":"2030-01-01T00:00:00Z","Name":"a",
            "cert":"CERTIFICATE","isTrusted":true,"instanceID":"Intel(r) AMT 802.3 TLS Settings",
            "displayIndex":0,"dhcpEnabled":true,"linkPreference":1,"timeout":10,
            "state":"WifiEnabledS0","profileName":"home","ssid":"home","priority":1,
            "authenticationMethod":"WPA2PSK","encryptionMethod":"CCMP","username":"tester",
            "password":"P@ssw0rd1","accessPermission":2,"realms":[5],"address":"mps.example.test",
            "port":"4433","intranetDomains":["example.test"],"filter":"Intel(r) AMT:All",
            "url":"https://events.example.test/","name":"isolate","policy":"p",
            "agent":"11111111-2222-3333-4444-555555555555","description":"tester",
            "startupSeconds":60,"timeoutSeconds":60,"programs":[{"name":"bash"}]}
            """;

    private Answer use(String[] route, String guid, String as) throws Exception {
        boolean bodied = !route[0].equals("GET") && !route[1].contains("{instanceId}");
        String certificate = Files.readString(server.data("ca.crt"));
        return server.call(
                route[0],
                "/api/v1" + at(route[1], guid),
                as,
                bodied ? BODY.replace("CERTIFICATE", base64(certificate)) : "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyRouteSaysThatADeviceIsOfflineOrNotThere() throws Exception {
        for (String[] route : routes()) {
            Answer gone = use(route, offline, token);
            assertThat(gone.status())
                    .as("%s: %s", String.join(" ", route), gone.body())
                    .isEqualTo(404);
            assertThat(gone.body().get("code").asString()).isEqualTo("offline");
            assertThat(use(route, NOBODY, token).status())
                    .as(String.join(" ", route))
                    .isEqualTo(404);
        }
    }

    @Test
    void whoMayOnlyViewChangesNothing() throws Exception {
        int refused = 0;
        for (String[] route : routes()) {
            if (!route[0].equals("GET")) {
                assertThat(use(route, device.guid(), viewer).status())
                        .as(String.join(" ", route))
                        .isEqualTo(403);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(25);
    }

    @Test
    void aBusyDeviceIsToBeAskedLater() throws Exception {
        Answer answer = get("/amt/generalSettings/" + busy.guid());

        // the officer tries again while the call's time lasts
        assertThat(answer.status()).as(answer.response().body()).isIn(503, 504);
        if (answer.status() == 503) {
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body().get("code").asString()).isEqualTo("busy");
        }
    }

    @Test
    void aDeviceThatDoesNotAnswerTimesOut() throws Exception {
        Answer answer = get("/amt/generalSettings/" + stuck.guid());

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(504);
        assertThat(answer.body().get("code").asString()).isEqualTo("timed_out");
        assertThat(answer.body().get("detail").asString()).contains("did not answer within 3 s");
    }

    @Test
    void aWrongPasswordIsToldAsTheDevicesAndNotAsTheCallers() throws Exception {
        Answer answer = get("/amt/generalSettings/" + locked.guid());

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        assertThat(answer.body().get("code").asString()).isEqualTo("authentication");
        assertThat(answer.response().body()).doesNotContain(SimulatedDevice.PASSWORD);
    }

    @Test
    void aLoginOfTheDeviceItselfComesBeforeTheUsualOne() throws Exception {
        String login = "/devices/" + device.guid() + "/amt-login";
        assertThat(get(login).body().get("own").asBoolean()).isFalse();

        Answer wrong = call("PUT", login, "{\"username\":\"admin\",\"password\":\"Wr0ng-one!\"}");
        assertThat(wrong.status()).as(wrong.response().body()).isEqualTo(200);
        assertThat(wrong.response().body()).doesNotContain("Wr0ng-one!");
        assertThat(get("/amt/generalSettings/" + device.guid()).status()).isEqualTo(409);
        assertThat(get(login).body().get("own").asBoolean()).isTrue();

        assertThat(call("DELETE", login, "").status()).isEqualTo(204);
        assertThat(call("DELETE", login, "").status()).isEqualTo(404);
        assertThat(get("/amt/generalSettings/" + device.guid()).status()).isEqualTo(200);
    }

    @Test
    void aLoginGoesWithItsDeviceToAnotherTenant() throws Exception {
        String fresh = "6b8f3a10-5d0c-4f7e-9a51-0d3f0a4f7c21";
        String login = "/devices/" + fresh + "/amt-login";
        assertThat(call("POST", "/tenants", "{\"name\":\"acme\"}").status()).isEqualTo(201);
        assertThat(call("POST", "/devices", "{\"guid\":\"" + fresh + "\"}").status())
                .isEqualTo(201);
        call("PUT", login, "{\"username\":\"keeper\",\"password\":\"P@ssw0rd-1\"}");
        assertThat(get(login).body().get("own").asBoolean()).isTrue();

        Answer moved =
                call("PATCH", "/devices", "{\"guid\":\"" + fresh + "\",\"tenantId\":\"acme\"}");

        assertThat(moved.status()).as(moved.response().body()).isEqualTo(200);
        assertThat(moved.body().get("tenantId").asString()).isEqualTo("acme");
        assertThat(get(login).body().get("own").asBoolean()).isTrue();
        assertThat(get(login).body().get("username").asString()).isEqualTo("keeper");
    }

    @Test
    void keysOfStoredLoginsAreRotatedAndTheLoginsStay() throws Exception {
        String login = "/devices/" + device.guid() + "/amt-login";
        call(
                "PUT",
                login,
                "{\"username\":\"admin\",\"password\":\"" + SimulatedDevice.PASSWORD + "\"}");
        byte[] before = Files.readAllBytes(server.data("vault.keys"));

        Answer rotated = call("POST", "/secrets/rotate", "");
        Answer again = call("POST", "/secrets/rotate", "");

        assertThat(rotated.status()).as(rotated.response().body()).isEqualTo(200);
        assertThat(rotated.body().get("encrypted").asInt()).isPositive();
        assertThat(rotated.body().get("retired").size()).isEqualTo(1);
        assertThat(again.body().at("/retired/0").asString())
                .isEqualTo(rotated.body().get("key").asString());
        assertThat(Files.readAllBytes(server.data("vault.keys"))).isNotEqualTo(before);
        assertThat(get("/secrets/keys").response().body()).isEqualTo("{\"missing\":{}}");
        assertThat(get("/amt/generalSettings/" + device.guid()).status()).isEqualTo(200);
        call("DELETE", login, "");
    }

    @Test
    void whatIsLastKnownOfADeviceOutlivesItsConnection() throws Exception {
        Answer facts = get("/devices/" + offline + "/facts");

        assertThat(facts.status()).isEqualTo(200);
        assertThat(facts.body().at("/power/value/powerstate").isNumber()).isTrue();
        assertThat(facts.body().at("/power/ageSeconds").asDouble()).isPositive();
        assertThat(facts.body().has("hardware")).isFalse();
        assertThat(get("/devices/" + NOBODY + "/facts").status()).isEqualTo(404);
    }

    @Test
    void powerActionsChangeThePowerState() throws Exception {
        String state = "/amt/power/state/" + device.guid();
        if (get(state).body().get("powerstate").asInt() != 2) {
            call("POST", "/amt/power/action/" + device.guid(), "{\"action\":2}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(state).body().get("powerstate").asInt() == 2);
        }
        Answer off = call("POST", "/amt/power/action/" + device.guid(), "{\"action\":8}");
        assertThat(off.status()).as(off.response().body()).isEqualTo(200);
        assertThat(off.body().at("/Body/ReturnValueStr").asString()).isEqualTo("SUCCESS");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(state).body().get("powerstate").asInt() == 8);

        assertThat(call("POST", "/amt/power/action/" + device.guid(), "{\"action\":2}").status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(state).body().get("powerstate").asInt() == 2);

        Answer nonsense = call("POST", "/amt/power/action/" + device.guid(), "{\"action\":999}");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.body().at("/errors/0/path").asString()).isEqualTo("action");
    }

    @Test
    void featuresAreReadAsTheyWereSet() throws Exception {
        String path = "/amt/features/" + device.guid();
        String wanted =
                "{\"userConsent\":\"%s\",\"enableSOL\":%s,\"enableIDER\":%s,\"enableKVM\":%s}";
        Answer set = call("POST", path, wanted.formatted("all", false, true, false));
        assertThat(set.status()).as(set.response().body()).isEqualTo(200);
        assertThat(set.body().get("status").asString()).isEqualTo("AMT Features updated");

        JsonNode read = get(path).body();
        assertThat(read.get("userConsent").asString()).isEqualTo("all");
        assertThat(read.get("SOL").asBoolean()).isFalse();
        assertThat(read.get("IDER").asBoolean()).isTrue();
        assertThat(read.get("KVM").asBoolean()).isFalse();

        call("POST", path, wanted.formatted("none", true, true, true));
        assertThat(get(path).body().get("SOL").asBoolean()).isTrue();

        Answer incomplete = call("POST", path, "{\"userConsent\":\"some\"}");
        assertThat(incomplete.status()).isEqualTo(400);
        assertThat(incomplete.body().get("errors")).hasSize(4);
    }

    @Test
    void anAlarmIsListedUntilItIsRemoved() throws Exception {
        String path = "/amt/alarmOccurrences/" + device.guid();
        Answer added =
                call(
                        "POST",
                        path,
                        "{\"ElementName\":\"night\",\"StartTime\":\"2099-01-01T02:00:00.000Z\","
                                + "\"Interval\":60,\"DeleteOnCompletion\":true}");
        assertThat(added.status()).as(added.response().body()).isEqualTo(200);
        assertThat(added.body().get("ReturnValue").asInt()).isZero();
        assertThat(names(get(path).body(), "ElementName")).contains("night");

        assertThat(call("DELETE", path, "{\"Name\":\"night\"}").status()).isEqualTo(200);
        assertThat(names(get(path).body(), "ElementName")).doesNotContain("night");
        assertThat(call("DELETE", path, "{\"Name\":\"night\"}").status()).isEqualTo(404);
    }

    @Test
    void anAccountIsListedUntilItIsRemoved() throws Exception {
        String path = "/amt/accounts/" + device.guid();
        Answer made =
                call(
                        "POST",
                        path,
                        "{\"username\":\"helpdesk\",\"password\":\"P@ssw0rd1\","
                                + "\"accessPermission\":2,\"realms\":[5]}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        assertThat(names(get(path).body(), "username")).contains("helpdesk");

        String handle = made.body().get("handle").asString();
        assertThat(call("DELETE", path + "/" + handle, "").status()).isEqualTo(200);
        assertThat(names(get(path).body(), "username")).doesNotContain("helpdesk");
    }

    @Test
    void aTrustedRootIsListedUntilItIsRemoved() throws Exception {
        String path = "/amt/certificates/" + device.guid();
        Answer added =
                call(
                        "POST",
                        path,
                        "{\"cert\":\"%s\",\"isTrusted\":true}"
                                .formatted(base64(Files.readString(server.data("ca.crt")))));
        assertThat(added.status()).as(added.response().body()).isEqualTo(200);
        String handle = added.body().get("handle").asString();
        JsonNode listed = get(path).body().at("/certificates/publicKeyCertificateItems");
        assertThat(names(listed, "instanceID")).contains(handle);

        String one = path + "/" + handle.replace(" ", "%20");
        Answer removed = call("DELETE", one, "");
        assertThat(removed.status()).as(removed.response().body()).isEqualTo(200);
        assertThat(call("DELETE", one, "").status()).isEqualTo(404);
        assertThat(call("POST", path, "{\"cert\":\"AAAA\",\"isTrusted\":true}").status())
                .isEqualTo(400);
    }

    @Test
    void aWirelessProfileIsListedUntilItIsRemoved() throws Exception {
        String path = "/amt/networkSettings/wireless/profile/" + device.guid();
        String profile =
                "{\"profileName\":\"%s\",\"ssid\":\"office\",\"priority\":%d,"
                        + "\"authenticationMethod\":\"WPA2PSK\",\"encryptionMethod\":\"CCMP\","
                        + "\"password\":\"%s\"}";
        Answer added = call("POST", path, profile.formatted("office", 7, "S3cretWifi!"));
        assertThat(added.status()).as(added.response().body()).isEqualTo(204);
        Answer listed = get(path);
        assertThat(names(listed.body(), "profileName")).contains("office");
        assertThat(listed.response().body()).doesNotContain("S3cretWifi!");
        assertThat(call("POST", path, profile.formatted("office", 8, "S3cretWifi!")).status())
                .isEqualTo(409);
        assertThat(call("POST", path, profile.formatted("other", 7, "S3cretWifi!")).status())
                .isEqualTo(409);
        assertThat(call("POST", path, profile.formatted("a b", 9, "short")).status())
                .isEqualTo(400);

        assertThat(call("DELETE", path + "/office", "").status()).isEqualTo(204);
        assertThat(names(get(path).body(), "profileName")).doesNotContain("office");
        assertThat(call("DELETE", path + "/office", "").status()).isEqualTo(404);
    }

    @Test
    void theWirelessStateIsReadAsItWasSet() throws Exception {
        String path = "/amt/networkSettings/wireless/state/" + device.guid();
        for (String state : new String[] {"WifiDisabled", "WifiEnabledS0"}) {
            Answer set = call("POST", path, "{\"state\":\"%s\"}".formatted(state));
            assertThat(set.status()).as(set.response().body()).isEqualTo(200);
            assertThat(get(path).body().get("state").asString()).isEqualTo(state);
        }
        assertThat(call("POST", path, "{\"state\":\"sometimes\"}").status()).isEqualTo(400);
    }

    @Test
    void aRawClassComesWithItsEnvelopes() throws Exception {
        Answer read = get("/amt/explorer/" + device.guid() + "/AMT_GeneralSettings");

        assertThat(read.status()).as(read.response().body()).isEqualTo(200);
        assertThat(read.body().get("xmlOutput").asString()).contains("AMT_GeneralSettings");
        assertThat(get("/amt/explorer/" + device.guid() + "/Win32_Process").status())
                .isEqualTo(400);
        assertThat(get("/amt/explorer").body().size()).isGreaterThan(50);
    }

    @Test
    void whatHasNoRouteIsChangedAndCalledByWhoMayDoAnything() throws Exception {
        String path = "/amt/explorer/" + device.guid() + "/AMT_RedirectionService";
        String change = "{\"properties\":{\"ListenerEnabled\":false}}";

        assertThat(call("PATCH", path, change).body().get("ListenerEnabled").asBoolean()).isFalse();
        assertThat(get(path).body().at("/items/0/ListenerEnabled").asBoolean()).isFalse();
        Answer called =
                call(
                        "POST",
                        path + "/RequestStateChange",
                        "{\"input\":{\"RequestedState\":32771}}");
        assertThat(called.body().get("ReturnValue").asInt()).isZero();
        assertThat(call("POST", path + "/NoSuchMethod", "{}").status()).isEqualTo(400);
        for (String wrong : new String[] {"{\"<x/>\":1}", "{\"X\":{}}", "{\"X\":[[1]]}", "{}"}) {
            assertThat(call("PATCH", path, "{\"properties\":" + wrong + "}").status())
                    .as(wrong)
                    .isEqualTo(400);
        }

        server.call(
                "POST",
                "/api/v1/users",
                token,
                "{\"name\":\"engineer\",\"password\":\"%s\",\"grants\":[{\"role\":\"engineer\",\"tenant\":\"*\"}]}"
                        .formatted(USER_PASSWORD));
        Answer refused =
                server.call(
                        "PATCH",
                        "/api/v1" + path,
                        server.signIn("engineer", USER_PASSWORD),
                        change);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().get("detail").asString()).contains("'erase'");
    }

    @Test
    void theServerTellsItsVersionItsHealthAndItsAuthority() throws Exception {
        assertThat(get("/version").body().get("serviceVersion").asString()).isNotEmpty();
        Answer health = server.call("GET", "/api/v1/health", "", "");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().at("/db/status").asString()).isEqualTo("OK");
        assertThat(get("/ciracert").response().body()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    private static List<String> names(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.get(field).asString(""))
                .toList();
    }
}
