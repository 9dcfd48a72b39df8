package org.outpost.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who listens on this machine, as the kernel tells it. */
public final class Listening {
    private static final Pattern LISTENER =
            Pattern.compile("^ *\\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A .*");
    private static final String LOOPBACK_4 = "0100007F";
    private static final String LOOPBACK_4_IN_6 = "0000000000000000FFFF00000100007F";
    private static final String LOOPBACK_6 = "00000000000000000000000001000000";

    private Listening() {}

    /** The addresses a TCP port listens on; {@code *} stands for all of this machine. */
    public static Set<String> addresses(int port) {
        Set<String> found = new TreeSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try {
                Files.readAllLines(Path.of(table)).stream()
                        .map(LISTENER::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> Integer.parseInt(line.group(2), 16) == port)
                        .forEach(line -> found.add(readable(line.group(1))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static String readable(String address) {
        return switch (address) {
            case LOOPBACK_4, LOOPBACK_4_IN_6 -> "127.0.0.1";
            case LOOPBACK_6 -> "::1";
            default -> address.matches("0+") ? "*" : address;
        };
    }

    /** Whether only this machine can reach it. */
    public static boolean isLoopback(String address) {
        return address.equals("127.0.0.1") || address.equals("::1");
    }
}
