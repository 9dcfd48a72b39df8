package org.outpost.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class MachineTest {
    private final EmbeddedChannel time = new EmbeddedChannel();
    private final List<String> heard = new ArrayList<>();

    MachineTest() {
        time.freezeTime();
    }

    @AfterEach
    void close() {
        time.finishAndReleaseAll();
    }

    @Test
    void powerOnTakesASecondAndEndsInARunningSystemAfterItsSelfTest() {
        Machine machine = machine(Power.SOFT_OFF);

        assertThat(machine.request(PowerAction.ON)).isEqualTo(PowerAnswer.ACCEPTED);
        pass(999);
        assertThat(machine.power()).isEqualTo(Power.SOFT_OFF);
        assertThat(machine.request(PowerAction.ON)).isEqualTo(PowerAnswer.UNDER_WAY);

        pass(10_000);
        assertThat(machine.power()).isEqualTo(Power.ON);
        assertThat(machine.os()).isEqualTo(OperatingSystem.RUNNING);
        assertThat(heard)
                .containsExactly(
                        "SOFT_OFF>ON",
                        "post",
                        "progress 1",
                        "progress 2",
                        "progress 3",
                        "progress 7",
                        "progress 9",
                        "progress 13",
                        "boot DEFAULT",
                        "progress 19",
                        "ABSENT>BOOTING",
                        "BOOTING>RUNNING");
        assertThat(machine.screen().lines()).contains("pc-0001 login:");
    }

    @Test
    void aSleepingPcWakesWithoutASelfTest() {
        Machine machine = machine(Power.SLEEPING);

        machine.request(PowerAction.ON);
        pass(3_000);

        assertThat(heard).containsExactly("SLEEPING>ON", "progress 18", "ABSENT>RUNNING");
    }

    @ParameterizedTest
    @CsvSource({
        "ON, ON, NOT_POSSIBLE",
        "ON, OFF, ACCEPTED",
        "ON, CYCLE, ACCEPTED",
        "ON, RESET, ACCEPTED",
        "ON, INTERRUPT, ACCEPTED",
        "ON, SLEEP, ACCEPTED",
        "ON, HIBERNATE, ACCEPTED",
        "ON, SHUT_DOWN, ACCEPTED",
        "ON, RESTART, ACCEPTED",
        "SLEEPING, ON, ACCEPTED",
        "SLEEPING, OFF, ACCEPTED",
        "SLEEPING, CYCLE, ACCEPTED",
        "SLEEPING, RESET, NOT_POSSIBLE",
        "SLEEPING, SLEEP, NOT_POSSIBLE",
        "SOFT_OFF, ON, ACCEPTED",
        "SOFT_OFF, OFF, NOT_POSSIBLE",
        "SOFT_OFF, CYCLE, NOT_POSSIBLE",
        "SOFT_OFF, RESET, NOT_POSSIBLE",
        "SOFT_OFF, INTERRUPT, NOT_POSSIBLE",
        "SOFT_OFF, SHUT_DOWN, NOT_POSSIBLE",
        "HIBERNATED, ON, ACCEPTED",
        "HIBERNATED, OFF, ACCEPTED",
        "HARD_OFF, OFF, NOT_POSSIBLE"
    })
    void whatIsPossibleDependsOnThePower(Power power, PowerAction action, PowerAnswer answer) {
        assertThat(machine(power).request(action)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, SOFT_OFF",
        "SHUT_DOWN, SOFT_OFF",
        "SLEEP, SLEEPING",
        "HIBERNATE, HIBERNATED",
        "RESET, ON",
        "RESTART, ON",
        "CYCLE, ON",
        "INTERRUPT, ON"
    })
    void anActionEndsInItsPower(PowerAction action, Power power) {
        Machine machine = machine(Power.ON);

        machine.request(action);
        pass(20_000);

        assertThat(machine.power()).isEqualTo(power);
        assertThat(machine.request(PowerAction.INTERRUPT))
                .isEqualTo(power.isOn() ? PowerAnswer.ACCEPTED : PowerAnswer.NOT_POSSIBLE);
        if (!power.isOn()) {
            assertThat(machine.screen().lines()).isEmpty();
        }
    }

    @Test
    void gracefulActionsNeedARunningSystem() {
        Machine machine = machine(Power.ON);
        machine.hang();

        assertThat(machine.request(PowerAction.SHUT_DOWN)).isEqualTo(PowerAnswer.NOT_POSSIBLE);
        assertThat(machine.request(PowerAction.RESET)).isEqualTo(PowerAnswer.ACCEPTED);
    }

    @Test
    void aBootPlanIsUsedUpByOneBoot() {
        Machine machine = machine(Power.ON);
        machine.nextBoot(new BootPlan(BootSource.BIOS_SETUP, true, false, ""));

        machine.request(PowerAction.RESET);
        pass(5_000);
        assertThat(heard).endsWith("progress 5", "boot BIOS_SETUP");
        assertThat(machine.screen().lines()).anyMatch(line -> line.contains("BIOS Setup"));
        assertThat(machine.os()).isEqualTo(OperatingSystem.ABSENT);
        assertThat(machine.nextBoot()).isEqualTo(BootPlan.NORMAL);

        machine.request(PowerAction.RESET);
        pass(10_000);
        assertThat(machine.os()).isEqualTo(OperatingSystem.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"NETWORK", "CD_DVD", "REDIRECTED_CD", "REDIRECTED_FLOPPY"})
    void withNothingToBootThatIsSaid(BootSource source) {
        Machine machine = machine(Power.ON);
        machine.nextBoot(new BootPlan(source, false, false, ""));

        machine.request(PowerAction.RESET);
        pass(10_000);

        assertThat(heard).endsWith("boot " + source, "nothing " + source);
        assertThat(machine.screen().lines()).anyMatch(line -> line.startsWith("No bootable"));
    }

    @Test
    void aRedirectedDriveIsReadAndItsLoaderRuns() {
        Machine machine = machine(Power.ON);
        List<Consumer<BootResult>> reads = new ArrayList<>();
        machine.media((source, result) -> reads.add(result));
        machine.nextBoot(new BootPlan(BootSource.REDIRECTED_CD, false, false, ""));

        machine.request(PowerAction.RESET);
        pass(10_000);
        assertThat(machine.os()).isEqualTo(OperatingSystem.ABSENT);
        assertThat(reads).hasSize(1);
        reads.getFirst().accept(new BootResult.Booted(List.of("ISOLINUX")));

        assertThat(machine.os()).isEqualTo(OperatingSystem.BOOTING);
        assertThat(machine.screen().lines()).containsExactly("ISOLINUX");
    }

    @Test
    void aDriveThatAnswersAfterTheNextResetIsNotHeard() {
        Machine machine = machine(Power.ON);
        List<Consumer<BootResult>> reads = new ArrayList<>();
        machine.media((source, result) -> reads.add(result));
        machine.nextBoot(new BootPlan(BootSource.REDIRECTED_CD, false, false, ""));
        machine.request(PowerAction.RESET);
        pass(10_000);
        machine.request(PowerAction.RESET);
        pass(10_000);

        reads.getFirst().accept(new BootResult.Booted(List.of("ISOLINUX")));

        assertThat(machine.screen().lines()).contains("pc-0001 login:");
    }

    @Test
    void theWatchdogNoticesAHungSystemAfterItsTimeUnlessItIsReset() {
        Machine machine = machine(Power.ON);
        machine.hang();
        pass(119_999);
        assertThat(heard).containsExactly("RUNNING>HUNG");
        pass(1);
        assertThat(heard).endsWith("watchdog");

        machine.request(PowerAction.RESET);
        pass(10_000);
        machine.hang();
        machine.request(PowerAction.RESET);
        heard.clear();
        pass(200_000);
        assertThat(heard).doesNotContain("watchdog");
    }

    private Machine machine(Power power) {
        Machine machine = new Machine("pc-0001", power, time.eventLoop(), MachineTiming.USUAL, 7);
        machine.listen(
                new MachineListener() {
                    @Override
                    public void powerChanged(Power before, Power after) {
                        heard.add(before + ">" + after);
                    }

                    @Override
                    public void osChanged(OperatingSystem before, OperatingSystem after) {
                        heard.add(before + ">" + after);
                    }

                    @Override
                    public void postStarted(BootPlan plan) {
                        heard.add("post");
                    }

                    @Override
                    public void postProgress(int code) {
                        heard.add("progress " + code);
                    }

                    @Override
                    public void booting(BootPlan plan) {
                        heard.add("boot " + plan.source());
                    }

                    @Override
                    public void noBootableMedia(BootPlan plan) {
                        heard.add("nothing " + plan.source());
                    }

                    @Override
                    public void watchdogExpired() {
                        heard.add("watchdog");
                    }
                });
        return machine;
    }

    private void pass(long millis) {
        for (long at = 0; at < millis; at++) {
            time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            time.runScheduledPendingTasks();
        }
    }
}
