package org.outpost.simulator.redirection.sol;

import org.outpost.simulator.machine.PowerAction;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A terminal of the running system: the login prompt, then a shell; line editing with history. */
final class LoginShell {
    private static final int LONGEST_LINE = 512;
    private static final int HISTORY = 50;
    private static final String BELL = "\u0007";
    private static final char CTRL_C = 3;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final String host;
    private final Shell shell;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder escape = new StringBuilder();
    private final List<String> history = new ArrayList<>();
    private int recalled;
    private boolean loggedIn;
    private boolean afterReturn;
    private String endless = "";
    private Optional<PowerAction> wish = Optional.empty();

    LoginShell(String host, InstantSource clock) {
        this.host = host;
        this.shell = new Shell(host, clock);
    }

    /** What somebody sees who comes to this terminal now. */
    String greeting() {
        return loggedIn
                ? "\r\n" + prompt() + line
                : "\r\nDebian GNU/Linux 13 "
                        + host
                        + " ttyS0\r\n\r\n(log in as root, no password)\r\n"
                        + prompt()
                        + line;
    }

    /** What the PC is to do with its power, asked for by the last input; only once. */
    Optional<PowerAction> takeWish() {
        Optional<PowerAction> taken = wish;
        wish = Optional.empty();
        return taken;
    }

    /** What a program prints over and over; empty when none runs. */
    String endless() {
        return endless;
    }

    private String prompt() {
        return loggedIn ? "root@" + host + ":" + shell.directory() + "# " : host + " login: ";
    }

    /** Takes keys; gives what the terminal shows in answer. */
    String input(String keys) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < keys.length(); i++) {
            char c = keys.charAt(i);
            if (!escape.isEmpty()) {
                out.append(escaped(c));
            } else {
                out.append(typed(c));
            }
        }
        return out.toString();
    }

    private String typed(char c) {
        if (!endless.isEmpty()) {
            // The program reads nothing; only the terminal's own keys count.
            if (c != CTRL_C) {
                return "";
            }
            endless = "";
        }
        boolean lineFeedOfPair = c == '\n' && afterReturn;
        afterReturn = c == '\r';
        return switch (c) {
            case '\n' -> lineFeedOfPair ? "" : enter();
            case '\r' -> enter();
            case 0x08, 0x7f -> {
                if (line.isEmpty()) {
                    yield "";
                }
                line.setLength(line.length() - 1);
                yield "\b \b";
            }
            case CTRL_C -> {
                line.setLength(0);
                yield "^C\r\n" + prompt();
            }
            case 0x04 -> line.isEmpty() ? logout() : ""; // Ctrl-D
            case 0x15 -> replace(""); // Ctrl-U
            case 0x0c -> "\u001b[2J\u001b[H" + prompt() + line; // Ctrl-L
            case 0x1b -> {
                escape.append(c);
                yield "";
            }
            default -> {
                if (c < ' ' || line.length() == LONGEST_LINE) {
                    yield BELL;
                }
                line.append(c);
                yield String.valueOf(c);
            }
        };
    }

    private String escaped(char c) {
        escape.append(c);
        if (escape.length() == 2 && (c == '[' || c == 'O')) {
            return "";
        }
        if ((c >= '0' && c <= '9') || c == ';') {
            if (escape.length() < 8) {
                return "";
            }
        }
        escape.setLength(0);
        return switch (c) {
            case 'A' -> recall(-1);
            case 'B' -> recall(1);
            default -> "";
        };
    }

    private String recall(int by) {
        int to = recalled + by;
        if (!loggedIn || to < 0 || to > history.size()) {
            return BELL;
        }
        recalled = to;
        return replace(to == history.size() ? "" : history.get(to));
    }

    private String replace(String text) {
        line.setLength(0);
        line.append(text);
        return ERASE_LINE + prompt() + text;
    }

    private String enter() {
        String command = line.toString().strip();
        line.setLength(0);
        if (!loggedIn) {
            return "\r\n" + logIn(command) + prompt();
        }
        if (!command.isEmpty()) {
            if (history.size() == HISTORY) {
                history.removeFirst();
            }
            history.add(command);
            recalled = history.size();
        }
        return "\r\n" + run(command);
    }

    private String logIn(String user) {
        if (user.isEmpty()) {
            return "";
        }
        if (!user.equals("root")) {
            return "Login incorrect\r\n\r\n";
        }
        loggedIn = true;
        return "Welcome to " + host + ". \"help\" lists the commands.\r\n\r\n";
    }

    private String run(String command) {
        return switch (shell.run(command)) {
            case Shell.Result.Text(String text) -> text.replace("\n", "\r\n") + prompt();
            case Shell.Result.Clear() -> "\u001b[2J\u001b[H" + prompt();
            case Shell.Result.Endless(String lines) -> {
                endless = lines.replace("\n", "\r\n");
                yield "";
            }
            case Shell.Result.Logout() -> logout();
            case Shell.Result.PowerWish(PowerAction action, String text) -> {
                wish = Optional.of(action);
                yield text.replace("\n", "\r\n");
            }
        };
    }

    private String logout() {
        loggedIn = false;
        history.clear();
        recalled = 0;
        return "\r\nlogout\r\n" + greeting();
    }
}
