package org.outpost.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.gateway.traffic.Rates;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DisconnectCause;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tunnel with number 3 is of one device, and began at one moment. */
class UnwantedTunnelsTest {
    private static final UUID DEVICE = new UUID(1, 1);
    private static final Instant SINCE = Instant.parse("2026-03-01T10:00:00.123456Z");

    private final List<Long> ended = new ArrayList<>();
    private final UnwantedTunnels tunnels =
            new UnwantedTunnels(
                    new Presence() {
                        @Override
                        public List<TunnelInfo> tunnels() {
                            return List.of(running());
                        }

                        @Override
                        public Optional<TunnelInfo> tunnel(long id) {
                            return id == 3 ? Optional.of(running()) : Optional.empty();
                        }

                        @Override
                        public Optional<TunnelInfo> tunnelOf(UUID device) {
                            return Optional.of(running());
                        }

                        @Override
                        public CompletionStage<Boolean> end(long id, DisconnectCause because) {
                            assertThat(because).isEqualTo(DisconnectCause.NOT_KEPT_BY_SUBSCRIBER);
                            ended.add(id);
                            return CompletableFuture.completedFuture(true);
                        }
                    });

    private static TunnelInfo running() {
        return new TunnelInfo(
                3,
                new DeviceKey(DEVICE, DEVICE),
                "pc",
                "user",
                new InetSocketAddress(0),
                SINCE,
                "",
                "",
                List.of(),
                0,
                0,
                0,
                Rates.NONE,
                Duration.ZERO);
    }

    @Test
    void theTunnelThatTheSubscriberWasAskedAboutEnds() {
        tunnels.close(DEVICE, 3, SINCE);
        assertThat(ended).containsExactly(3L);
    }

    @Test
    void alsoWhenTheEventComesFromTheDatabaseWithWholeMilliseconds() {
        tunnels.close(DEVICE, 3, SINCE.truncatedTo(ChronoUnit.MILLIS));
        assertThat(ended).containsExactly(3L);
    }

    @Test
    void afterARestartTheNumberMayBeOfAnotherDevice() {
        tunnels.close(new UUID(1, 2), 3, SINCE);
        assertThat(ended).isEmpty();
    }

    @Test
    void afterARestartTheNumberMayBeOfALaterTunnelOfTheSameDevice() {
        tunnels.close(DEVICE, 3, SINCE.minusMillis(1));
        assertThat(ended).isEmpty();
    }

    @Test
    void aTunnelThatIsGoneStaysSo() {
        tunnels.close(DEVICE, 4, SINCE);
        assertThat(ended).isEmpty();
    }
}
