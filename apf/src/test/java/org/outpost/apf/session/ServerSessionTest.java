package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.WireMessage;

import java.time.Duration;
import java.util.List;

class ServerSessionTest {
    private ServerEndpoint server = new ServerEndpoint(new RecordingPolicy());

    @AfterEach
    void finish() {
        server.tunnel.finishAndReleaseAll();
    }

    private ServerEndpoint start(RecordingPolicy policy) {
        server.tunnel.finishAndReleaseAll();
        server = new ServerEndpoint(policy);
        return server;
    }

    private void greet() {
        server.send(ApfVectors.V01.bytes());
        server.send(ApfVectors.V03.bytes());
        server.answers();
    }

    // Authentication.

    @Test
    void nothingIsParsedNorReadWhileTheCredentialsAreChecked() {
        start(new RecordingPolicy().deferring());
        greet();
        server.send(
                ApfBytes.concat(
                        ApfVectors.V05.bytes(), ApfVectors.V09.bytes(), ApfVectors.V11.bytes()));
        server.send(ApfVectors.V27.bytes());

        assertThat(server.answers()).isEmpty();
        assertThat(server.tunnel.config().isAutoRead()).isFalse();

        server.policy.decide(new LoginResult.Accepted());
        server.tunnel.runPendingTasks();

        assertThat(server.tunnel.config().isAutoRead()).isTrue();
        assertThat(server.answers())
                .containsExactly(
                        new WireMessage.UserauthSuccess(),
                        new WireMessage.ServiceAccept("pfwd@amt.intel.com"),
                        new WireMessage.ForwardSuccess(16993),
                        new WireMessage.KeepAliveOptionsRequest(30, 0),
                        new WireMessage.KeepAliveReply(255));
    }

    @Test
    void threeAttemptsAndNoMore() {
        greet();
        for (int i = 0; i < 3; i++) {
            assertThat(server.hasEnded()).isFalse();
            server.send(ApfBytes.userauthPassword("admin", "wrong"));
            assertThat(server.answers())
                    .containsExactly(new WireMessage.UserauthFailure("password"));
        }
        assertThat(server.hasEnded()).isTrue();
        assertThat(server.policy.events()).last().isEqualTo("attempts exhausted");
    }

    @Test
    void sessionThatEndsMeanwhileIsNotRevivedByALateAnswer() {
        start(new RecordingPolicy().deferring());
        greet();
        server.send(ApfVectors.V05.bytes());
        server.session.disconnect(DisconnectReason.CONNECTION_TIMED_OUT);
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(16));
        server.policy.decide(new LoginResult.Accepted());
        assertThat(server.hasEnded()).isTrue();
        assertThat(server.policy.events()).containsExactly("login password");
    }

    @Test
    void policyEndsTheSessionWithItsOwnReason() {
        start(new RecordingPolicy().deferring());
        greet();
        server.send(ApfVectors.V05.bytes());
        server.policy.decide(new LoginResult.Ended(DisconnectReason.HOST_NOT_ALLOWED));
        server.tunnel.runPendingTasks();
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(1));
        assertThat(server.hasEnded()).isTrue();
    }

    @Test
    void loginThatThrowsEndsTheSession() {
        start(new RecordingPolicy().failing(new IllegalStateException("no workers")));
        server.tunnel.pipeline().addLast(new IgnoredExceptions());
        greet();
        server.send(ApfVectors.V05.bytes());
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(7));
        assertThat(server.hasEnded()).isTrue();
    }

    @Test
    void newcomerThatWasTooSlowIsSentAway() {
        start(new RecordingPolicy().notAdmitting());
        greet();
        server.send(ApfVectors.V05.bytes());
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(11));
    }

    @Test
    void certificateStandsForTheUserInBothForms() {
        start(new RecordingPolicy().withCertificate());
        server.send(ApfVectors.V01.bytes());
        server.send(ApfVectors.V09.bytes());
        assertThat(server.answers())
                .containsExactly(new WireMessage.ServiceAccept("pfwd@amt.intel.com"));
        server.send(ApfVectors.V11.bytes());
        assertThat(server.answers()).contains(new WireMessage.ForwardSuccess(16993));

        start(new RecordingPolicy().withCertificate());
        greet();
        server.send(ApfVectors.V06.bytes());
        assertThat(server.answers()).containsExactly(new WireMessage.UserauthSuccess());
    }

    // Requests.

    @Test
    void forwardsAreAnsweredEachAndNegotiateOnce() {
        server.running();
        for (int i = 0; i < 3; i++) {
            server.send(ApfBytes.tcpipForward(false, "pc", 16992));
        }
        server.send(ApfBytes.cancelTcpipForward(true, "pc", 16992));
        server.send(ApfBytes.cancelTcpipForward(true, "pc", 16992));
        assertThat(server.answers())
                .containsExactly(
                        new WireMessage.ForwardSuccess(16992),
                        new WireMessage.KeepAliveOptionsRequest(30, 0),
                        new WireMessage.ForwardSuccess(16992),
                        new WireMessage.ForwardSuccess(16992),
                        new WireMessage.CancelSuccess(),
                        new WireMessage.RequestFailure());
    }

    /** As existing servers do (apf.md 2.8); the first reply must not be taken for another's. */
    @Test
    void cancelIsAnsweredEvenIfNoReplyIsWanted() {
        server.running();
        server.send(
                ApfBytes.concat(
                        ApfBytes.cancelTcpipForward(false, "", 5),
                        ApfBytes.tcpipForward(true, "", 16992),
                        ApfBytes.cancelTcpipForward(false, "", 16992)));
        assertThat(server.answers())
                .containsSubsequence(
                        new WireMessage.RequestFailure(),
                        new WireMessage.ForwardSuccess(16992),
                        new WireMessage.CancelSuccess());
    }

    @Test
    void authenticationServiceIsNotEnteredTwice() {
        greet();
        server.send(ApfVectors.V05.bytes());
        server.answers();
        server.send(ApfVectors.V03.bytes());
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(2));
    }

    // Keep-alive.

    @Test
    void silentTunnelIsProbedAndThenEnds() {
        server.running();
        server.advance(99_999);
        assertThat(server.answers()).isEmpty();
        server.advance(1);
        assertThat(server.answers()).containsExactly(new WireMessage.KeepAliveRequest(1));
        server.advance(99_999);
        assertThat(server.hasEnded()).isFalse();
        server.advance(1);
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(16));
        assertThat(server.hasEnded()).isTrue();
        assertThat(server.policy.events()).last().isEqualTo("dead");
    }

    @Test
    void anyByteIsASignOfLife() {
        server.running();
        for (int i = 0; i < 10; i++) {
            server.advance(99_000);
            server.send(ApfBytes.keepAliveRequest(i));
        }
        assertThat(server.hasEnded()).isFalse();
        assertThat(server.answers()).doesNotHaveAnyElementsOfTypes(WireMessage.Disconnect.class);
    }

    @Test
    void threeNegotiatedIntervalsOfSilenceEndTheTunnel() {
        server.running();
        server.send(ApfVectors.V11.bytes());
        server.send(ApfBytes.keepAliveOptionsReply(20, 0));
        server.answers();
        assertThat(server.session.keepAliveSeconds()).isEqualTo(20);
        server.advance(30_000);
        assertThat(server.answers()).containsExactly(new WireMessage.KeepAliveRequest(1));
        server.send(ApfBytes.keepAliveReply(1));
        server.advance(30_000);
        assertThat(server.answers()).containsExactly(new WireMessage.KeepAliveRequest(2));
        server.advance(29_999);
        assertThat(server.hasEnded()).isFalse();
        server.advance(1);
        assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(16));
    }

    @Test
    void absurdIntervalsAreBounded() {
        server.running();
        server.send(ApfBytes.keepAliveOptionsReply(0xFFFFFFFFL, 0));
        assertThat(server.session.keepAliveSeconds()).isEqualTo(3600);
        server.send(ApfBytes.keepAliveOptionsReply(0, 0));
        assertThat(server.session.keepAliveSeconds()).isEqualTo(3600);
        server.advance(3 * 3_600_000L - 1);
        assertThat(server.hasEnded()).isFalse();
        server.advance(3 * 3_600_000L);
        assertThat(server.hasEnded()).isTrue();
    }

    @Test
    void probeCanBeSwitchedOff() {
        server.tunnel.finishAndReleaseAll();
        server =
                new ServerEndpoint(
                        new RecordingPolicy(),
                        new KeepAliveSettings(
                                Duration.ofSeconds(30),
                                Duration.ZERO,
                                3,
                                Duration.ofSeconds(200),
                                false));
        server.running();
        server.advance(199_999);
        assertThat(server.answers()).isEmpty();
        server.advance(1);
        assertThat(server.hasEnded()).isTrue();
    }

    // Floods.

    static List<byte[]> causesOfReplies() {
        return List.of(
                ApfBytes.keepAliveRequest(1),
                ApfBytes.tcpipForward(true, "pc", 16992),
                ApfBytes.channelOpen("direct-tcpip", 1, 1024, "h", 80, "o", 1),
                ApfBytes.serviceRequest("pfwd@amt.intel.com"));
    }

    @ParameterizedTest
    @MethodSource("causesOfReplies")
    void floodIsNotReadOnUntilItsRepliesAreTaken(byte[] cause) {
        server.running();
        server.shut(true);
        int sent = 0;
        while (server.tunnel.config().isAutoRead()) {
            server.send(cause);
            sent++;
            assertThat(sent).isLessThan(2000);
        }
        server.shut(false);
        server.tunnel.runPendingTasks();
        assertThat(server.tunnel.config().isAutoRead()).isTrue();
        server.advance(60_000);
        assertThat(server.hasEnded()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("causesOfReplies")
    void floodWhoseRepliesAreNeverTakenIsGivenUp(byte[] cause) {
        server.running();
        server.shut(true);
        for (int i = 0; i < 1000; i++) {
            server.send(cause);
        }
        server.advance(9_999);
        assertThat(server.hasEnded()).isFalse();
        server.advance(1);
        assertThat(server.policy.events()).last().isEqualTo("control backlog");
        assertThat(server.hasEnded()).isTrue();
    }

    @Test
    void floodOfUnknownChannelsCostsNothing() {
        server.running();
        for (int i = 0; i < 1000; i++) {
            server.send(
                    ApfBytes.concat(
                            ApfBytes.channelData(i + 1000, new byte[100]),
                            ApfBytes.channelWindowAdjust(i + 1000, 5),
                            ApfBytes.channelClose(i + 1000)));
        }
        assertThat(server.answers()).isEmpty();
        assertThat(server.tunnel.config().isAutoRead()).isTrue();
        assertThat(server.session.multiplexer().traffic().openChannels()).isZero();
    }

    // The end.

    @Test
    void closeThatIsStuckIsCut() {
        server.running();
        server.shut(true);
        server.session.disconnect(DisconnectReason.BY_APPLICATION);
        server.session.disconnect(DisconnectReason.BY_APPLICATION);
        assertThat(server.hasEnded()).isFalse();
        server.advance(2_999);
        assertThat(server.hasEnded()).isFalse();
        server.advance(1);
        assertThat(server.hasEnded()).isTrue();
    }

    @Test
    void nothingIsHeardAfterTheEnd() {
        server.running();
        server.shut(true);
        server.session.disconnect(DisconnectReason.BY_APPLICATION);
        server.send(ApfVectors.V11.bytes());
        server.send(ApfVectors.V17.bytes());
        assertThat(server.policy.events()).containsExactly("login password", "accepted");
    }

    private static final class IgnoredExceptions
            extends io.netty.channel.ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(io.netty.channel.ChannelHandlerContext ctx, Throwable cause) {}
    }
}
