package org.outpost.testkit.apf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class MisbehaviourTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void silenceHasToBeEnded() throws IOException {
        against(
                s -> new PoliteServer(s).until(WireMessage.UserauthRequest.class),
                peer ->
                        assertThatCode(
                                        () ->
                                                Misbehaviour.silentAt(Stage.AUTHENTICATED)
                                                        .play(peer, PATIENCE))
                                .doesNotThrowAnyException());
    }

    @Test
    void silenceThatIsNotEndedIsAnError() throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        against(
                s -> over.orTimeout(10, TimeUnit.SECONDS).join(),
                peer -> {
                    assertThatThrownBy(
                                    () ->
                                            Misbehaviour.silentAt(Stage.VERSIONED)
                                                    .play(peer, Duration.ofMillis(200)))
                            .hasMessageContaining("still open");
                    over.complete(null);
                });
    }

    @Test
    void tricklingSendsByteAfterByteUntilItIsEnded() throws IOException {
        against(
                s -> {
                    long begun = System.nanoTime();
                    for (int count = 0; count < 20; ) {
                        int more = s.receiveBytes(PATIENCE).length;
                        assertThat(more).isPositive();
                        count += more;
                    }
                    assertThat(System.nanoTime() - begun).isGreaterThan(90_000_000);
                },
                peer ->
                        assertThatCode(
                                        () ->
                                                Misbehaviour.tricklingFrom(Stage.CONNECTED, 200)
                                                        .play(peer, PATIENCE))
                                .doesNotThrowAnyException());
    }

    @Test
    void protocolErrorsHaveToBeNamed() throws IOException {
        against(
                s -> new PoliteServer(s).untilTheEnd(),
                peer ->
                        assertThatCode(
                                        () ->
                                                Misbehaviour.sending(
                                                                "type 96",
                                                                Stage.RUNNING,
                                                                ApfVectors.N04.bytes(),
                                                                Misbehaviour.Ending.PROTOCOL_ERROR)
                                                        .play(peer, PATIENCE))
                                .doesNotThrowAnyException());
    }

    @Test
    void floodThatIsAnsweredGoesOn() throws IOException {
        against(
                s -> new PoliteServer(s).untilTheEnd(),
                peer -> {
                    Misbehaviour.flooding("keep-alive", ApfBytes.keepAliveRequest(1), 5000)
                            .play(peer, PATIENCE);
                    peer.close();
                });
    }

    @Test
    void floodNobodyReadsHasToBeEnded() throws IOException {
        against(
                s -> {
                    ApfDevicePeerTest.awaitPorts(s);
                    assertThat(s.receive(PATIENCE)).contains(new WireMessage.KeepAliveRequest(1));
                    s.pauseReading();
                },
                peer ->
                        assertThatCode(
                                        () ->
                                                Misbehaviour.floodingUnread(
                                                                "keep-alive",
                                                                ApfBytes.keepAliveRequest(1),
                                                                6_000_000)
                                                        .play(peer, PATIENCE))
                                .doesNotThrowAnyException());
    }

    @Test
    void resetIsSeenAsAReset() throws IOException {
        CompletableFuture<Optional<ApfConnection.End>> end = new CompletableFuture<>();
        against(
                s -> {
                    ApfDevicePeerTest.awaitPorts(s);
                    end.complete(Optional.of(s.awaitEnd(PATIENCE)));
                },
                peer -> {
                    Misbehaviour.resettingAt(Stage.RUNNING).play(peer, PATIENCE);
                    assertThat(end.orTimeout(10, TimeUnit.SECONDS).join())
                            .contains(ApfConnection.End.RESET);
                });
    }

    private static void against(Consumer<ApfConnection> session, Consumer<ApfDevicePeer> misdeed)
            throws IOException {
        try (LoopbackServer server = new LoopbackServer(session);
                ApfDevicePeer peer = ApfDevicePeerTest.connect(server)) {
            misdeed.accept(peer);
            server.join();
        }
    }
}
