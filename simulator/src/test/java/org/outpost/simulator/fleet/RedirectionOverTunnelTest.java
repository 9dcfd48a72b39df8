package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.amt.connection.CertificatePin;
import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.PinStore;
import org.outpost.amt.connection.TlsContexts;
import org.outpost.amt.connection.TransportChoice;
import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionConnector;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;
import org.outpost.amt.redirection.ider.DriveKind;
import org.outpost.amt.redirection.ider.FileImage;
import org.outpost.amt.redirection.ider.IderListener;
import org.outpost.amt.redirection.ider.IderSession;
import org.outpost.amt.redirection.ider.IderSettings;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.simulator.support.TestServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Redirection through an APF tunnel with firmware's windows, on 16994 and in TLS on 16995. */
class RedirectionOverTunnelTest {
    private static final RedirectionCredentials ADMIN =
            new RedirectionCredentials("admin", FleetRig.AMT_PASSWORD);

    private final Queue<String> screen = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(
            value = TransportChoice.class,
            names = {"PLAIN", "TLS"})
    void aShellIsTypedIn(TransportChoice transport) throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().start();
            rig.awaitConnected();

            Channel terminal =
                    client(rig, transport)
                            .open(RedirectionKind.SOL, ADMIN)
                            .thenCompose(
                                    signedIn ->
                                            SolTerminal.open(
                                                    signedIn, SolSettings.DEFAULT, new Screen()))
                            .get(30, TimeUnit.SECONDS);
            terminal.config().setAutoRead(true);

            expect("login:");
            terminal.writeAndFlush(
                            terminal.alloc()
                                    .buffer()
                                    .writeBytes(
                                            "root\rdmesg\r".getBytes(StandardCharsets.US_ASCII)))
                    .syncUninterruptibly();
            expect("NIC Link is Up");
            terminal.close().syncUninterruptibly();
        }
    }

    @Test
    void drivesAreAttached(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("a.img"), new byte[1_474_560]);
        try (FleetRig rig = FleetRig.of(1).build();
                FileImage image = FileImage.open(file)) {
            rig.fleet().start();
            rig.awaitConnected();

            IderSession session =
                    client(rig, TransportChoice.PLAIN)
                            .open(RedirectionKind.IDER, ADMIN)
                            .thenCompose(
                                    signedIn ->
                                            IderSession.open(
                                                    signedIn,
                                                    IderSettings.attaching(
                                                            IderSettings.Attach.AT_ONCE),
                                                    Map.of(DriveKind.FLOPPY, image),
                                                    Runnable::run,
                                                    IderListener.NONE))
                            .get(30, TimeUnit.SECONDS);

            FleetRig.patiently().until(() -> session.statistics().commands() >= 4);
            session.channel().close().syncUninterruptibly();
        }
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().start();
            rig.awaitConnected();

            assertThatThrownBy(
                            () ->
                                    client(rig, TransportChoice.PLAIN)
                                            .open(
                                                    RedirectionKind.KVM,
                                                    new RedirectionCredentials("admin", "wrong"))
                                            .get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("refused the user name or the password");
            assertThat(rig.fleet().snapshot().connected()).isEqualTo(1);
        }
    }

    private final class Screen extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            screen.add(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private void expect(String text) {
        FleetRig.patiently().alias(text).until(() -> String.join("", screen).contains(text));
    }

    private static RedirectionClient client(FleetRig rig, TransportChoice transport)
            throws Exception {
        ConnectionSettings settings = ConnectionSettings.DEFAULT.with(transport);
        DeviceConnector connector =
                new DeviceConnector(
                        "device",
                        (port, handler) ->
                                TestServer.connect(
                                        rig.tunnel(rig.profiles().getFirst()), port, handler),
                        settings,
                        TlsContexts.client(settings),
                        new Pins(),
                        (device, known, seen, accepted) -> {});
        return new RedirectionClient(
                RedirectionConnector.of(connector),
                RedirectionSettings.DEFAULT,
                ConsentCheck.UNKNOWN);
    }

    private static final class Pins implements PinStore {
        private final Map<String, CertificatePin> pins = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Optional<CertificatePin>> find(String device) {
            return CompletableFuture.completedStage(Optional.ofNullable(pins.get(device)));
        }

        @Override
        public CompletionStage<Void> remember(String device, CertificatePin pin) {
            pins.put(device, pin);
            return CompletableFuture.completedStage(null);
        }
    }
}
