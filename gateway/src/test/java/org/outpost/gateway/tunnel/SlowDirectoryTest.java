package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.session.DeviceSession;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.authentication.AuthenticationSettings;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.authentication.ldap.LdapAuthenticator;
import org.outpost.gateway.authentication.ldap.LdapServer;
import org.outpost.gateway.authentication.ldap.LdapSettings;
import org.outpost.gateway.authentication.ldap.LdapTemplate;
import org.outpost.gateway.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLContext;

/**
 * A thousand devices sign in at once, each with a password of its own, against a directory that
 * takes two seconds for each answer; with the limits that the server has. All are let in, none is
 * sent away, and those who are connected notice nothing.
 */
final class SlowDirectoryTest {
    private static final Logger log = LoggerFactory.getLogger(SlowDirectoryTest.class);
    private static final int LOGINS = 1000;
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 128;
    private static final int QUIET_ROUND_TRIPS = 5000;

    /** Busy processors slow a round trip down; a blocked loop takes a thousand times as long. */
    private static final double UNCHANGED = 10;

    private final Transport serverSide = new Transport(2);
    private final Transport deviceSide = new Transport(2);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch allConnected = new CountDownLatch(1);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CallingDevices devices =
            new CallingDevices(
                    deviceSide,
                    List.of(LoginStormTest.STREAM),
                    _ ->
                            new OpenDecision.Accept(
                                    new ChannelInboundHandlerAdapter() {
                                        @Override
                                        public void channelRead(
                                                ChannelHandlerContext ctx, Object msg) {
                                            ctx.writeAndFlush(msg);
                                        }
                                    }));

    @AfterEach
    void close() throws Exception {
        devices.close();
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        serverSide.close();
        deviceSide.close();
    }

    private int directory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=x");
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig(
                        "plain", InetAddress.getLoopbackAddress(), 0, null));
        config.addInMemoryOperationInterceptor(
                new InMemoryOperationInterceptor() {
                    @Override
                    public void processSimpleBindRequest(
                            InMemoryInterceptedSimpleBindRequest request) {
                        if (!request.getRequest().getBindDN().contains("live")) {
                            awaitAllConnected();
                            LockSupport.parkNanos(ANSWER.toNanos());
                        }
                    }
                });
        InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
        open.add(() -> directory.shutDown(true));
        directory.add("dn: dc=x", "objectClass: domain", "dc: x");
        for (int i = 0; i < LOGINS; i++) {
            user(directory, "pc-" + i, "secret-" + i);
        }
        user(directory, "live", "secret");
        directory.startListening();
        return directory.getListenPort();
    }

    private static void user(InMemoryDirectoryServer directory, String name, String password)
            throws Exception {
        directory.add("dn: uid=" + name + ",dc=x", "uid: " + name, "userPassword: " + password);
    }

    private void awaitAllConnected() {
        try {
            allConnected.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aThousandLoginsAgainstADirectoryOfTwoSecondsHurtNobody() throws Exception {
        LdapAuthenticator ldap =
                new LdapAuthenticator(
                        new LdapSettings(
                                List.of(new LdapServer("127.0.0.1", directory(), false)),
                                false,
                                SSLContext.getDefault(),
                                new LdapSettings.Users.Named(LdapTemplate.dn("uid={user},dc=x")),
                                null,
                                null,
                                CONNECTIONS,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(10)));
        AuthenticationWorkers workers =
                new AuthenticationWorkers(
                        "device",
                        ldap,
                        AuthenticationSettings.DEFAULT
                                .within(DEADLINE)
                                .retrying(Duration.ofSeconds(5)),
                        meters);
        open.add(workers);
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
        devices.call(address, UUID.randomUUID(), "live", "secret", "live").running().sync();
        LiveChannel live = LiveChannel.open(server, "live");
        live.roundTrips(countdown(QUIET_ROUND_TRIPS));
        long[] quiet = live.roundTrips(countdown(QUIET_ROUND_TRIPS));

        List<DeviceSession> storm = new ArrayList<>();
        for (int i = 0; i < LOGINS; i++) {
            storm.add(
                    devices.call(address, UUID.randomUUID(), "pc-" + i, "secret-" + i, "pc-" + i));
        }
        allConnected.countDown();
        long start = System.nanoTime();
        long[] during =
                live.roundTrips(
                        () ->
                                server.tunnels() <= LOGINS
                                        && System.nanoTime() - start < DEADLINE.toNanos());
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();

        for (DeviceSession session : storm) {
            assertThat(session.running().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(session.running().isSuccess()).as("%s", session.running().cause()).isTrue();
        }
        double ratio = (double) median(during) / median(quiet);
        log.atInfo().log(
                "{} logins at once at a directory of 2 s: all in after {} ms; round trip of a live"
                        + " channel, median {} us before, {} us meanwhile: {} times as long",
                LOGINS,
                took,
                median(quiet) / 1000,
                median(during) / 1000,
                String.format("%.2f", ratio));
        assertThat(ratio).isLessThan(UNCHANGED);
        assertThat(meters.get("outpost.authentication").tag("verdict", "accepted").timer().count())
                .isEqualTo(LOGINS + 1L);
    }

    private static BooleanSupplier countdown(int count) {
        int[] left = {count};
        return () -> left[0]-- > 0;
    }

    private static long median(long[] nanos) {
        return nanos[nanos.length / 2];
    }
}
