package org.outpost.server.web.setting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@TestInstance(Lifecycle.PER_CLASS)
class SettingApiTest {
    private static final String SECRET = "S3cr3t-0f-th1s-t3st";

    private RunningServer server;
    private String local;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        for (String name : List.of("amt.password", "hook.credentials", "ldap.password")) {
            Files.writeString(folder.resolve(name), "user:" + SECRET + "\n");
        }
        Files.writeString(folder.resolve("devices.passwd"), "dev:" + SECRET + "\n");
        server =
                new RunningServer(
                        folder,
                        """
                        amt: { password-file: amt.password }
                        console:
                          authenticators:
                            - { type: password-file, file: devices.passwd }
                            - { type: ldap, urls: [ldap://127.0.0.1:9], base: "dc=example",
                                filter: "(uid={user})", service-dn: "cn=s",
                                service-password-file: ldap.password }
                        access:
                          oidc: { issuer: "http://127.0.0.1:9/realm" }
                        notifications:
                          subscribers:
                            - { type: cloudevents-http, credentials: hook.credentials,
                                url: "https://hooks.example.com/a?token=%s" }
                        """
                                .formatted(SECRET));
        local = server.localToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer get(String path, String token) throws Exception {
        return server.call("GET", "/api/v1" + path, token, "");
    }

    @Test
    void allAreListedAndNoneTellsASecret() throws Exception {
        Answer all = get("/settings", local);

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body().get("totalCount").asInt()).isGreaterThan(100);
        assertThat(all.response().body())
                .contains("https://hooks.example.com/a?(hidden)")
                .doesNotContain(SECRET, local);
        for (JsonNode setting : all.body().get("data")) {
            Answer one =
                    get(
                            "/settings/"
                                    + setting.get("path")
                                            .asString()
                                            .replace("[", "%5B")
                                            .replace("]", "%5D"),
                            local);
            assertThat(one.body()).isEqualTo(setting);
        }
    }

    @Test
    void aPartIsListed() throws Exception {
        JsonNode written = get("/settings?under=amt.&written=true", local).body().get("data");

        assertThat(written).hasSize(1);
        JsonNode file = written.get(0);
        assertThat(file.get("path").asString()).isEqualTo("amt.password-file");
        assertThat(file.get("value").asString()).endsWith("amt.password");
        assertThat(file.get("source").asString()).isEqualTo("file");
        assertThat(file.get("place").asString()).endsWith("outpost.yaml:7");
        assertThat(file.get("documentation").asString()).contains("A file with the password");
        assertThat(file.get("change").asString()).isEqualTo("restart");
    }

    @Test
    void whatIsChangedWithoutARestartSaysHow() throws Exception {
        JsonNode level = get("/settings/logging.level", local).body();

        assertThat(level.get("value").asString()).isEqualTo("info");
        assertThat(level.get("change").asString()).isEqualTo("api");
        assertThat(level.get("how").asString()).contains("/api/v1/log-levels");
        assertThat(get("/log-levels", local).status()).isEqualTo(200);
    }

    @Test
    void onlyAdministratorsOfAllMayLook() throws Exception {
        server.call(
                "POST",
                "/api/v1/users",
                local,
                "{\"name\":\"viv\",\"password\":\"correct horse battery\","
                        + "\"grants\":[{\"role\":\"helpdesk\",\"tenant\":\"*\"}]}");
        String viv = server.signIn("viv", "correct horse battery");

        assertThat(get("/settings", viv).status()).isEqualTo(403);
        assertThat(get("/settings/web.port", viv).status()).isEqualTo(403);
    }

    @Test
    void whatIsNoKeyIsNotFound() throws Exception {
        assertThat(get("/settings/web.prot", local).status()).isEqualTo(404);
        assertThat(get("/settings/web", local).status()).isEqualTo(404);
        assertThat(get("/settings?under=nothing", local).body().get("totalCount").asInt()).isZero();
    }
}
