package org.outpost.simulator.redirection.sol;

import org.outpost.simulator.machine.BootSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A menu of the PC's firmware on a terminal of 80 columns: its set-up or its boot devices. */
final class FirmwareMenu {
    private static final String CLEAR = "\u001b[2J\u001b[H";
    private static final String REVERSE = "\u001b[7m";
    private static final String NORMAL = "\u001b[0m";
    private static final int WIDTH = 76;

    /**
     * A line of the menu.
     *
     * @param values what the arrow keys or Enter change it to; empty for a line that only leaves
     * @param leave where the PC boots when the line is chosen
     */
    private record Item(String label, List<String> values, Optional<BootSource> leave) {}

    private final String title;
    private final String help;
    private final List<Item> items;
    private final BootSource escape;
    private final int[] chosen;
    private int at;

    private FirmwareMenu(String title, String help, BootSource escape, List<Item> items) {
        this.title = title;
        this.help = help;
        this.escape = escape;
        this.items = items;
        this.chosen = new int[items.size()];
    }

    /** The devices that the PC can boot from. */
    static FirmwareMenu bootMenu() {
        return new FirmwareMenu(
                "Please select boot device",
                "Up/Down: move    Enter: select    ESC: boot using defaults",
                BootSource.DEFAULT,
                List.of(
                        leaving("Hard disk: CT1000P1SSD8", BootSource.HARD_DISK),
                        leaving("USB CD/DVD: Intel Remote CD", BootSource.REDIRECTED_CD),
                        leaving("USB floppy: Intel Remote Floppy", BootSource.REDIRECTED_FLOPPY),
                        leaving("Network: Intel(R) Ethernet I219-LM (PXE)", BootSource.NETWORK),
                        leaving("Diagnostic partition", BootSource.DIAGNOSTIC),
                        leaving("Enter Setup", BootSource.BIOS_SETUP)));
    }

    /** The set-up. What is changed there lasts until it is left. */
    static FirmwareMenu setup(String name) {
        return new FirmwareMenu(
                "BIOS Setup                 " + name,
                "Up/Down: move   Left/Right/Enter: change   F10: save and exit   ESC: exit",
                BootSource.DEFAULT,
                List.of(
                        choice("Quiet boot", "Enabled", "Disabled"),
                        choice("Fast boot", "Disabled", "Enabled"),
                        choice("Wake on LAN", "Power on", "Stay off"),
                        choice("After power failure", "Last state", "Power on", "Stay off"),
                        choice("Serial console", "Enabled", "Disabled"),
                        choice("Virtualization", "Enabled", "Disabled"),
                        leaving("Boot menu: hard disk", BootSource.HARD_DISK),
                        leaving("Boot menu: network", BootSource.NETWORK),
                        leaving("Save and exit", BootSource.DEFAULT)));
    }

    private static Item leaving(String label, BootSource source) {
        return new Item(label, List.of(), Optional.of(source));
    }

    private static Item choice(String label, String... values) {
        return new Item(label, List.of(values), Optional.empty());
    }

    /** Reacts to a key; a source when the menu is left. */
    Optional<BootSource> press(Key key) {
        Item item = items.get(at);
        switch (key) {
            case Key.Named named -> {
                switch (named) {
                    case UP -> at = Math.floorMod(at - 1, items.size());
                    case DOWN -> at = Math.floorMod(at + 1, items.size());
                    case HOME -> at = 0;
                    case END -> at = items.size() - 1;
                    case LEFT -> change(item, -1);
                    case RIGHT -> change(item, 1);
                    case ENTER -> {
                        change(item, 1);
                        return item.leave();
                    }
                    case ESCAPE -> {
                        return Optional.of(escape);
                    }
                    default -> {}
                }
            }
            case Key.Function(int number) when number == 10 -> {
                return Optional.of(escape);
            }
            case Key.Function(int number) when number == 9 -> java.util.Arrays.fill(chosen, 0);
            default -> {}
        }
        return Optional.empty();
    }

    private void change(Item item, int by) {
        if (!item.values().isEmpty()) {
            chosen[at] = Math.floorMod(chosen[at] + by, item.values().size());
        }
    }

    /** The whole screen. */
    String draw() {
        List<String> lines = new ArrayList<>();
        lines.add("+" + "-".repeat(WIDTH) + "+");
        lines.add(boxed(" " + title));
        lines.add("+" + "-".repeat(WIDTH) + "+");
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String value = item.values().isEmpty() ? "" : "[" + item.values().get(chosen[i]) + "]";
            String text = String.format("   %-45s %s", item.label(), value);
            lines.add(i == at ? "|" + REVERSE + padded(text) + NORMAL + "|" : boxed(text));
        }
        lines.add("+" + "-".repeat(WIDTH) + "+");
        lines.add(boxed(" " + help));
        lines.add("+" + "-".repeat(WIDTH) + "+");
        return CLEAR + String.join("\r\n", lines) + "\r\n";
    }

    private static String boxed(String text) {
        return "|" + padded(text) + "|";
    }

    private static String padded(String text) {
        return text.length() >= WIDTH
                ? text.substring(0, WIDTH)
                : text + " ".repeat(WIDTH - text.length());
    }
}
