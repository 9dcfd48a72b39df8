package org.outpost.amt.fake;

import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.TlsContexts;
import org.outpost.amt.connection.TransportChoice;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.NettyTaskLoop;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.traffic.CallListener;
import org.outpost.amt.traffic.CallOptions;
import org.outpost.amt.traffic.TrafficOfficer;
import org.outpost.amt.traffic.TrafficSettings;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.WsmanClient;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.amt.wsman.http.HttpSession;
import org.outpost.amt.wsman.http.HttpSettings;
import org.outpost.amt.xml.XmlLimits;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/** The whole client put together, against a {@link FakeAmt}. */
public final class TestDevice implements AutoCloseable {
    /** The device. */
    public final FakeAmt amt = new FakeAmt();

    /** The record of certificates. */
    public final FakePins pins = new FakePins();

    /** What changed. */
    public final List<Boolean> changes = new CopyOnWriteArrayList<>();

    /** The officer before the device. */
    public final TrafficOfficer officer;

    /** The HTTP session. */
    public final HttpSession session;

    /** On the plain port, with the right password. */
    public static TestDevice plain() {
        TestDevice device =
                new TestDevice(
                        ConnectionSettings.DEFAULT.with(TransportChoice.PLAIN),
                        new Credentials("admin", "P@ssw0rd"));
        device.amt.plain();
        return device;
    }

    /** No port is open yet. */
    public TestDevice(ConnectionSettings settings, Credentials credentials) {
        try {
            TaskLoop loop = new NettyTaskLoop(amt.loop(), InstantSource.system());
            DeviceConnector connector =
                    new DeviceConnector(
                            "device",
                            amt.ports(),
                            settings,
                            TlsContexts.client(settings),
                            pins,
                            (name, known, seen, accepted) -> changes.add(accepted));
            session =
                    new HttpSession(
                            connector,
                            credentials,
                            HttpSettings.of("device:16992"),
                            loop,
                            new SecureRandom());
            officer =
                    new TrafficOfficer(
                            new WsmanClient(session, XmlLimits.DEFAULT, loop),
                            loop,
                            TrafficSettings.DEFAULT,
                            CallListener.NONE);
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls with ten seconds each. */
    public AmtCalls calls() {
        return calls(Duration.ofSeconds(10));
    }

    /** Calls with a deadline. */
    public AmtCalls calls(Duration deadline) {
        return officer.calls(CallOptions.interactive(deadline));
    }

    /** What a stage completes with, within 20 seconds. */
    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no result", e);
        }
    }

    /** How a stage fails, within 20 seconds. */
    public static AmtFailure failure(CompletionStage<?> stage) {
        try {
            Object result = stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded: " + result);
        } catch (ExecutionException e) {
            return AmtException.failureOf(e.getCause())
                    .orElseThrow(() -> new AssertionError("no typed failure", e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no result", e);
        }
    }

    @Override
    public void close() {
        officer.close();
        amt.close();
    }
}
