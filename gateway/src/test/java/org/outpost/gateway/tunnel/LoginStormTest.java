package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.session.DeviceSession;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.authentication.AuthenticationSettings;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thousand devices sign in at once against a source that takes 200 ms for each and blocks its
 * thread meanwhile. On an event loop the first of them alone would hold every channel up for
 * thousands of round trips.
 */
final class LoginStormTest {
    private static final Logger log = LoggerFactory.getLogger(LoginStormTest.class);
    private static final int LOGINS = 1000;
    private static final long LOGIN_NANOS = Duration.ofMillis(200).toNanos();
    private static final int QUIET_ROUND_TRIPS = 5000;
    static final int STREAM = 16994;

    /** Busy processors slow a round trip down; a blocked loop takes a thousand times as long. */
    private static final double UNCHANGED = 10;

    private final Transport serverSide = new Transport(2);
    private final Transport deviceSide = new Transport(2);
    private final CountDownLatch allConnected = new CountDownLatch(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallingDevices devices =
            new CallingDevices(
                    deviceSide,
                    List.of(STREAM),
                    _ ->
                            new OpenDecision.Accept(
                                    new ChannelInboundHandlerAdapter() {
                                        @Override
                                        public void channelRead(
                                                ChannelHandlerContext ctx, Object msg) {
                                            ctx.writeAndFlush(msg);
                                        }
                                    }));
    private final AuthenticationWorkers workers =
            new AuthenticationWorkers(
                    "device", slow(), AuthenticationSettings.DEFAULT.withoutRamp(), meters);

    private Authenticator slow() {
        return credentials -> {
            if (!credentials.user().equals("live")) {
                allConnected.await();
            }
            long start = System.nanoTime();
            while (System.nanoTime() - start < LOGIN_NANOS && !credentials.user().equals("live")) {
                LockSupport.parkNanos(LOGIN_NANOS);
            }
            return new Verdict.Accepted(credentials.user());
        };
    }

    @AfterEach
    void close() {
        devices.close();
        workers.close();
        serverSide.close();
        deviceSide.close();
    }

    @Test
    void aThousandSlowLoginsAtOnceLeaveTheLatencyOfALiveChannelAsItIs() throws Exception {
        TunnelServer server =
                new TunnelServer(
                        serverSide,
                        TunnelSettings.defaults(
                                MultiplexerSettings.server(CallingDevices.windows())),
                        workers,
                        new FakeRegister(),
                        new AddressLimits(0, 0),
                        new HandshakeSlots(0, 0),
                        AttemptListener.NONE,
                        meters);
        InetSocketAddress address =
                server.listen(
                        new TunnelListenerSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null));
        devices.call(address, UUID.randomUUID(), "live", "x", "live").running().sync();
        LiveChannel live = LiveChannel.open(server, "live");
        live.roundTrips(countdown(QUIET_ROUND_TRIPS));
        long[] quiet = live.roundTrips(countdown(QUIET_ROUND_TRIPS));

        List<DeviceSession> storm = storm(address);
        allConnected.countDown();
        long[] during = live.roundTrips(() -> server.tunnels() <= LOGINS);

        for (DeviceSession session : storm) {
            assertThat(session.running().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(session.running().isSuccess()).isTrue();
        }
        double ratio = (double) median(during) / median(quiet);
        log.atInfo().log(
                "{} logins of 200 ms at once: round trip of a live channel, median {} us before, {}"
                        + " us meanwhile: {} times as long; {} of {} took longer than a login",
                LOGINS,
                median(quiet) / 1000,
                median(during) / 1000,
                String.format("%.2f", ratio),
                slowerThanALogin(during),
                during.length);
        assertThat(ratio).isLessThan(UNCHANGED);
        assertThat(slowerThanALogin(during)).isLessThanOrEqualTo(during.length / 100);
    }

    private List<DeviceSession> storm(InetSocketAddress address) throws Exception {
        List<DeviceSession> sessions = new ArrayList<>();
        for (int i = 0; i < LOGINS; i++) {
            sessions.add(devices.call(address, UUID.randomUUID(), "user", "x", "pc-" + i));
        }
        return sessions;
    }

    private static BooleanSupplier countdown(int count) {
        int[] left = {count};
        return () -> left[0]-- > 0;
    }

    private static long median(long[] nanos) {
        return nanos[nanos.length / 2];
    }

    private static long slowerThanALogin(long[] nanos) {
        return Arrays.stream(nanos).filter(one -> one > LOGIN_NANOS).count();
    }
}
