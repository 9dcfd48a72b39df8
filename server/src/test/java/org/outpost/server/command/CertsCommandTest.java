package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.certificate.CrlFile;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

class CertsCommandTest {
    private static final String DEVICE = "4c4c4544-005a-3510-8047-b4c04f564433";

    @TempDir private Path folder;
    private Path data;
    private Path out;

    @BeforeEach
    void init() throws Exception {
        data = folder.resolve("data");
        out = Files.createDirectory(folder.resolve("out"));
    }

    private CommandRun certs(String... arguments) {
        List<String> all = new ArrayList<>(List.of("certs"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "data-dir=" + data, "--set", "tunnel.name=mps.test"));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private CommandRun done(String... arguments) {
        CommandRun run = certs(arguments);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run;
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return new JsonMapper().readTree(done(all.toArray(String[]::new)).out());
    }

    @Test
    void theCaIsMadeOnceAndShown() throws Exception {
        CommandRun made = done("init");
        assertThat(made.out())
                .contains("The CA is made.")
                .contains("RSA 2048, signed with SHA256withRSA")
                .contains("Back up " + data.resolve("ca.key"));
        byte[] root = Files.readAllBytes(data.resolve("ca.crt"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");

        assertThat(done("init").out()).contains("The CA was there already.");
        assertThat(data.resolve("ca.crt")).hasBinaryContent(root);

        assertThat(json("init", "--authority", "rsa-3072").path("key").asString())
                .isEqualTo("RSA 3072");
        assertThat(done("show").out())
                .containsPattern("ROLE +NAME +STATE")
                .containsPattern("ca +Outpost CA [0-9a-f]{8} +good")
                .contains("ca-rsa3072.crt");
    }

    @Test
    void withoutACaEachCommandSaysHowToGetOne() {
        assertThat(done("show").out()).contains("no CA").contains("outpost certs init");
        for (List<String> each :
                List.of(
                        List.of("device", DEVICE, "--out", out.toString()),
                        List.of("server", "x.test", "--out", out.toString()),
                        List.of("revoke", "1f"))) {
            CommandRun run = certs(each.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("outpost certs init");
        }
        assertThat(certs("server").err()).contains("first start");
        assertThat(data).doesNotExist();
    }

    @Test
    void aDevicesCertificateIsIssuedListedAndRevoked() throws Exception {
        done("init");
        CommandRun issued =
                done("device", DEVICE.toUpperCase(Locale.ROOT), "--out", out.toString());
        Path key = out.resolve(DEVICE + ".key");
        assertThat(issued.out()).contains("CN=" + DEVICE).contains(key + ": hand it on safely");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        JsonNode second = json("device", "zoë", "--days", "30", "--out", out.toString());
        assertThat(out.resolve("zo_.key")).exists();

        JsonNode all = json("show").path("data");
        assertThat(all).extracting(one -> one.path("role").asString()).contains("ca", "client");
        assertThat(all).extracting(one -> one.path("state").asString()).containsOnly("good");

        String serial = second.path("serial").asString();
        assertThat(done("revoke", serial.toUpperCase(Locale.ROOT), DEVICE).out())
                .contains("Revoked " + serial)
                .contains(data.resolve("ca.crl").toString());
        assertThat(CrlFile.read(data.resolve("ca.crl")).getFirst().getRevokedCertificates())
                .hasSize(2);
        assertThat(json("show").path("data"))
                .extracting(one -> one.path("state").asString())
                .containsExactly("good", "revoked", "revoked");
        assertThat(done("revoke", serial).out()).contains("revoked before");
    }

    @Test
    void nothingIsOverwrittenAndNothingIsRevokedByHalves() {
        done("init");
        done("device", "bob", "--out", out.toString());
        CommandRun again = certs("device", "bob", "--out", out.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("bob.crt is there already");
        assertThat(json("show").path("data").size()).as("nothing was issued").isEqualTo(2);

        CommandRun unknown = certs("revoke", "bob", "alice");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("'alice'").contains("nothing is revoked");
        assertThat(data.resolve("ca.crl")).doesNotExist();
    }

    @Test
    void badUseIsExplained() {
        done("init");
        assertThat(certs("device", "x", "--days", "0").exitCode()).isEqualTo(2);
        assertThat(certs("server", "x.test").err()).contains("belong together");
        assertThat(certs("server", "no name", "--out", out.toString()).err())
                .contains("neither a host name nor an address");
        assertThat(certs("device", "x", "--out", out + "/gone").err()).contains("no folder");
        assertThat(certs("device", "x", "--authority", out.toString()).err())
                .contains("there is no CA in the folder");
        assertThat(certs("show", out.resolve("gone.crt").toString()).err()).contains("gone.crt");
    }

    @Test
    void theServersOwnAreRenewedAndOnesForOthersAreIssued() {
        done("init");
        JsonNode first = json("server").path("data").get(0);
        assertThat(first.path("file").asString()).isEqualTo(data.resolve("server.crt").toString());
        assertThat(first.path("name").asString()).isEqualTo("mps.test");
        JsonNode second = json("server").path("data").get(0);
        assertThat(second.path("serial")).isNotEqualTo(first.path("serial"));
        assertThat(done("server").out()).contains("from the next handshake on");

        CommandRun other = done("server", "lb.test", "192.0.2.7", "--out", out.toString());
        assertThat(other.out()).contains("Names:   lb.test, 192.0.2.7").doesNotContain("localhost");
        JsonNode shown = json("show", out.resolve("lb.test.crt").toString()).path("data");
        assertThat(shown)
                .extracting(one -> one.path("role").asString())
                .containsExactly("server", "ca");
    }
}
