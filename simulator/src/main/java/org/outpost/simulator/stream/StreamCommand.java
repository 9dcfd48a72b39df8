package org.outpost.simulator.stream;

import java.util.Locale;
import java.util.Optional;

/** What a console asks of a stream by the first line it sends. */
public sealed interface StreamCommand {
    /** Every byte comes back. */
    record Echo() implements StreamCommand {}

    /**
     * The device sends bytes of {@link StreamPattern} from position 0 on.
     *
     * @param bytes how many; {@link Long#MAX_VALUE} for no end
     */
    record Source(long bytes) implements StreamCommand {}

    /**
     * The device swallows bytes and answers their count and CRC-32 in a line.
     *
     * @param bytes how many; {@link Long#MAX_VALUE} for no end
     */
    record Sink(long bytes) implements StreamCommand {}

    /** Reads a line without its end; empty when it is none of the commands. */
    static Optional<StreamCommand> parse(String line) {
        String[] words = line.strip().split(" +", 3);
        String verb = words[0].toUpperCase(Locale.ROOT);
        if (words.length == 1 && verb.equals("ECHO")) {
            return Optional.of(new Echo());
        }
        if (words.length > 2 || !(verb.equals("SOURCE") || verb.equals("SINK"))) {
            return Optional.empty();
        }
        long bytes = Long.MAX_VALUE;
        if (words.length == 2) {
            try {
                bytes = Long.parseLong(words[1]);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
            if (bytes < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(verb.equals("SOURCE") ? new Source(bytes) : new Sink(bytes));
    }
}
