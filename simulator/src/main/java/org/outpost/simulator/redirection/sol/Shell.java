package org.outpost.simulator.redirection.sol;

import org.outpost.simulator.machine.PowerAction;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The commands of the simulated system. Text has line feeds only; a terminal adds the returns. */
final class Shell {
    private static final String KERNEL = "6.12.48+deb13-amd64";
    private static final String HELP =
            """
            cat FILE...      show files         ls [DIR]     list a directory
            cd [DIR]         change directory   pwd          where am I
            clear            clear the screen   poweroff     switch the PC off
            date             the time           ps           processes
            dmesg            kernel messages    reboot       restart the PC
            echo TEXT        say TEXT           uname [-a]   the system
            exit             log out            uptime       since when it runs
            free             memory             whoami       who am I
            hostname         name of the PC     ip addr      network addresses
            yes [TEXT]       without end
            """;
    private static final String IP =
            """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                inet 127.0.0.1/8 scope host lo
            2: enp0s31f6: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP
                inet 192.0.2.17/24 brd 192.0.2.255 scope global dynamic enp0s31f6
                inet6 2001:db8::17/64 scope global dynamic
            """;
    private static final String PROCESSES =
            """
                PID TTY          TIME CMD
                  1 ?        00:00:02 systemd
                312 ?        00:00:00 systemd-journal
                587 ?        00:00:00 dbus-daemon
                611 ?        00:00:01 NetworkManager
                733 ttyS0    00:00:00 bash
                901 ttyS0    00:00:00 ps
            """;

    private final String host;
    private final InstantSource clock;
    private final Instant started;
    private final FileTree files;
    private String directory = "/root";

    /** What came of a command. */
    sealed interface Result {
        /** Text, and the prompt again. */
        record Text(String text) implements Result {}

        /** An empty screen. */
        record Clear() implements Result {}

        /** Prints these lines over and over until Ctrl-C. */
        record Endless(String lines) implements Result {}

        /** Back to the login. */
        record Logout() implements Result {}

        /** The system goes down. */
        record PowerWish(PowerAction action, String text) implements Result {}
    }

    Shell(String host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
        this.started = clock.instant();
        this.files = new FileTree(host, this::dmesg, this::uptimeFile);
    }

    /** The working directory, the home as a tilde. */
    String directory() {
        return directory.equals("/root") ? "~" : directory;
    }

    Result run(String line) {
        List<String> words = Arrays.stream(line.split("\\s+")).filter(w -> !w.isEmpty()).toList();
        if (words.isEmpty()) {
            return new Result.Text("");
        }
        List<String> arguments = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "clear", "reset" -> new Result.Clear();
            case "yes" ->
                    new Result.Endless(
                            (arguments.isEmpty() ? "y" : String.join(" ", arguments)) + "\n");
            case "exit", "logout" -> new Result.Logout();
            case "poweroff", "shutdown", "halt" ->
                    new Result.PowerWish(
                            PowerAction.SHUT_DOWN, stopping() + "reboot: Power down\n");
            case "reboot" ->
                    new Result.PowerWish(
                            PowerAction.RESTART, stopping() + "reboot: Restarting system\n");
            default -> new Result.Text(text(words.getFirst(), arguments));
        };
    }

    private static String stopping() {
        return "[  OK  ] Stopped target Multi-User System.\n[  OK  ] Reached target Shutdown.\n";
    }

    private String text(String command, List<String> arguments) {
        return switch (command) {
            case "help" -> HELP;
            case "uname" -> uname(arguments);
            case "dmesg" -> dmesg();
            case "ip" -> ip(arguments);
            case "uptime" -> uptime();
            case "cat" -> cat(arguments);
            case "ls" -> ls(arguments);
            case "cd" -> cd(arguments);
            case "pwd" -> directory + "\n";
            case "whoami" -> "root\n";
            case "hostname" -> host + "\n";
            case "echo" -> String.join(" ", arguments) + "\n";
            case "ps" -> PROCESSES;
            case "date" ->
                    DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ROOT)
                                    .format(clock.instant().atOffset(ZoneOffset.UTC))
                            + "\n";
            case "free" -> files.read("/proc/meminfo").orElse("");
            default -> "-bash: " + command + ": command not found\n";
        };
    }

    private String uname(List<String> arguments) {
        return arguments.contains("-a")
                ? "Linux " + host + " " + KERNEL + " #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n"
                : arguments.contains("-r") ? KERNEL + "\n" : "Linux\n";
    }

    private static String ip(List<String> arguments) {
        return !arguments.isEmpty() && "address".startsWith(arguments.getFirst())
                ? IP
                : "Usage: ip addr\n";
    }

    private String uptime() {
        Duration up = Duration.between(started, clock.instant());
        return String.format(
                Locale.ROOT,
                " up %d days, %02d:%02d, 1 user, load average: 0.08, 0.03, 0.01%n",
                up.toDays(),
                up.toHoursPart(),
                up.toMinutesPart());
    }

    private String uptimeFile() {
        return Duration.between(started, clock.instant()).toSeconds() + ".00 0.00\n";
    }

    private String dmesg() {
        return String.join(
                "\n",
                "[    0.000000] Linux version " + KERNEL + " (debian-kernel@lists.debian.org)",
                "[    0.000000] Command line: BOOT_IMAGE=/vmlinuz root=/dev/nvme0n1p2 ro"
                        + " console=ttyS0,115200n8",
                "[    0.004112] DMI: Intel Corporation NUC9V7QNX/NUC9V7QNB",
                "[    0.081920] smpboot: CPU0: Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz",
                "[    0.412007] Memory: 32658432K/33431552K available",
                "[    1.103355] serial 0000:00:16.3: Intel AMT SOL, ttyS0, 115200 baud",
                "[    1.204118] mei_me 0000:00:16.0: enabling device (0000 -> 0002)",
                "[    1.530902] nvme nvme0: 12/0/0 default/read/poll queues",
                "[    2.201147] e1000e 0000:00:1f.6 enp0s31f6: NIC Link is Up 1000 Mbps",
                "[    3.000417] systemd[1]: Hostname set to <" + host + ">.",
                "");
    }

    private String cat(List<String> paths) {
        StringBuilder all = new StringBuilder();
        for (String path : paths) {
            String absolute = FileTree.resolve(directory, path);
            if (files.isDirectory(absolute)) {
                all.append("cat: ").append(path).append(": Is a directory\n");
            } else {
                all.append(
                        files.read(absolute)
                                .orElse("cat: " + path + ": No such file or directory\n"));
            }
        }
        return all.toString();
    }

    private String ls(List<String> arguments) {
        String path = arguments.stream().filter(a -> !a.startsWith("-")).findFirst().orElse(".");
        String absolute = FileTree.resolve(directory, path);
        if (files.isDirectory(absolute)) {
            List<String> names = files.list(absolute);
            return names.isEmpty() ? "" : String.join("  ", names) + "\n";
        }
        return files.read(absolute).isPresent()
                ? path + "\n"
                : "ls: cannot access '" + path + "': No such file or directory\n";
    }

    private String cd(List<String> arguments) {
        String path = arguments.isEmpty() ? "/root" : arguments.getFirst();
        String absolute = FileTree.resolve(directory, path);
        if (!files.isDirectory(absolute)) {
            return "-bash: cd: " + path + ": No such directory\n";
        }
        directory = absolute;
        return "";
    }
}
