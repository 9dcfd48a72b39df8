package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** Credentials that the server generates: devices call in with them, until they are revoked. */
final class DeviceCredentialIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    @Test
    void devicesCallInWithGeneratedCredentialsUntilTheseAreRevoked() throws Exception {
        ServerSetup setup = ServerSetup.in(folder);
        setup.config().deviceAuthenticator("{ type: device-table }");
        DeviceIdentity bound = Server.device(1, "bound.example.test");
        DeviceIdentity other = Server.device(2, "other.example.test");
        JsonNode one;
        JsonNode any;
        try (Server server = setup.start()) {
            one = create(server, "--device", bound.uuid().toString(), "--label", "desk 4");
            any = create(server, "--count", "2");

            server.callIn(with(bound, one)).close();
            server.callIn(with(other, any)).close();
            assertRefused(server, with(other, one));
            assertRefused(
                    server,
                    new DeviceIdentity(
                            bound.uuid(),
                            ServerSetup.USER,
                            ServerSetup.PASSWORD,
                            "",
                            bound.ports()));
            String list = server.outpost("device", "credential", "list").succeeded().out();
            assertThat(list)
                    .contains(one.path("user").asString())
                    .contains("desk 4")
                    .contains(bound.uuid().toString())
                    .doesNotContain(one.path("password").asString());
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            server.dataDir().resolve("secret.key"))))
                    .isEqualTo("rw-------");
            server.stopCleanly(one.path("password").asString(), any.path("password").asString());
        }
        try (Server server = setup.start()) {
            server.callIn(with(bound, one)).close();

            server.outpost("device", "credential", "revoke", one.path("user").asString())
                    .succeeded();

            assertRefused(server, with(bound, one));
            JsonNode next = create(server, "--device", bound.uuid().toString());
            server.callIn(with(bound, next)).close();
            assertThat(server.outpost("device", "credential", "revoke", "nobody").exit()).isOne();
            assertThat(server.outpost("device", "credential", "create", "--count", "0").err())
                    .contains("must be 1 to 1000");
            server.stopCleanly(one.path("password").asString(), next.path("password").asString());
        }
        Files.move(folder.resolve("data/secret.key"), folder.resolve("secret.key.away"));
        try (OutpostProcess refused = setup.launch()) {
            refused.awaitLog("secret.key, is gone.*restore it", Duration.ofSeconds(60));
        }
    }

    private static JsonNode create(Server server, String... options) {
        String[] words = new String[options.length + 4];
        words[0] = "device";
        words[1] = "credential";
        words[2] = "create";
        words[3] = "--json";
        System.arraycopy(options, 0, words, 4, options.length);
        return JSON.readTree(server.outpost(words).succeeded().out()).path("data").path(0);
    }

    private static DeviceIdentity with(DeviceIdentity device, JsonNode credential) {
        return new DeviceIdentity(
                device.uuid(),
                credential.path("user").asString(),
                credential.path("password").asString(),
                device.name(),
                device.ports());
    }

    private static void assertRefused(Server server, DeviceIdentity device) {
        try (ApfDevicePeer peer =
                new ApfDevicePeer(ApfConnection.tls(server.tunnelDoor(), server.trust()), device)) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection().send(ApfBytes.userauthPassword(device.user(), device.password()));
            peer.expect(WireMessage.UserauthFailure.class);
        }
    }
}
