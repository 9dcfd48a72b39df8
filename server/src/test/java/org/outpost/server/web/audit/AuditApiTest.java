package org.outpost.server.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.audit.TrustedKeys;
import org.outpost.access.audit.verify.AuditFileVerifier;
import org.outpost.access.audit.verify.Verification;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class AuditApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");

    private DatagramSocket syslog;
    private Path copy;
    private RunningServer server;
    private String local;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        syslog.setSoTimeout(30_000);
        copy = folder.resolve("audit.jsonl");
        server =
                new RunningServer(
                        folder,
                        "audit: { file: %s, syslog: \"udp:127.0.0.1:%d\" }\n"
                                .formatted(copy, syslog.getLocalPort()));
        local = server.localToken();
        assertThat(post("/api/v1/tenants", local, "{\"name\":\"acme\"}")).isEqualTo(201);
        assertThat(
                        post(
                                "/api/v1/users",
                                local,
                                """
                                {"name":"ann","tenant":"acme","password":"%s",
                                 "grants":[{"role":"administrator"}]}
                                """
                                        .formatted(PASSWORD)))
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        syslog.close();
    }

    private int post(String path, String token, String body) throws Exception {
        return server.call("POST", path, token, body).status();
    }

    private List<JsonNode> trail(String query, String token) throws Exception {
        Answer answer = server.call("GET", "/api/v1/audit" + query, token, "");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        List<JsonNode> entries = new ArrayList<>();
        answer.body().get("data").forEach(entries::add);
        return entries;
    }

    /** Entries are written behind the answers. */
    private JsonNode newest(String action) {
        List<JsonNode> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            found.clear();
                            found.addAll(trail("?action=" + action, local));
                            return !found.isEmpty();
                        });
        return found.getFirst();
    }

    private static void assertEntry(JsonNode entry, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            assertThat(entry.get(namesAndValues[i]).asString())
                    .as("%s of %s", namesAndValues[i], entry)
                    .isEqualTo(namesAndValues[i + 1]);
        }
    }

    @Test
    void whoDidWhatToWhichDeviceAndWhyIsWrittenDown() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        server.call(
                "POST",
                "/api/v1/devices",
                ann,
                "{\"guid\":\"%s\",\"hostname\":\"pc-1\"}".formatted(DEVICE),
                "X-Outpost-Reason",
                "new at reception",
                "X-Outpost-Ticket",
                "INC-4711");
        assertEntry(
                newest("add-device"),
                "user",
                "ann",
                "method",
                "password",
                "address",
                "127.0.0.1",
                "tenant",
                "acme",
                "device",
                DEVICE.toString(),
                "reason",
                "new at reception",
                "ticket",
                "INC-4711",
                "result",
                "done");
        server.call("GET", "/api/v1/authorize/redirection/" + DEVICE, ann, "");
        assertEntry(newest("redirection"), "user", "ann", "device", DEVICE.toString());
        assertEntry(newest("add-user"), "user", "@local", "target", "ann", "result", "done");
        assertEntry(newest("authorize"), "user", "ann", "result", "done");
    }

    @Test
    void whatIsDeniedOrFailsIsWrittenDown() throws Exception {
        post("/api/v1/authorize", "", "{\"username\":\"ann\",\"password\":\"guess\"}");
        assertEntry(newest("authorize"), "user", "ann", "method", "none", "result", "denied");

        String ann = server.signIn("ann", PASSWORD);
        post("/api/v1/tenants", ann, "{\"name\":\"mine\"}");
        assertEntry(newest("add-tenant"), "user", "ann", "result", "denied", "status", "HTTP 403");
        server.call("DELETE", "/api/v1/users/nobody", local, "");
        assertEntry(
                newest("remove-user"),
                "target",
                "nobody",
                "result",
                "failed",
                "status",
                "HTTP 404");
    }

    @Test
    void lookingLeavesNoEntry() throws Exception {
        server.call("GET", "/api/v1/devices", local, "");
        server.call("GET", "/api/v1/users", local, "");
        post("/api/v1/tenants", local, "{\"name\":\"last\"}");
        newest("add-tenant");
        assertThat(trail("", local))
                .extracting(entry -> entry.get("action").asString())
                .containsOnly("add-tenant", "add-user");
    }

    @Test
    void aTenantSeesItsOwnEntriesAndAnExportThatCanBeVerified() throws Exception {
        String ann = server.signIn("ann", PASSWORD);
        server.call(
                "POST",
                "/api/v1/devices",
                ann,
                "{\"guid\":\"%s\",\"hostname\":\"pc-1\"}".formatted(DEVICE));
        newest("add-device");

        assertThat(trail("", ann))
                .isNotEmpty()
                .allMatch(entry -> entry.get("tenant").asString().equals("acme"));
        Answer keys = server.call("GET", "/api/v1/audit/keys", ann, "");
        TrustedKeys trusted = TrustedKeys.ofPem(keys.body().get("pem").asString());
        for (String token : new String[] {ann, local}) {
            Answer export = server.call("GET", "/api/v1/audit/export", token, "");
            String text = export.response().body();
            assertThat(AuditFileVerifier.verify(trusted, stream(text)))
                    .isInstanceOf(Verification.Sound.class);
            assertThat(AuditFileVerifier.verify(trusted, stream(text.replace("ann", "eve"))))
                    .isInstanceOf(Verification.Broken.class);
            assertThat(text.contains("add-tenant")).isEqualTo(token.equals(local));
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void copiesGoToAFileAndToSyslog() throws Exception {
        newest("add-user");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> Files.readString(copy).contains("\"add-user\""));
        byte[] bytes = new byte[8192];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        syslog.receive(packet);
        assertThat(new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8))
                .startsWith("<109>1 ")
                .contains("add-tenant");
    }

    @Test
    void queriesThatMakeNoSenseAreRefused() throws Exception {
        for (String query :
                new String[] {
                    "?$top=0", "?$top=1001", "?from=yesterday", "?result=maybe", "?device=x"
                }) {
            assertThat(server.call("GET", "/api/v1/audit" + query, local, "").status())
                    .as(query)
                    .isEqualTo(400);
        }
    }
}
