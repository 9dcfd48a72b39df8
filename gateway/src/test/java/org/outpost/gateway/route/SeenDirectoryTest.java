package org.outpost.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.gateway.route.Resolution.Ambiguous;
import org.outpost.gateway.route.Resolution.Candidate;
import org.outpost.gateway.route.Resolution.NotAllowed;
import org.outpost.gateway.route.Resolution.Offline;
import org.outpost.gateway.route.Resolution.Reachable;
import org.outpost.gateway.route.Resolution.Unknown;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

class SeenDirectoryTest {
    private static final UUID MINE = new UUID(0, 1);
    private static final UUID ALSO_MINE = new UUID(0, 2);
    private static final UUID OTHERS = new UUID(0, 3);
    private static final Console CONSOLE =
            new Console("iris", InetSocketAddress.createUnresolved("192.0.2.1", 1));
    private static final Route ROUTE =
            (port, handler) -> {
                throw new UnsupportedOperationException();
            };

    private static Resolution resolve(Resolution answer) {
        Map<String, Resolution> names =
                Map.of("pc", answer, MINE.toString(), new Reachable(MINE, "pc", ROUTE));
        ConsoleRights rights =
                new ConsoleRights() {
                    @Override
                    public boolean sees(Console console, UUID device) {
                        assertThat(console).isEqualTo(CONSOLE);
                        return Set.of(MINE, ALSO_MINE).contains(device);
                    }

                    @Override
                    public boolean mayReach(Console console, UUID device, int port) {
                        throw new AssertionError("asked when a channel is opened");
                    }
                };
        return new SeenDirectory(
                        (target, asker) ->
                                CompletableFuture.completedStage(
                                        names.getOrDefault(target, new Unknown())),
                        rights)
                .resolve("pc", CONSOLE)
                .toCompletableFuture()
                .join();
    }

    private static Candidate candidate(UUID device) {
        return new Candidate(device, "pc", true);
    }

    @Test
    void whatIsSeenIsFound() {
        Reachable mine = new Reachable(MINE, "pc", ROUTE);
        assertThat(resolve(mine)).isSameAs(mine);
        Offline offline = new Offline(MINE, "pc");
        assertThat(resolve(offline)).isSameAs(offline);
        NotAllowed denied = new NotAllowed("no");
        assertThat(resolve(denied)).isSameAs(denied);
    }

    @Test
    void whatIsNotSeenDoesNotExist() {
        assertThat(resolve(new Reachable(OTHERS, "pc", ROUTE))).isEqualTo(new Unknown());
        assertThat(resolve(new Offline(OTHERS, "pc"))).isEqualTo(new Unknown());
        assertThat(resolve(new Ambiguous(List.of(candidate(OTHERS))))).isEqualTo(new Unknown());
    }

    @Test
    void aNameThatOthersBearTooIsNotAmbiguousToWhoSeesOnlyOne() {
        assertThat(resolve(new Ambiguous(List.of(candidate(OTHERS), candidate(MINE)))))
                .isEqualTo(new Reachable(MINE, "pc", ROUTE));
        assertThat(
                        resolve(
                                new Ambiguous(
                                        List.of(
                                                candidate(MINE),
                                                candidate(OTHERS),
                                                candidate(ALSO_MINE)))))
                .isEqualTo(new Ambiguous(List.of(candidate(MINE), candidate(ALSO_MINE))));
    }
}
