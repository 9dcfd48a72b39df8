package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.testkit.apf.ApfSide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whatever both sides do, in whatever order and however the wire cuts it: streams arrive intact,
 * credit is never exceeded, every channel is closed once by each side, and nothing stays behind.
 */
class AnyInterleavingTest {
    private static final OpenFailureReason[] REASONS = OpenFailureReason.values();

    @Property(tries = 400)
    void streamsArriveIntact(
            @ForAll("steps") List<Integer> steps,
            @ForAll @IntRange(min = 1, max = 8) int deviceChannels,
            @ForAll("windows") int serverWindow,
            @ForAll("windows") int deviceWindow) {
        Run run = new Run(deviceChannels, serverWindow, deviceWindow);
        steps.forEach(run::step);
        run.assertWholeAtTheEnd();
        run.assertNothingStays();
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers()
                .between(0, Integer.MAX_VALUE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }

    @Provide
    Arbitrary<Integer> windows() {
        return Arbitraries.of(1, 7, 499, 1024, 4095, 32 * 1024, 80 * 1024);
    }

    private static final class Run {
        private final WindowBudget budget = new WindowBudget(1 << 20);
        private final TunnelPair pair = new TunnelPair();
        private final List<StreamEnd> openers = new ArrayList<>();
        private final Map<Integer, StreamEnd> acceptors = new HashMap<>();
        private int seed;

        Run(int deviceChannels, int serverWindow, int deviceWindow) {
            pair.with(
                            ApfSide.SERVER,
                            settings(8, false, serverWindow, 3, 32 * 1024),
                            this::decide,
                            MultiplexerListener.NONE)
                    .with(
                            ApfSide.DEVICE,
                            settings(deviceChannels, true, deviceWindow, 3, 4096),
                            this::decide,
                            MultiplexerListener.NONE);
        }

        private MultiplexerSettings settings(
                int channels, boolean reuse, int window, int retries, int payload) {
            return new MultiplexerSettings(
                    channels,
                    16,
                    reuse,
                    new WindowSettings(window, Math.max(window, 1 << 17), budget),
                    payload,
                    retries,
                    Duration.ofMillis(250),
                    Duration.ofSeconds(30));
        }

        private OpenDecision decide(ChannelOpen open) {
            seed = seed * 1103515245 + 12345;
            if ((seed >>> 16) % 4 == 0) {
                return new OpenDecision.Refuse(REASONS[(seed >>> 20) % REASONS.length]);
            }
            int stream = open.port();
            StreamEnd end = new StreamEnd(2 * stream + 1, 2 * stream, (seed >>> 24) % 2 == 0);
            acceptors.put(stream, end);
            return new OpenDecision.Accept(end);
        }

        void step(int code) {
            int which = code >>> 4;
            switch (code & 15) {
                case 0, 1 -> open(which % 4 == 0 ? ApfSide.DEVICE : ApfSide.SERVER, which);
                case 2, 3, 4 -> some(which).write(size(which >>> 3), (which & 4) == 0);
                case 5 -> some(which).read();
                case 6 -> some(which).readOn();
                case 7 -> some(which).close();
                case 8 -> pair.deliver(ApfSide.SERVER, 1 + which % 20);
                case 9 -> pair.deliver(ApfSide.DEVICE, 1 + which % 20);
                case 10, 11 -> pair.deliver(ApfSide.SERVER, size(which));
                case 12, 13 -> pair.deliver(ApfSide.DEVICE, size(which));
                case 14 -> pair.advance(which % 2000);
                default -> side(which).shut((which & 2) == 0);
            }
            pair.collect();
        }

        private void open(ApfSide from, int which) {
            int stream = openers.size();
            StreamEnd end = new StreamEnd(2 * stream, 2 * stream + 1, which % 3 != 0);
            openers.add(end);
            pair.end(from)
                    .multiplexer
                    .connect(new ApfAddress(ApfConstants.DIRECT_TCPIP, "h", stream, "o", 1), end);
        }

        private TunnelPair.End side(int which) {
            return which % 2 == 0 ? pair.server() : pair.device();
        }

        private StreamEnd some(int which) {
            if (openers.isEmpty()) {
                return new StreamEnd(0, 0, true);
            }
            int stream = (which >>> 1) % openers.size();
            StreamEnd acceptor = acceptors.get(stream);
            return which % 2 == 0 || acceptor == null ? openers.get(stream) : acceptor;
        }

        private static int size(int which) {
            return switch (which % 4) {
                case 0 -> which % 10;
                case 1 -> which % 600;
                case 2 -> which % 5000;
                default -> which % 70_000;
            };
        }

        void assertWholeAtTheEnd() {
            pair.server().shut(false);
            pair.device().shut(false);
            for (int round = 0; round < 40; round++) {
                openers.forEach(StreamEnd::readOn);
                acceptors.values().forEach(StreamEnd::readOn);
                pair.settle();
                pair.advance(1000);
            }
            for (int stream = 0; stream < openers.size(); stream++) {
                StreamEnd opener = openers.get(stream);
                StreamEnd acceptor = acceptors.get(stream);
                if (acceptor == null || opener.closedHere || acceptor.closedHere) {
                    continue;
                }
                if (opener.isOpen()) {
                    opener.assertReceived(acceptor);
                    acceptor.assertReceived(opener);
                }
            }
        }

        void assertNothingStays() {
            openers.forEach(StreamEnd::close);
            pair.settle();
            acceptors.values().forEach(StreamEnd::close);
            pair.settle();
            for (TunnelPair.End end : List.of(pair.server(), pair.device())) {
                end.view.assertAllAnswered();
                assertThat(end.view.inUse()).isZero();
                assertThat(end.view.most()).isLessThanOrEqualTo(16);
                assertThat(end.multiplexer.traffic().openChannels()).isZero();
            }
            assertThat(budget.reserved()).isZero();
            pair.finish();
        }
    }
}
