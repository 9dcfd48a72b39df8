package org.outpost.server.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

@TestInstance(Lifecycle.PER_CLASS)
class AccountsApiTest {
    private static final String PASSWORD = "correct horse battery";

    private RunningServer server;
    private String local;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RunningServer(folder, "");
        local = server.localToken();
        ok(post("/api/v1/tenants", local, "{\"name\":\"acme\"}"), 201);
        ok(post("/api/v1/tenants", local, "{\"name\":\"globex\"}"), 201);
        user("ann", "acme", "administrator");
        user("gus", "globex", "administrator");
        user("viv", "", "viewer");
        for (String tenant : new String[] {"acme", "globex", ""}) {
            ok(
                    post(
                            "/api/v1/devices",
                            local,
                            "{\"guid\":\"%s\",\"hostname\":\"pc-%s\",\"tenantId\":\"%s\",\"tags\":[\"lab\"]}"
                                    .formatted(device(tenant), tenant, tenant)),
                    201);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static UUID device(String tenant) {
        return UUID.nameUUIDFromBytes(tenant.getBytes(StandardCharsets.UTF_8));
    }

    private void user(String name, String tenant, String role) throws Exception {
        ok(
                post(
                        "/api/v1/users",
                        local,
                        """
                        {"name":"%s","tenant":"%s","password":"%s","grants":[{"role":"%s"}]}
                        """
                                .formatted(name, tenant, PASSWORD, role)),
                201);
    }

    private Answer get(String path, String token) throws Exception {
        return server.call("GET", path, token, "");
    }

    private Answer post(String path, String token, String body) throws Exception {
        return server.call("POST", path, token, body);
    }

    private static Answer ok(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        return answer;
    }

    @Test
    void theFirstAdministratorsPasswordIsInAFileUntilItIsChanged(@TempDir Path folder)
            throws Exception {
        try (RunningServer fresh = new RunningServer(folder, "")) {
            Path file = fresh.data("first-admin");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            String password = Files.readAllLines(file).getFirst();
            String token = fresh.signIn("admin", password);
            assertThat(
                            fresh.call("GET", "/api/v1/me", token, "")
                                    .body()
                                    .get("passwordIsInitial")
                                    .asBoolean())
                    .isTrue();
            String other = fresh.signIn("Admin", password);

            Answer changed =
                    fresh.call(
                            "PUT",
                            "/api/v1/me/password",
                            token,
                            "{\"current\":\"%s\",\"password\":\"%s\"}"
                                    .formatted(password, PASSWORD));

            ok(changed, 204);
            assertThat(file).doesNotExist();
            assertThat(fresh.call("GET", "/api/v1/me", token, "").status()).isEqualTo(200);
            assertThat(fresh.call("GET", "/api/v1/me", other, "").status()).isEqualTo(401);
            fresh.signIn("admin", PASSWORD);
        }
        try (RunningServer again = new RunningServer(folder, "")) {
            assertThat(again.data("first-admin")).doesNotExist();
            again.signIn("admin", PASSWORD);
        }
    }

    @Test
    void aWrongPasswordIsToldAsOpenDmtDoes() throws Exception {
        Answer answer =
                post(
                        "/api/v1/authorize",
                        "",
                        "{\"username\":\"ann\",\"password\":\"wrong horse\"}");
        ok(answer, 401);
        assertThat(answer.body().get("message").asString())
                .isEqualTo("Incorrect Username and/or Password!");
        Answer missing = post("/api/v1/authorize", "", "{\"username\":\"\"}");
        ok(missing, 400);
        assertThat(missing.body().get("errors").size()).isEqualTo(2);
        assertThat(missing.body().get("errors").get(0).get("msg").asString())
                .isEqualTo("User name is required");
        ok(post("/api/v1/authorize", "", "[1"), 400);
    }

    @Test
    void aSessionEndsWithTheSignOut() throws Exception {
        String token = server.signIn("ann", PASSWORD);
        ok(get("/api/v1/me", token), 200);
        ok(post("/api/v1/authorize/logout", token, ""), 204);
        ok(get("/api/v1/me", token), 401);
    }

    @Test
    void aBrowsersCookieCountsForPagesOfThisServerAlone() throws Exception {
        Answer signedIn =
                post(
                        "/api/v1/authorize",
                        "",
                        "{\"username\":\"ann\",\"password\":\"" + PASSWORD + "\"}");
        String set = signedIn.response().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set)
                .startsWith("__Host-outpost=op_")
                .contains("; Secure")
                .contains("; HttpOnly")
                .contains("; SameSite=Strict")
                .contains("; Path=/");
        String cookie = set.substring(0, set.indexOf(';'));
        String own = "https://" + server.url().getAuthority();

        assertThat(status("GET", cookie, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
        assertThat(status("GET", cookie, "Sec-Fetch-Site", "none")).isEqualTo(200);
        assertThat(status("GET", cookie, "Sec-Fetch-Site", "cross-site")).isEqualTo(401);
        assertThat(status("GET", cookie, "Sec-Fetch-Site", "same-site")).isEqualTo(401);
        assertThat(status("POST", cookie, "Sec-Fetch-Site", "same-site")).isEqualTo(401);
        assertThat(status("POST", cookie, "Sec-Fetch-Site", "none")).isEqualTo(401);
        assertThat(status("POST", cookie, "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(status("POST", cookie, "Origin", "null")).isEqualTo(403);
        assertThat(status("POST", cookie, "X-Nothing", "x")).isEqualTo(401);
        assertThat(status("POST", cookie, "Origin", own)).isEqualTo(201);
        assertThat(status("POST", cookie, "Sec-Fetch-Site", "same-origin")).isEqualTo(201);
    }

    private int status(String method, String cookie, String header, String value) throws Exception {
        return server.call(
                        method,
                        "/api/v1/tokens",
                        "",
                        method.equals("POST") ? "{\"label\":\"x\"}" : "",
                        "Cookie",
                        cookie,
                        header,
                        value)
                .status();
    }

    @Test
    void headersKeepBrowsersFromDoingMore() throws Exception {
        Answer answer = server.call("GET", "/api/v1/me", local, "", "Origin", "https://a.example");
        var headers = answer.response().headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void tenantsCannotSeeEachOther() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        Answer list = ok(get("/api/v1/devices?$count=true", ann), 200);
        assertThat(list.body().get("totalCount").asInt()).isEqualTo(1);
        assertThat(list.body().get("data").get(0).get("hostname").asString()).isEqualTo("pc-acme");
        ok(get("/api/v1/devices/" + device("acme"), ann), 200);
        for (String other : new String[] {"globex", ""}) {
            String path = "/api/v1/devices/" + device(other);
            String unknown = "/api/v1/devices/" + UUID.randomUUID();
            ok(get(path, ann), 404);
            assertThat(get(path, ann).body().get("detail"))
                    .isEqualTo(get(unknown, ann).body().get("detail"));
            ok(server.call("DELETE", path, ann, ""), 404);
            ok(get("/api/v1/authorize/redirection/" + device(other), ann), 404);
            ok(
                    server.call(
                            "PATCH",
                            "/api/v1/devices",
                            ann,
                            "{\"guid\":\"" + device(other) + "\",\"tags\":[\"mine\"]}"),
                    404);
        }
        assertThat(get("/api/v1/devices/stats", ann).body().get("totalCount").asInt()).isEqualTo(1);
        ok(get("/api/v1/users/gus", ann), 404);
        assertThat(get("/api/v1/users", ann).body().get("totalCount").asInt()).isEqualTo(1);
        ok(get("/api/v1/tenants", ann), 403);
        ok(get("/api/v1/log-levels", ann), 403);
        ok(get("/api/v1/subscribers", ann), 403);
        ok(get("/api/v1/roles?tenant=globex", ann), 404);
    }

    @Test
    void nobodyHelpsThemselvesToMore() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        ok(
                post(
                        "/api/v1/users",
                        ann,
                        """
                        {"name":"eve","password":"%s",
                         "grants":[{"role":"administrator","tenant":"*"}]}
                        """
                                .formatted(PASSWORD)),
                400);
        ok(post("/api/v1/users", ann, "{\"name\":\"eve\",\"tenant\":\"globex\"}"), 404);
        ok(post("/api/v1/users", ann, "{\"name\":\"eve\",\"tenant\":\"\"}"), 404);
        ok(server.call("PATCH", "/api/v1/users/admin", ann, "{\"enabled\":false}"), 404);

        ok(
                post(
                        "/api/v1/roles",
                        local,
                        "{\"name\":\"keeper\",\"tenant\":\"acme\",\"rights\":[\"admin\",\"view\"]}"),
                201);
        ok(
                post(
                        "/api/v1/users",
                        local,
                        """
                        {"name":"kim","tenant":"acme","password":"%s","grants":[{"role":"keeper"}]}
                        """
                                .formatted(PASSWORD)),
                201);
        String kim = server.signIn("kim", PASSWORD);
        String more = "{\"grants\":[{\"role\":\"administrator\"}]}";
        ok(server.call("PATCH", "/api/v1/users/kim", kim, more), 403);
        ok(post("/api/v1/users", kim, "{\"name\":\"puppet\"," + more.substring(1)), 403);
        ok(
                server.call(
                        "PUT", "/api/v1/roles/keeper", kim, "{\"rights\":[\"admin\",\"erase\"]}"),
                403);
        ok(server.call("PATCH", "/api/v1/users/ann", kim, "{\"password\":\"x\"}"), 403);
        ok(server.call("DELETE", "/api/v1/users/ann", kim, ""), 403);
        assertThat(get("/api/v1/users/kim", ann).body().get("grants").size()).isEqualTo(1);
        ok(server.call("DELETE", "/api/v1/users/kim", ann, ""), 204);
        ok(get("/api/v1/me", kim), 401);
    }

    @Test
    void tagsAndGroupsGiveNobodyMoreThanTheGiverMayDo() throws Exception {
        String branch = "{\"name\":\"branch\",\"tenant\":\"acme\",\"tags\":[\"graz\"]}";
        ok(post("/api/v1/groups", local, branch), 201);
        ok(
                post(
                        "/api/v1/roles",
                        local,
                        "{\"name\":\"warden\",\"tenant\":\"acme\",\"rights\":[\"admin\",\"view\"]}"),
                201);
        ok(
                post(
                        "/api/v1/users",
                        local,
                        """
                        {"name":"wim","tenant":"acme","password":"%s","grants":[
                          {"role":"warden"},{"role":"administrator","group":"branch"}]}
                        """
                                .formatted(PASSWORD)),
                201);
        String wim = server.signIn("wim", PASSWORD);
        String device = device("acme").toString();
        ok(
                server.call(
                        "PATCH",
                        "/api/v1/devices",
                        wim,
                        "{\"guid\":\"%s\",\"tags\":[\"lab\",\"graz\"]}".formatted(device)),
                403);
        ok(server.call("PUT", "/api/v1/groups/branch", wim, "{\"tags\":[\"graz\",\"lab\"]}"), 403);
        ok(get("/api/v1/authorize/redirection/" + device, wim), 403);
        ok(
                server.call(
                        "PATCH",
                        "/api/v1/devices",
                        wim,
                        "{\"guid\":\"%s\",\"tags\":[\"lab\"]}".formatted(device)),
                200);
        ok(server.call("DELETE", "/api/v1/users/wim", local, ""), 204);
    }

    @Test
    void aChangeOfAUserIsDoneAsAWholeOrNotAtAll() throws Exception {
        user("pia", "", "viewer");
        ok(
                server.call(
                        "PATCH",
                        "/api/v1/users/pia",
                        local,
                        """
                        {"grants":[{"role":"administrator"}],"enabled":false,"password":"short"}
                        """),
                400);
        Answer pia = get("/api/v1/users/pia", local);
        assertThat(pia.body().get("enabled").asBoolean()).isTrue();
        assertThat(pia.body().get("grants").get(0).get("role").asString()).isEqualTo("viewer");
    }

    @Test
    void aNameIsNotInherited() throws Exception {
        user("rob", "", "viewer");
        String rob = server.signIn("rob", PASSWORD);
        ok(server.call("DELETE", "/api/v1/users/rob", local, ""), 204);
        user("rob", "", "administrator");
        ok(get("/api/v1/me", rob), 401);
        ok(post("/api/v1/users", local, "{\"name\":\"rae\",\"tenant\":\"*\"}"), 404);
        ok(post("/api/v1/users", local, "{\"name\":\"rae\",\"tenant\":\"none\"}"), 404);
    }

    @Test
    void whatMakesNoSenseOrIsTooMuchIsRefused() throws Exception {
        for (String nil :
                new String[] {
                    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
                }) {
            ok(post("/api/v1/devices", local, "{\"guid\":\"" + nil + "\"}"), 400);
        }
        ok(
                post(
                        "/api/v1/devices",
                        local,
                        "{\"guid\":\"%s\",\"tags\":[null]}".formatted(device(""))),
                400);
        ok(post("/api/v1/roles", local, "{\"name\":\"x\",\"rights\":[null]}"), 400);
        ok(post("/api/v1/groups", local, "{\"name\":\"x\",\"tags\":[null]}"), 400);
        ok(post("/api/v1/users", local, "{\"name\":\"x\",\"grants\":[null]}"), 400);
        ok(get("/api/v1/audit?from=-1000000000-01-01T00:00:00Z", local), 400);
        String huge = "{\"username\":\"" + "x".repeat(2_000_000) + "\",\"password\":\"y\"}";
        try {
            assertThat(post("/api/v1/authorize", "", huge).status()).isEqualTo(413);
        } catch (IOException e) {
            // The rest was not read: the connection may be gone before the answer arrives.
            ok(get("/api/v1/me", local), 200);
        }
    }

    @Test
    void aTokenIsGoodForWhatItWasMadeForUntilItIsRevoked() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        Answer made =
                ok(
                        post(
                                "/api/v1/tokens",
                                ann,
                                "{\"label\":\"dashboard\",\"rights\":[\"view\"],\"expiresInDays\":30}"),
                        201);
        String token = made.body().get("token").asString();

        ok(get("/api/v1/devices/" + device("acme"), token), 200);
        Answer denied =
                ok(server.call("DELETE", "/api/v1/devices/" + device("acme"), token, ""), 403);
        assertThat(denied.body().get("detail").asString()).contains("'admin'", "with this token");
        ok(post("/api/v1/tokens", token, "{}"), 403);
        ok(get("/api/v1/tokens", token), 403);
        Answer list = get("/api/v1/tokens", ann);
        assertThat(list.response().body()).doesNotContain(token);
        ok(
                server.call(
                        "DELETE", "/api/v1/tokens/" + made.body().get("id").asString(), ann, ""),
                204);
        ok(get("/api/v1/devices/" + device("acme"), token), 401);
        ok(post("/api/v1/tokens", ann, "{\"rights\":[\"look\"]}"), 400);
        ok(post("/api/v1/tokens", local, "{}"), 409);
    }

    @Test
    void whoLooksMayNotTouch() throws Exception {
        String viv = server.signIn("viv", PASSWORD);
        ok(get("/api/v1/devices/" + device(""), viv), 200);
        ok(get("/api/v1/devices/" + device("acme"), viv), 404);
        ok(server.call("DELETE", "/api/v1/devices/" + device(""), viv, ""), 403);
        ok(get("/api/v1/authorize/redirection/" + device(""), viv), 403);
        ok(get("/api/v1/users", viv), 403);
        ok(post("/api/v1/devices", viv, "{\"guid\":\"" + UUID.randomUUID() + "\"}"), 403);
    }

    @Test
    void aDisabledUsersTokensAreWorthNothing() throws Exception {
        user("tom", "", "viewer");
        String tom = server.signIn("tom", PASSWORD);
        ok(get("/api/v1/me", tom), 200);
        ok(server.call("PATCH", "/api/v1/users/tom", local, "{\"enabled\":false}"), 200);
        ok(get("/api/v1/me", tom), 401);
        ok(
                post(
                        "/api/v1/authorize",
                        "",
                        "{\"username\":\"tom\",\"password\":\"" + PASSWORD + "\"}"),
                401);
        ok(server.call("PATCH", "/api/v1/users/tom", local, "{\"enabled\":true}"), 200);
        ok(get("/api/v1/me", tom), 200);
    }

    @Test
    void devicesAreListedAsOpenDmtDoes() throws Exception {
        Answer plain = ok(get("/api/v1/devices", local), 200);
        assertThat(plain.body().isArray()).isTrue();
        Answer counted = ok(get("/api/v1/devices?$top=1&$skip=1&$count=true", local), 200);
        assertThat(counted.body().get("data").size()).isEqualTo(1);
        assertThat(counted.body().get("totalCount").asInt()).isEqualTo(3);
        assertThat(get("/api/v1/devices?tags=lab,nope&method=AND", local).body().size()).isZero();
        assertThat(get("/api/v1/devices?tags=lab,nope&method=OR", local).body().size())
                .isEqualTo(3);
        assertThat(get("/api/v1/devices?status=1", local).body().size()).isZero();
        assertThat(get("/api/v1/devices/tags", local).body().toString()).isEqualTo("[\"lab\"]");
        Answer bad = ok(get("/api/v1/devices?$skip=-1", local), 400);
        assertThat(bad.body().get("errors").get(0).get("path").asString()).isEqualTo("$skip");
        ok(get("/api/v1/devices?$top=x", local), 400);
        ok(get("/api/v1/devices?status=2", local), 400);
    }

    @Test
    void aDeviceIsSaidToBeSomethingElseOnlyByItsAdministrators() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        Answer changed =
                ok(
                        server.call(
                                "PATCH",
                                "/api/v1/devices",
                                ann,
                                """
                                {"guid":"%s","friendlyName":"Reception","deviceInfo":{"fwVersion":"16.1"}}
                                """
                                        .formatted(device("acme"))),
                        200);
        assertThat(changed.body().get("friendlyName").asString()).isEqualTo("Reception");
        assertThat(changed.body().get("deviceInfo").get("fwVersion").asString()).isEqualTo("16.1");
        assertThat(changed.body().get("hostname").asString()).isEqualTo("pc-acme");
        ok(
                server.call(
                        "PATCH",
                        "/api/v1/devices",
                        ann,
                        "{\"guid\":\"%s\",\"tenantId\":\"globex\"}".formatted(device("acme"))),
                403);
        for (String bad :
                new String[] {
                    "{}",
                    "{\"guid\":\"x\"}",
                    "{\"guid\":\"%s\",\"tags\":[\"a,b\"]}".formatted(device("acme")),
                    "{\"guid\":\"%s\",\"hostname\":\"%s\"}"
                            .formatted(device("acme"), "x".repeat(300)),
                    "{\"guid\":\"%s\",\"deviceInfo\":3}".formatted(device("acme")),
                    "{\"guid\":\"%s\",\"tags\":\"lab\"}".formatted(device("acme"))
                }) {
            ok(server.call("PATCH", "/api/v1/devices", ann, bad), 400);
        }
    }
}
