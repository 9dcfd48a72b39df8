package org.outpost.server.web.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.server.web.amt.SimulatedDevice;
import org.outpost.testkit.image.TinyIso;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Images of the server in the drives of a simulated device. */
@TestInstance(Lifecycle.PER_CLASS)
class MountApiTest {
    private static final String NOBODY = "4c4c4544-005a-3510-8047-b4c04f564433";
    private static final byte[] ISO = TinyIso.write("RESCUE", TinyIso.bootImage(400, 5), 1000);

    private RunningServer server;
    private SimulatedDevice device;
    private String token;
    private String mount;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        Path listed = Files.createDirectory(folder.resolve("images"));
        Files.write(listed.resolve("floppy.img"), TinyIso.floppy(3));
        server =
                new RunningServer(
                        folder,
                        """
                        amt: { password-file: amt.password, timeout: 10s }
                        images: { folder: images, largest: 4 }
                        """);
        token = server.localToken();
        device = new SimulatedDevice(server, folder, "drives");
        mount = "/devices/" + device.guid() + "/mount";
        call("POST", "/amt/power/action/" + device.guid(), "{\"action\":2}");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                call("GET", "/amt/power/state/" + device.guid(), "")
                                                .body()
                                                .get("powerstate")
                                                .asInt()
                                        == 2);
    }

    @AfterAll
    void stop() {
        device.close();
        server.close();
    }

    private Answer call(String method, String path, String body) throws Exception {
        return server.call(method, "/api/v1" + path, token, body);
    }

    private int upload(String name, byte[] image) throws IOException, InterruptedException {
        return server.http()
                .send(
                        HttpRequest.newBuilder(server.url().resolve("/api/v1/images/" + name))
                                .header("Authorization", "Bearer " + token)
                                .PUT(BodyPublishers.ofByteArray(image))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void anUploadedImageIsMountedAndBooted() throws Exception {
        assertThat(upload("rescue.iso", ISO)).isEqualTo(201);
        assertThat(upload("rescue.iso", ISO)).isEqualTo(200);
        assertThat(call("GET", "/images", "").body().at("/data/1/name").asString())
                .isEqualTo("rescue.iso");

        Answer mounted = call("POST", mount, "{\"cd\":\"rescue.iso\",\"attach\":\"now\"}");
        assertThat(mounted.status()).as(mounted.response().body()).isEqualTo(201);
        assertThat(call("GET", "/devices/redirectstatus/" + device.guid(), "").response().body())
                .contains("\"isIDERConnected\":true");
        assertThat(call("POST", mount, "{\"cd\":\"rescue.iso\"}").status()).isEqualTo(409);

        Answer boot =
                call(
                        "POST",
                        "/amt/power/bootOptions/" + device.guid(),
                        "{\"action\":202,\"useSOL\":false}");
        assertThat(boot.status()).as(boot.response().body()).isEqualTo(200);
        // The boot image, and what leads to it.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> call("GET", mount, "").body().get("bytesRead").asLong() >= 100 * 2048);

        assertThat(call("DELETE", mount, "").status()).isEqualTo(204);
        await().until(() -> call("GET", mount, "").status() == 404);
        await().until(
                        () ->
                                call("GET", "/devices/redirectstatus/" + device.guid(), "")
                                        .response()
                                        .body()
                                        .contains("\"isIDERConnected\":false"));
        assertThat(call("DELETE", "/images/rescue.iso", "").status()).isEqualTo(204);
        assertThat(call("DELETE", "/images/rescue.iso", "").status()).isEqualTo(404);
    }

    @Test
    void aFloppyOfTheServersFolderIsMounted() throws Exception {
        Answer mounted = call("POST", mount, "{\"floppy\":\"floppy.img\"}");

        assertThat(mounted.status()).as(mounted.response().body()).isEqualTo(201);
        assertThat(mounted.body().get("user").asString()).isEqualTo("@local");
        assertThat(call("DELETE", mount, "").status()).isEqualTo(204);
        await().until(() -> call("GET", mount, "").status() == 404);
    }

    @Test
    void whatCannotBeIsRefusedWithItsReason() throws Exception {
        assertThat(call("POST", mount, "{}").status()).isEqualTo(400);
        assertThat(call("POST", mount, "{\"cd\":\"missing.iso\"}").status()).isEqualTo(400);
        assertThat(call("POST", mount, "{\"cd\":\"../amt.password\"}").status()).isEqualTo(400);
        assertThat(call("POST", mount, "{\"floppy\":\"floppy.img\",\"attach\":\"soon\"}").status())
                .isEqualTo(400);
        assertThat(
                        call("POST", "/devices/" + NOBODY + "/mount", "{\"floppy\":\"floppy.img\"}")
                                .status())
                .isEqualTo(404);
        assertThat(call("DELETE", "/devices/" + device.guid() + "/mount", "").status())
                .isEqualTo(404);
        assertThat(upload("huge.iso", new byte[(4 << 20) + 1])).isEqualTo(413);
        assertThat(upload("..", new byte[1])).isIn(400, 404, 405);
        assertThat(upload(".hidden", new byte[1])).isEqualTo(400);
    }
}
