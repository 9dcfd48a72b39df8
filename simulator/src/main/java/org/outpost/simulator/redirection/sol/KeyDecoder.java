package org.outpost.simulator.redirection.sol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes to keys, in the forms that terminals use: VT100 and VT100+ ({@code ESC O P}), xterm ({@code
 * ESC [ 11 ~}) and PC-ANSI ({@code ESC 1}, {@code ESC !}, redirection.md §2). A sequence may be cut
 * anywhere but behind its ESC: an ESC at the end of a batch is the key.
 */
final class KeyDecoder {
    private static final Map<String, Key> NAMED =
            Map.ofEntries(
                    Map.entry("[A", Key.Named.UP),
                    Map.entry("OA", Key.Named.UP),
                    Map.entry("[B", Key.Named.DOWN),
                    Map.entry("OB", Key.Named.DOWN),
                    Map.entry("[C", Key.Named.RIGHT),
                    Map.entry("OC", Key.Named.RIGHT),
                    Map.entry("[D", Key.Named.LEFT),
                    Map.entry("OD", Key.Named.LEFT),
                    Map.entry("[H", Key.Named.HOME),
                    Map.entry("[F", Key.Named.END),
                    Map.entry("[1~", Key.Named.HOME),
                    Map.entry("[4~", Key.Named.END),
                    Map.entry("[3~", Key.Named.DELETE),
                    Map.entry("-", Key.Named.DELETE));
    private static final String RESTART = "ESC R ESC r ESC R";
    private static final List<Integer> XTERM =
            List.of(11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24);
    private static final int LONGEST = 6;

    private final StringBuilder pending = new StringBuilder();
    private String restart = "";

    List<Key> decode(byte[] bytes) {
        List<Key> keys = new ArrayList<>();
        for (byte one : bytes) {
            next((char) (one & 0xFF), keys);
        }
        if (pending.length() == 1) {
            pending.setLength(0);
            keys.add(Key.Named.ESCAPE);
        }
        return keys;
    }

    private void next(char c, List<Key> keys) {
        if (pending.isEmpty()) {
            if (c == 0x1b) {
                pending.append(c);
            } else {
                plain(c).ifPresent(keys::add);
            }
            return;
        }
        if (c == 0x1b) {
            keys.add(Key.Named.ESCAPE);
            pending.setLength(1);
            return;
        }
        pending.append(c);
        String sequence = pending.substring(1);
        boolean open =
                sequence.equals("O")
                        || (sequence.startsWith("[")
                                && (sequence.length() == 1 || !isFinal(c))
                                && sequence.length() < LONGEST);
        if (!open) {
            pending.setLength(0);
            named(sequence).ifPresent(keys::add);
        }
    }

    private static boolean isFinal(char c) {
        return c >= 0x40 && c <= 0x7e;
    }

    private static Optional<Key> plain(char c) {
        return switch (c) {
            case '\r', '\n' -> Optional.of(Key.Named.ENTER);
            case 0x08, 0x7f -> Optional.of(Key.Named.BACKSPACE);
            default -> c < ' ' ? Optional.empty() : Optional.of(new Key.Letter(c));
        };
    }

    private Optional<Key> named(String sequence) {
        if (sequence.equalsIgnoreCase("R")) {
            restart = (restart + " ESC " + sequence).strip();
            if (!RESTART.startsWith(restart)) {
                restart = "";
            }
            if (restart.equals(RESTART)) {
                restart = "";
                return Optional.of(Key.Named.CTRL_ALT_DEL);
            }
            return Optional.empty();
        }
        restart = "";
        Key known = NAMED.get(sequence);
        return known == null ? function(sequence).map(Key.Function::new) : Optional.of(known);
    }

    private static Optional<Integer> function(String sequence) {
        int ansi = "1234567890!@".indexOf(sequence);
        if (sequence.length() == 1 && ansi >= 0) {
            return Optional.of(ansi + 1);
        }
        if (sequence.length() == 2 && sequence.charAt(0) == 'O') {
            int vt100 = "PQRSTUVWXYZ[".indexOf(sequence.charAt(1));
            return vt100 < 0 ? Optional.empty() : Optional.of(vt100 + 1);
        }
        if (sequence.matches("\\[\\d{1,2}~")) {
            int number = Integer.parseInt(sequence.substring(1, sequence.length() - 1));
            int xterm = XTERM.indexOf(number);
            return xterm < 0 ? Optional.empty() : Optional.of(xterm + 1);
        }
        return Optional.empty();
    }
}
