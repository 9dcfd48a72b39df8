package org.outpost.simulator.redirection.sol;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.OperatingSystem;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.PowerAction;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * What is on the PC's serial port: the firmware's text when the boot asked for it (UseSOL, wsman.md
 * §6), its set-up and boot menu, and the login of the running system. One session is attached at a
 * time; what runs goes on without one. To be used on the device's event loop only.
 */
public final class SerialConsole {
    /** Detail of a boot plan that stops at the boot menu in place of the set-up. */
    static final String BOOT_MENU = "boot-menu";

    private static final int PAGES = 32 * 1024;
    private static final String CLEAR = "\u001b[2J\u001b[H";

    private final Machine machine;
    private final InstantSource clock;
    private @Nullable SerialLine line;
    private Mode mode = new Mode.Silent();
    private List<String> drawn = List.of();
    private boolean firmwareText;

    /** What reads the keys. */
    private sealed interface Mode {
        /** Nobody. */
        record Silent() implements Mode {}

        /** The self-test, or a boot loader that is shown as it is. */
        record Firmware(KeyDecoder keys) implements Mode {}

        /** Set-up or boot menu. */
        record Menu(FirmwareMenu menu, KeyDecoder keys) implements Mode {}

        /** The operating system. */
        record Login(LoginShell shell) implements Mode {}
    }

    /** The serial port of a PC. */
    public SerialConsole(Machine machine, InstantSource clock) {
        this.machine = machine;
        this.clock = clock;
        machine.listen(new Follower());
        machine.screen().listen(this::screenChanged);
        if (machine.os() == OperatingSystem.RUNNING) {
            systemRuns();
        }
    }

    /** Leads the serial port to this line, in place of any other, and shows what there is. */
    public void attach(SerialLine to) {
        line = to;
        drawn = List.of();
        switch (mode) {
            case Mode.Silent() -> {}
            case Mode.Firmware firmware -> screenChanged();
            case Mode.Menu(FirmwareMenu menu, KeyDecoder keys) -> send(menu.draw());
            case Mode.Login(LoginShell shell) -> send(shell.greeting());
        }
    }

    /** Leads the serial port nowhere, if it leads to this line. */
    public void detach(SerialLine from) {
        if (line == from) {
            line = null;
        }
    }

    /** What was typed at the other end. */
    public void input(byte[] bytes) {
        switch (mode) {
            case Mode.Silent() -> {}
            case Mode.Firmware(KeyDecoder keys) -> keys.decode(bytes).forEach(this::firmwareKey);
            case Mode.Menu(FirmwareMenu menu, KeyDecoder keys) -> {
                for (Key key : keys.decode(bytes)) {
                    menuKey(menu, key);
                }
            }
            case Mode.Login(LoginShell shell) -> {
                send(shell.input(new String(bytes, StandardCharsets.UTF_8)));
                shell.takeWish().ifPresent(this::act);
            }
        }
    }

    /** Whether a program prints without end. */
    public boolean isPrinting() {
        return mode instanceof Mode.Login(LoginShell shell) && !shell.endless().isEmpty();
    }

    /** Lets the program that prints without end print some pages. */
    public void print() {
        if (mode instanceof Mode.Login(LoginShell shell) && !shell.endless().isEmpty()) {
            String lines = shell.endless();
            send(lines.repeat(Math.max(1, PAGES / lines.length())));
        }
    }

    private void act(PowerAction action) {
        if (machine.nextBoot().equals(BootPlan.NORMAL)) {
            // whoever restarts the PC from here wants to see what comes
            machine.nextBoot(plan(BootSource.DEFAULT));
        }
        machine.request(action);
    }

    /** A key during the self-test; the firmware restarts into what was asked for. */
    private void firmwareKey(Key key) {
        switch (key) {
            case Key.Function(int number) when number == 2 -> restartInto(menuPlan(""));
            case Key.Function(int number) when number == 10 || number == 12 ->
                    restartInto(menuPlan(BOOT_MENU));
            case Key.Named named when named == Key.Named.DELETE -> restartInto(menuPlan(""));
            case Key.Named named when named == Key.Named.CTRL_ALT_DEL ->
                    restartInto(plan(BootSource.DEFAULT));
            default -> {}
        }
    }

    private void menuKey(FirmwareMenu menu, Key key) {
        if (key == Key.Named.CTRL_ALT_DEL) {
            restartInto(plan(BootSource.DEFAULT));
            return;
        }
        menu.press(key)
                .ifPresentOrElse(
                        source -> {
                            send(CLEAR + "Restarting ...\r\n");
                            restartInto(plan(source));
                        },
                        () -> send(menu.draw()));
    }

    private void restartInto(BootPlan plan) {
        machine.nextBoot(plan);
        machine.request(PowerAction.RESET);
    }

    private static BootPlan plan(BootSource source) {
        return new BootPlan(source, true, false, "");
    }

    private static BootPlan menuPlan(String which) {
        return new BootPlan(BootSource.BIOS_SETUP, true, false, which);
    }

    private void screenChanged() {
        if (!(mode instanceof Mode.Firmware) || !firmwareText) {
            return;
        }
        List<String> lines = machine.screen().lines();
        boolean longer =
                lines.size() >= drawn.size() && lines.subList(0, drawn.size()).equals(drawn);
        StringBuilder text = new StringBuilder();
        if (!longer || drawn.isEmpty()) {
            text.append(CLEAR);
        }
        for (String added : longer ? lines.subList(drawn.size(), lines.size()) : lines) {
            text.append(added).append("\r\n");
        }
        drawn = lines;
        send(text.toString());
    }

    private void systemRuns() {
        LoginShell shell = new LoginShell(machine.name(), clock);
        mode = new Mode.Login(shell);
        send(shell.greeting());
    }

    private void send(String text) {
        SerialLine to = line;
        if (to != null && !text.isEmpty()) {
            to.send(text);
        }
    }

    private final class Follower implements MachineListener {
        @Override
        public void postStarted(BootPlan plan) {
            firmwareText = plan.useSol();
            drawn = List.of();
            mode = new Mode.Firmware(new KeyDecoder());
            if (firmwareText) {
                screenChanged();
                send("\r\nPress F2 for Setup, F10 for the boot menu\r\n");
            }
        }

        @Override
        public void booting(BootPlan plan) {
            if (plan.source() != BootSource.BIOS_SETUP) {
                return;
            }
            FirmwareMenu menu =
                    plan.detail().equals(BOOT_MENU)
                            ? FirmwareMenu.bootMenu()
                            : FirmwareMenu.setup(machine.name());
            mode = new Mode.Menu(menu, new KeyDecoder());
            if (plan.useSol()) {
                send(menu.draw());
            }
        }

        @Override
        public void osChanged(OperatingSystem before, OperatingSystem after) {
            if (after == OperatingSystem.RUNNING) {
                systemRuns();
            } else if (after == OperatingSystem.HUNG) {
                mode = new Mode.Silent();
            }
        }

        @Override
        public void powerChanged(Power before, Power after) {
            if (!after.isOn()) {
                mode = new Mode.Silent();
                send("\r\n");
            }
        }
    }
}
