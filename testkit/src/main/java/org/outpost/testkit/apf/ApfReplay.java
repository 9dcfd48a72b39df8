package org.outpost.testkit.apf;

import org.outpost.testkit.apf.ApfTranscript.Step;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays one side of a transcript and holds the other to it, byte for byte. The first difference is
 * an {@link AssertionError} that shows the messages around it.
 */
public final class ApfReplay {
    private final ApfTranscript transcript;
    private final Pacing pacing;
    private final Set<Ignorable> ignored;

    /** Plays the transcript with each message in a write of its own. */
    public ApfReplay(ApfTranscript transcript) {
        this(transcript, Pacing.MESSAGE_PER_WRITE, Set.of());
    }

    private ApfReplay(ApfTranscript transcript, Pacing pacing, Set<Ignorable> ignored) {
        this.transcript = transcript;
        this.pacing = pacing;
        this.ignored = ignored;
    }

    /** How the player cuts what it sends. */
    public enum Pacing {
        /** Each message by itself. */
        MESSAGE_PER_WRITE,
        /** Each byte by itself. */
        BYTE_PER_WRITE,
        /** All that is sent before the other side's turn, at once. */
        TURN_PER_WRITE
    }

    /** Messages whose moment is the endpoint's own choice. */
    public enum Ignorable {
        /** Type 93. */
        CHANNEL_WINDOW_ADJUST(93, 9),
        /** Type 208. */
        KEEPALIVE_REQUEST(208, 5),
        /** Type 210. */
        KEEPALIVE_OPTIONS_REQUEST(210, 9);

        private final int type;
        private final int length;

        Ignorable(int type, int length) {
            this.type = type;
            this.length = length;
        }
    }

    /** The same replay, cut as told. */
    public ApfReplay paced(Pacing as) {
        return new ApfReplay(transcript, as, ignored);
    }

    /** The same replay, passing over this message wherever the transcript does not expect it. */
    public ApfReplay ignoring(Ignorable message) {
        Set<Ignorable> more = new HashSet<>(ignored);
        more.add(message);
        return new ApfReplay(transcript, pacing, more);
    }

    /**
     * Plays the transcript to its end.
     *
     * @param side the side to play; the endpoint is the other
     * @throws AssertionError on the first byte that differs, is missing or is too many
     */
    public void play(ApfSide side, ApfEndpoint endpoint) {
        new Run(side, endpoint).toTheEnd();
    }

    private final class Run {
        private final ApfSide side;
        private final ApfEndpoint endpoint;
        private final ReplayLog log = new ReplayLog();
        private byte[] unsent = new byte[0];
        private byte[] received = new byte[0];

        Run(ApfSide side, ApfEndpoint endpoint) {
            this.side = side;
            this.endpoint = endpoint;
        }

        void toTheEnd() {
            List<Step> steps = transcript.steps();
            for (int i = 0; i < steps.size(); i++) {
                take(steps.get(i), steps.subList(i + 1, steps.size()));
            }
            flush();
            dropIgnored(-1);
            if (received.length > 0) {
                throw difference("after the last line", "nothing more", List.of());
            }
        }

        private void take(Step step, List<Step> ahead) {
            if (step instanceof Step.Message message && message.side() == side) {
                send(message.bytes());
                return;
            }
            if (step instanceof Step.Action action && action.side() == side) {
                return; // the messages that follow are what comes of it
            }
            flush();
            switch (step) {
                case Step.Message message -> expect(message, ahead);
                case Step.End end when end.side() == side -> endpoint.end();
                case Step.End end -> expectEnd(end);
                case Step.Action action -> endpoint.act(action.text());
            }
        }

        private void send(Octets bytes) {
            log.add(side, bytes);
            unsent = ApfBytes.concat(unsent, bytes.bytes());
            if (pacing != Pacing.TURN_PER_WRITE) {
                flush();
            }
        }

        private void flush() {
            byte[] bytes = unsent;
            unsent = new byte[0];
            if (bytes.length == 0) {
                return;
            }
            if (pacing == Pacing.BYTE_PER_WRITE) {
                for (byte one : bytes) {
                    endpoint.send(new byte[] {one});
                }
            } else {
                endpoint.send(bytes);
            }
        }

        private void expect(Step.Message message, List<Step> ahead) {
            byte[] expected = message.bytes().bytes();
            dropIgnored(Byte.toUnsignedInt(expected[0]));
            receiveAtLeast(expected.length);
            int same = Arrays.mismatch(expected, received);
            if (same >= 0 && same < expected.length) {
                throw difference(
                        "line %d, byte %d of the message".formatted(message.line(), same),
                        message.text() + "  " + message.bytes(),
                        ahead);
            }
            log.add(side.other(), message.bytes());
            drop(expected.length);
        }

        private void expectEnd(Step.End end) {
            boolean ended = endpoint.hasEnded();
            received = ApfBytes.concat(received, endpoint.receive());
            dropIgnored(-1);
            if (!ended || received.length > 0) {
                throw difference("line " + end.line(), "the connection's end", List.of());
            }
        }

        private boolean receiveAtLeast(int count) {
            while (received.length < count) {
                byte[] more = endpoint.receive();
                if (more.length == 0) {
                    return false;
                }
                received = ApfBytes.concat(received, more);
            }
            return true;
        }

        private void drop(int count) {
            received = Arrays.copyOfRange(received, count, received.length);
        }

        private void dropIgnored(int expectedType) {
            if (expectedType >= 0) {
                receiveAtLeast(1);
            }
            while (received.length > 0 && Byte.toUnsignedInt(received[0]) != expectedType) {
                int type = Byte.toUnsignedInt(received[0]);
                Ignorable found =
                        ignored.stream().filter(i -> i.type == type).findFirst().orElse(null);
                if (found == null || !receiveAtLeast(found.length)) {
                    return;
                }
                drop(found.length);
                if (expectedType >= 0) {
                    receiveAtLeast(1);
                }
            }
        }

        private AssertionError difference(String where, String expected, List<Step> ahead) {
            return new AssertionError(
                    "%s differs at %s%n%s"
                            .formatted(
                                    transcript.name(),
                                    where,
                                    log.report(side.other(), expected, received, ahead)));
        }
    }
}
