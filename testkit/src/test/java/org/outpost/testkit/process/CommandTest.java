package org.outpost.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

class CommandTest {
    @Test
    void resultHoldsOutputErrorAndExitCode() {
        Command.Result result =
                Command.shell("cat; echo oops >&2; echo $WORD; exit 3")
                        .with("WORD", "hello")
                        .fedWith("fed ")
                        .run();

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("fed hello\n");
        assertThat(result.err()).isEqualTo("oops\n");
        assertThatThrownBy(result::succeeded)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("oops");
    }

    @Test
    void muchOutputOnBothStreamsDoesNotStall() {
        Command.Result result =
                Command.shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2").run();

        assertThat(result.succeeded().outBytes()).hasSize(1_000_000);
        assertThat(result.err()).hasSize(1_000_000);
    }

    @Test
    void commandThatTakesTooLongIsKilledWithItsChildren() {
        assertThatThrownBy(
                        () ->
                                Command.shell("echo begun; sleep 600; echo done")
                                        .within(Duration.ofMillis(500))
                                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not done within PT0.5S")
                .hasMessageContaining("begun");
    }

    @Test
    void missingProgramIsAnError() {
        assertThat(Command.isInstalled("sh")).isTrue();
        assertThat(Command.isInstalled("no-such-program")).isFalse();
        assertThatThrownBy(() -> Command.of("no-such-program").run())
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void missingToolSkipsATestButFailsItOnCi() {
        NeedsToolCondition atHome = new NeedsToolCondition(tool -> tool.equals("there"), false);
        NeedsToolCondition onCi = new NeedsToolCondition(tool -> tool.equals("there"), true);

        assertThat(atHome.decide("there").isDisabled()).isFalse();
        assertThat(atHome.decide("there", "missing").isDisabled()).isTrue();
        assertThat(atHome.decide("missing").getReason()).contains("not installed: [missing]");
        assertThat(onCi.decide("there").isDisabled()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> onCi.decide("missing"))
                .withMessageContaining("[missing]");
    }

    @Test
    @NeedsTool("sh")
    void testWhoseToolIsThereRuns() {
        assertThat(Command.of("sh", "-c", "exit 0").run().exit()).isZero();
    }

    @Test
    void freePortsAreDistinctAndFree() throws IOException {
        FreePorts ports = new FreePorts();
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            int port = ports.next();
            assertThat(given.add(port)).isTrue();
            try (ServerSocket socket = new ServerSocket(port)) {
                assertThat(socket.getLocalPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void memoryOfThisProcessIsPlausible() {
        Memory memory = Memory.of(ProcessHandle.current().pid());

        assertThat(memory.residentBytes()).isGreaterThan(10 << 20);
        assertThat(memory.proportionalBytes()).isBetween(1L << 20, memory.residentBytes());
        assertThatThrownBy(() -> Memory.of(Integer.MAX_VALUE))
                .isInstanceOf(UncheckedIOException.class);
    }
}
