package org.outpost.simulator.redirection.sol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The files of the simulated system; directories exist where a file is below them. */
final class FileTree {
    private final Map<String, Supplier<String>> files = new TreeMap<>();

    FileTree(String host, Supplier<String> kernelLog, Supplier<String> uptime) {
        put("/etc/hostname", host + "\n");
        put("/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\t" + host + "\n");
        put(
                "/etc/os-release",
                "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nNAME=\"Debian GNU/Linux\"\n"
                        + "VERSION_ID=\"13\"\nID=debian\n");
        put("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
        put("/etc/motd", "This PC is simulated. Nothing you do here lasts.\n");
        put("/etc/fstab", "/dev/nvme0n1p2 / ext4 errors=remount-ro 0 1\n");
        put(
                "/proc/cpuinfo",
                "processor\t: 0\n"
                        + "vendor_id\t: GenuineIntel\n"
                        + "model name\t: Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz\n"
                        + "cpu cores\t: 6\n");
        put("/proc/meminfo", "MemTotal:       32768000 kB\nMemFree:        28311552 kB\n");
        put("/proc/version", "Linux version 6.12.48+deb13-amd64\n");
        files.put("/proc/uptime", uptime);
        files.put("/var/log/dmesg", kernelLog);
        put("/root/README", "Try: dmesg, ip addr, cat /etc/os-release, reboot (then F10).\n");
    }

    private void put(String path, String content) {
        files.put(path, () -> content);
    }

    Optional<String> read(String path) {
        return Optional.ofNullable(files.get(path)).map(Supplier::get);
    }

    boolean isDirectory(String path) {
        return path.equals("/")
                || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    /** Names in a directory, in order; directories end in a slash. */
    List<String> list(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String file : files.keySet()) {
            if (file.startsWith(prefix)) {
                String rest = file.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
            }
        }
        return List.copyOf(names);
    }

    /** The absolute form of a path, without dots. */
    static String resolve(String directory, String path) {
        String from =
                path.startsWith("~")
                        ? "/root/" + path.substring(1)
                        : path.startsWith("/") ? path : directory + "/" + path;
        List<String> parts = new ArrayList<>();
        for (String part : from.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
