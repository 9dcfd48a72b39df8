package org.outpost.simulator.machine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The PC: power, self-test, boot, operating system, screen (simulator.md §6). Changes of power take
 * seconds; a boot shows its steps and ends in a running system, in the set-up, in what a medium
 * holds, or in nothing to boot. To be used on its event loop only.
 */
public final class Machine {
    private final String name;
    private final ScheduledExecutorService loop;
    private final MachineTiming timing;
    private final SplittableRandom random;
    private final Screen screen = new Screen();
    private final List<MachineListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Future<?>> timers = new ArrayList<>();
    private Power power;
    private OperatingSystem os;
    private BootPlan nextBoot = BootPlan.NORMAL;
    private @Nullable RedirectedMedia media;
    private @Nullable Future<?> watchdog;
    private boolean changing;
    private int boots;

    /**
     * A PC in the state it was found in.
     *
     * @param name what its screen calls it
     * @param power initial power; a PC that is on runs its operating system
     * @param loop where all of its life happens
     * @param timing how long things take
     * @param seed makes its delays repeatable
     */
    public Machine(
            String name,
            Power power,
            ScheduledExecutorService loop,
            MachineTiming timing,
            long seed) {
        this.name = name;
        this.power = power;
        this.os = power.isOn() ? OperatingSystem.RUNNING : OperatingSystem.ABSENT;
        this.loop = loop;
        this.timing = timing;
        this.random = new SplittableRandom(seed);
        if (power.isOn()) {
            screen.show(desktop());
        }
    }

    /** Tells of everything from now on. */
    public void listen(MachineListener listener) {
        listeners.add(listener);
    }

    /** Stops telling. */
    public void ignore(MachineListener listener) {
        listeners.remove(listener);
    }

    /** What the screen calls it. */
    public String name() {
        return name;
    }

    /** Its power now. */
    public Power power() {
        return power;
    }

    /** Its operating system now. */
    public OperatingSystem os() {
        return os;
    }

    /** Its screen. */
    public Screen screen() {
        return screen;
    }

    /** What the next boot will do. */
    public BootPlan nextBoot() {
        return nextBoot;
    }

    /** Decides what the next boot does; used up by it. */
    public void nextBoot(BootPlan plan) {
        nextBoot = plan;
    }

    /** The drives of the IDE-R session that is open from now on; null when it ends. */
    public void media(@Nullable RedirectedMedia drives) {
        media = drives;
    }

    /** Asks for a change of power, which happens within the times of the {@link MachineTiming}. */
    public PowerAnswer request(PowerAction action) {
        if (changing) {
            return PowerAnswer.UNDER_WAY;
        }
        if (!possible(action)) {
            return PowerAnswer.NOT_POSSIBLE;
        }
        changing = true;
        long shortest = timing.shortest().toMillis();
        long span = timing.longest().toMillis() - shortest;
        after(
                Duration.ofMillis(shortest + random.nextLong(span + 1)),
                () -> {
                    changing = false;
                    perform(action);
                });
        return PowerAnswer.ACCEPTED;
    }

    private boolean possible(PowerAction action) {
        if (action.isGraceful()) {
            return power.isOn() && os == OperatingSystem.RUNNING;
        }
        return switch (action) {
            case ON -> !power.isOn();
            case OFF -> power != Power.SOFT_OFF && power != Power.HARD_OFF;
            default -> power.isOn() || (power == Power.SLEEPING && action == PowerAction.CYCLE);
        };
    }

    private void perform(PowerAction action) {
        cancelTimers();
        switch (action) {
            case ON -> wake();
            case CYCLE -> {
                power(Power.HARD_OFF);
                changing = true;
                after(
                        timing.shortest(),
                        () -> {
                            changing = false;
                            power(Power.ON);
                            selfTest();
                        });
            }
            case OFF, SHUT_DOWN -> power(Power.SOFT_OFF);
            case SLEEP -> power(Power.SLEEPING);
            case HIBERNATE -> power(Power.HIBERNATED);
            case RESET, RESTART -> selfTest();
            case INTERRUPT -> {
                screen.print("NMI: diagnostic interrupt received, system halted");
                hang();
            }
        }
    }

    private void wake() {
        boolean asleep = power == Power.SLEEPING;
        power(Power.ON);
        if (asleep) {
            listeners.forEach(listener -> listener.postProgress(Post.WAKE_VECTOR));
            systemRuns();
        } else {
            selfTest();
        }
    }

    private void power(Power next) {
        Power before = power;
        power = next;
        if (!next.isOn()) {
            os(OperatingSystem.ABSENT);
            screen.clear();
        }
        listeners.forEach(listener -> listener.powerChanged(before, next));
    }

    private void os(OperatingSystem next) {
        OperatingSystem before = os;
        if (before != next) {
            os = next;
            stopWatchdog();
            listeners.forEach(listener -> listener.osChanged(before, next));
        }
    }

    private void selfTest() {
        BootPlan plan = nextBoot;
        nextBoot = BootPlan.NORMAL;
        boots++;
        os(OperatingSystem.ABSENT);
        screen.show(Post.banner(name));
        listeners.forEach(listener -> listener.postStarted(plan));
        Duration at = Duration.ZERO;
        for (int code : Post.STEPS) {
            at = at.plus(timing.postStep());
            after(
                    at,
                    () -> {
                        screen.print(Post.step(code));
                        progress(code);
                    });
        }
        after(at.plus(timing.postStep()), () -> boot(plan));
    }

    private void progress(int code) {
        listeners.forEach(listener -> listener.postProgress(code));
    }

    private void boot(BootPlan plan) {
        if (plan.source() == BootSource.BIOS_SETUP) {
            progress(Post.SETUP_ENTERED);
            screen.show(Post.setup(name));
            listeners.forEach(listener -> listener.booting(plan));
            return;
        }
        listeners.forEach(listener -> listener.booting(plan));
        switch (plan.source()) {
            case REDIRECTED_CD, REDIRECTED_FLOPPY -> bootRedirected(plan);
            case CD_DVD -> nothingFound(plan, "CD/DVD drive: no medium");
            case NETWORK -> nothingFound(plan, "PXE-E53: No boot filename received");
            case DIAGNOSTIC -> started(List.of("Diagnostic partition", "Memory test: running"));
            case HTTPS ->
                    started(List.of("UEFI HTTPS boot", plan.detail(), "Recovery environment"));
            case UEFI_OPTION -> started(List.of(plan.detail(), "Recovery environment"));
            default -> startSystem();
        }
    }

    private void bootRedirected(BootPlan plan) {
        RedirectedMedia drives = media;
        if (drives == null) {
            nothingFound(plan, "Redirected drive: no medium");
            return;
        }
        int boot = boots;
        drives.boot(
                plan.source(),
                result -> {
                    if (boot != boots || !power.isOn()) {
                        return; // switched off or reset in the meantime
                    }
                    switch (result) {
                        case BootResult.Booted(List<String> text) -> started(text);
                        case BootResult.NotBootable(String reason) -> nothingFound(plan, reason);
                    }
                });
    }

    /** A boot loader that is not the PC's own system. */
    private void started(List<String> text) {
        progress(Post.STARTING_OS);
        os(OperatingSystem.BOOTING);
        screen.show(text);
    }

    private void nothingFound(BootPlan plan, String reason) {
        screen.print(reason);
        screen.print("No bootable medium found. Press any key to try again.");
        listeners.forEach(listener -> listener.noBootableMedia(plan));
    }

    private void startSystem() {
        progress(Post.STARTING_OS);
        os(OperatingSystem.BOOTING);
        screen.show(List.of("Starting operating system ..."));
        after(timing.systemStart(), this::systemRuns);
    }

    private void systemRuns() {
        screen.show(desktop());
        os(OperatingSystem.RUNNING);
    }

    private List<String> desktop() {
        return List.of("Linux 6.12 " + name + " tty1", "", name + " login:");
    }

    /** Stops the operating system where it stands; the watchdog notices after its time. */
    public void hang() {
        if (os != OperatingSystem.RUNNING && os != OperatingSystem.BOOTING) {
            return;
        }
        os(OperatingSystem.HUNG);
        watchdog =
                loop.schedule(
                        () -> {
                            watchdog = null;
                            listeners.forEach(MachineListener::watchdogExpired);
                        },
                        timing.watchdog().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void stopWatchdog() {
        Future<?> timer = watchdog;
        watchdog = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void after(Duration delay, Runnable step) {
        timers.removeIf(Future::isDone);
        timers.add(loop.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void cancelTimers() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }
}
