package org.outpost.testkit.apf;

import org.outpost.testkit.apf.ApfTranscript.Step;

import java.util.ArrayList;
import java.util.List;

/**
 * What went over a replayed connection so far; read as messages only when there is a difference.
 */
final class ReplayLog {
    private static final int SHOWN = 6;

    private final List<Piece> pieces = new ArrayList<>();

    void add(ApfSide from, Octets bytes) {
        pieces.add(new Piece(from, bytes));
    }

    String report(ApfSide from, String expected, byte[] received, List<Step> ahead) {
        ApfWire wire = new ApfWire();
        List<String> before = read(wire);
        StringBuilder text = new StringBuilder(512);
        text.append("before:\n");
        append(text, before.subList(Math.max(0, before.size() - SHOWN), before.size()));
        text.append("expected: ").append(from.letter()).append(' ').append(expected).append('\n');
        if (received.length == 0) {
            text.append("but nothing came\n");
        } else {
            text.append("but was: ").append(Octets.of(received)).append(", that is\n");
            append(text, read(wire, new Piece(from, Octets.of(received))));
        }
        if (!ahead.isEmpty()) {
            text.append("after it the transcript has:\n");
            append(text, ahead.stream().limit(SHOWN).map(Step::toString).toList());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private List<String> read(ApfWire wire) {
        return pieces.stream().flatMap(piece -> read(wire, piece).stream()).toList();
    }

    private static List<String> read(ApfWire wire, Piece piece) {
        return wire.feed(piece.from(), piece.bytes().bytes()).stream()
                .map(message -> piece.from().letter() + " " + message)
                .toList();
    }

    private record Piece(ApfSide from, Octets bytes) {}
}
