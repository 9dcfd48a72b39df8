package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.FreePorts;
import org.outpost.testkit.process.OutpostProcess;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code outpost simulate} without a server: identities, credentials and the guard. */
final class SimulateIT {
    @TempDir Path folder;

    @Test
    void theSameSeedGivesTheSameDevicesAndAnotherSeedOthers() {
        List<Fleet.Member> once = Fleet.list("seed-1", 30);

        assertThat(Fleet.list("seed-1", 30)).isEqualTo(once);
        Set<Fleet.Member> others = new HashSet<>(Fleet.list("seed-2", 30));
        others.retainAll(once);
        assertThat(others).isEmpty();
        assertThat(once).extracting(Fleet.Member::uuid).doesNotHaveDuplicates();
    }

    @Test
    void withoutCredentialsEachRunMakesItsOwn() {
        JsonNode one = credentials("one");
        JsonNode two = credentials("two");

        assertThat(one.path("password").asString()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(one.path("amtPassword").asString()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(two.path("password")).isNotEqualTo(one.path("password"));
        assertThat(two.path("amtPassword")).isNotEqualTo(one.path("amtPassword"));
    }

    private JsonNode credentials(String name) {
        try (OutpostProcess process =
                OutpostProcess.outpost(
                        folder.resolve(name + ".log"),
                        "simulate",
                        "--json",
                        "--server",
                        "127.0.0.1:" + new FreePorts().next())) {
            process.awaitLog("\"event\":\"credentials\".*\n", Duration.ofSeconds(30));
            return process.log()
                    .lines()
                    .filter(line -> line.contains("\"event\":\"credentials\""))
                    .map(new JsonMapper()::readTree)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aServerOnAnotherMachineNeedsAWordThatItIsOnesOwn() {
        // an address for documentation (RFC 5737): nothing is sent to it, since it is refused
        Command.Result refused =
                Command.of(
                                OutpostProcess.launcher().toString(),
                                "simulate",
                                "--server",
                                "192.0.2.1:4433")
                        .within(Duration.ofSeconds(30))
                        .run();

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes-this-is-mine");
    }
}
