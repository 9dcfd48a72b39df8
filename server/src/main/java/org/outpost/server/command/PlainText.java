package org.outpost.server.command;

/**
 * What a terminal shows as text, without what it obeys: control sequences (ECMA-48 §5.4), control
 * strings (§5.6) and control characters but the line feed and the tabulator. Sequences may come in
 * pieces.
 */
final class PlainText {
    private static final char ESCAPE = 0x1B;
    private static final char BELL = 0x07;
    private State state = State.TEXT;

    private enum State {
        TEXT,
        /** Behind ESC. */
        ESCAPED,
        /** Within a control sequence: parameters, then a final character. */
        SEQUENCE,
        /** Within a control string: until BEL or ST. */
        STRING,
        /** Behind ESC in a control string. */
        STRING_ESCAPED
    }

    /** The text of the next piece. */
    String of(String piece) {
        StringBuilder text = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (state == State.TEXT && isShown(c)) {
                text.append(c);
            }
            state = next(c);
        }
        return text.toString();
    }

    private static boolean isShown(char c) {
        return c == '\n' || c == '\t' || !Character.isISOControl(c);
    }

    private State next(char c) {
        return switch (state) {
            case TEXT -> c == ESCAPE ? State.ESCAPED : State.TEXT;
            case ESCAPED -> escaped(c);
            case SEQUENCE -> {
                if (c == ESCAPE) {
                    yield State.ESCAPED;
                }
                yield c >= '@' && c <= '~' ? State.TEXT : State.SEQUENCE;
            }
            case STRING -> {
                if (c == BELL) {
                    yield State.TEXT;
                }
                yield c == ESCAPE ? State.STRING_ESCAPED : State.STRING;
            }
            case STRING_ESCAPED -> c == '\\' ? State.TEXT : State.STRING;
        };
    }

    private static State escaped(char c) {
        return switch (c) {
            case '[' -> State.SEQUENCE;
            case ']', 'P', 'X', '^', '_' -> State.STRING;
            case ESCAPE -> State.ESCAPED;
            // intermediate characters of a longer sequence, such as the choice of a character set
            default -> c >= ' ' && c <= '/' ? State.ESCAPED : State.TEXT;
        };
    }
}
