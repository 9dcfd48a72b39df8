package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.WireMessage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class DeviceSessionTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel tunnel = Tunnels.embedded(ticker);
    private final ApfWire wire = new ApfWire();
    private final DeviceSession device =
            new DeviceSession(
                    tunnel,
                    ApfLimits.DEFAULT,
                    Tunnels.device("pc", 16992, 623),
                    MultiplexerSettings.device(Tunnels.windows(4095)),
                    ChannelAcceptor.NONE,
                    MultiplexerListener.NONE);

    @BeforeEach
    void greeted() {
        assertThat(said())
                .containsExactly(
                        new WireMessage.ProtocolVersion(1, 0, 4, Tunnels.ID),
                        new WireMessage.ServiceRequest("auth@amt.intel.com"));
    }

    @AfterEach
    void finish() {
        tunnel.finishAndReleaseAll();
    }

    private List<WireMessage> said() {
        tunnel.runPendingTasks();
        List<WireMessage> all = new ArrayList<>();
        for (ByteBuf part = tunnel.readOutbound(); part != null; part = tunnel.readOutbound()) {
            all.addAll(wire.feed(ApfSide.DEVICE, ByteBufUtil.getBytes(part)));
            part.release();
        }
        return all;
    }

    private void server(byte[]... messages) {
        tunnel.writeInbound(Unpooled.wrappedBuffer(ApfBytes.concat(messages)));
    }

    private void start() {
        server(ApfVectors.V04.bytes(), ApfVectors.V07.bytes(), ApfVectors.V10.bytes());
        server(ApfBytes.requestSuccess(16992));
        server(ApfBytes.requestSuccess(623));
        assertThat(device.running().isSuccess()).isTrue();
        said();
    }

    @Test
    void portsAreAnnouncedOneAtATime() {
        server(ApfVectors.V04.bytes(), ApfVectors.V07.bytes(), ApfVectors.V10.bytes());
        assertThat(said()).last().isEqualTo(new WireMessage.TcpipForward(true, "pc", 16992));
        server(ApfBytes.requestFailure());
        assertThat(said()).containsExactly(new WireMessage.TcpipForward(true, "pc", 623));
        assertThat(device.running().isDone()).isFalse();
        server(ApfBytes.requestSuccess(623));
        assertThat(device.running().isSuccess()).isTrue();
    }

    @Test
    void echoOfTheVersionIsTolerated() {
        server(ApfVectors.V01.bytes(), ApfVectors.V04.bytes());
        assertThat(said()).hasSize(1);
        assertThat(tunnel.isOpen()).isTrue();
    }

    @Test
    void refusalEndsTheSessionWhateverFollows() {
        server(ApfVectors.V04.bytes());
        said();
        // Fifteen bytes, as some servers send (apf.md section 2.5).
        server(ApfVectors.V08.bytes(), new byte[1]);
        assertThat(device.running().cause())
                .isInstanceOf(SessionEndedException.class)
                .hasMessageContaining("refused");
        assertThat(said()).isEmpty();
        assertThat(tunnel.isOpen()).isFalse();
    }

    @Test
    void disconnectTellsItsReason() {
        server(ApfBytes.disconnect(12));
        assertThat(device.running().cause())
                .isInstanceOfSatisfying(
                        SessionEndedException.class, e -> assertThat(e.reason()).isEqualTo(12));
        assertThat(tunnel.isOpen()).isFalse();
    }

    @Test
    void endOfTheConnectionFailsTheStart() {
        tunnel.close();
        assertThat(device.running().cause())
                .isInstanceOfSatisfying(
                        SessionEndedException.class,
                        e -> assertThat(e.reason()).isEqualTo(SessionEndedException.NO_REASON));
    }

    @Test
    void serverThatBreaksTheProtocolIsLeft() {
        server(ApfVectors.V18.bytes());
        assertThat(device.running().cause()).isInstanceOf(ApfProtocolException.class);
        assertThat(said()).containsExactly(new WireMessage.Disconnect(2));
        assertThat(tunnel.isOpen()).isFalse();
    }

    @Test
    void keepsAliveAndAdoptsTheServersInterval() {
        start();
        advance(30);
        assertThat(said()).containsExactly(new WireMessage.KeepAliveRequest(0));
        server(ApfBytes.keepAliveReply(0));
        server(ApfBytes.keepAliveOptionsRequest(5, 90));
        assertThat(said()).containsExactly(new WireMessage.KeepAliveOptionsReply(5, 90));
        advance(5);
        advance(5);
        assertThat(said())
                .containsExactly(
                        new WireMessage.KeepAliveRequest(1), new WireMessage.KeepAliveRequest(2));
        server(ApfBytes.keepAliveOptionsRequest(0, 0));
        assertThat(said()).containsExactly(new WireMessage.KeepAliveOptionsReply(5, 0));
        server(ApfBytes.keepAliveRequest(77));
        assertThat(said()).containsExactly(new WireMessage.KeepAliveReply(77));
    }

    private void advance(long seconds) {
        ticker.advance(seconds, TimeUnit.SECONDS);
        tunnel.runScheduledPendingTasks();
    }

    @Test
    void requestsAtRunTimeGetTheirReplies() {
        start();
        device.send(new CancelTcpipForward(true, "pc", 623));
        assertThat(said()).containsExactly(new WireMessage.CancelTcpipForward(true, "pc", 623));
        server(ApfBytes.requestSuccess());
        assertThat(tunnel.isOpen()).isTrue();
    }

    @Test
    void takesItsLeaveOnce() {
        start();
        device.disconnect(DisconnectReason.BY_APPLICATION);
        device.disconnect(DisconnectReason.BY_APPLICATION);
        assertThat(said()).containsExactly(new WireMessage.Disconnect(11));
        assertThat(tunnel.isOpen()).isFalse();
    }

    @Test
    void secretsAreNotPrinted() {
        DeviceSessionSettings settings = Tunnels.device("pc", 1);
        assertThat(settings.toString()).doesNotContain(settings.password());
    }

    @Test
    void intervalBelowASecondIsRefused() {
        DeviceSessionSettings settings = Tunnels.device("pc", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new DeviceSessionSettings(
                                        settings.version(),
                                        "u",
                                        "p",
                                        "",
                                        settings.ports(),
                                        Duration.ofMillis(999)));
    }
}
