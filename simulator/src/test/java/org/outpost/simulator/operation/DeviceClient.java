package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionFactory;
import org.outpost.amt.connection.CertificatePin;
import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.PinPolicy;
import org.outpost.amt.connection.PinStore;
import org.outpost.amt.connection.TlsContexts;
import org.outpost.amt.connection.TlsProfile;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.NettyTaskLoop;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.traffic.CallListener;
import org.outpost.amt.traffic.CallOptions;
import org.outpost.amt.traffic.TrafficOfficer;
import org.outpost.amt.traffic.TrafficSettings;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.Envelopes;
import org.outpost.amt.wsman.WsmanClient;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.amt.wsman.http.HttpSession;
import org.outpost.amt.wsman.http.HttpSettings;
import org.outpost.amt.xml.XmlLimits;
import org.outpost.simulator.support.TestTunnel;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/** The server's whole client for one device of the simulator. */
final class DeviceClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final SimulatorProcess simulator;
    private final int number;
    private final Way way;
    private final TrafficOfficer officer;

    DeviceClient(SimulatorProcess simulator, int number, Way way) {
        this(simulator, number, way, SimulatorProcess.PASSWORD);
    }

    private DeviceClient(SimulatorProcess simulator, int number, Way way, String password) {
        this.simulator = simulator;
        this.number = number;
        this.way = way;
        ConnectionSettings settings =
                new ConnectionSettings(
                        way.transport(),
                        TlsProfile.LEGACY,
                        PinPolicy.WARN,
                        Optional.empty(),
                        Duration.ofSeconds(20));
        TaskLoop loop = new NettyTaskLoop(simulator.loops().next(), InstantSource.system());
        try {
            HttpSession session =
                    new HttpSession(
                            new DeviceConnector(
                                    name(),
                                    simulator.ports(number, way.tunnel()),
                                    settings,
                                    TlsContexts.client(settings),
                                    new Pins(),
                                    (name, known, seen, accepted) -> {}),
                            new Credentials("admin", password),
                            HttpSettings.of(name() + ":16992"),
                            loop,
                            new SecureRandom());
            officer =
                    new TrafficOfficer(
                            new WsmanClient(session, new Envelopes(XmlLimits.DEFAULT), loop),
                            loop,
                            TrafficSettings.DEFAULT,
                            CallListener.NONE);
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same device, for whoever has this password of the administrator. */
    DeviceClient withPassword(String password) {
        return new DeviceClient(simulator, number, way, password);
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

    /** The device's host name. */
    String name() {
        return "pc-%04d".formatted(number);
    }

    /** Its open tunnel; there is one over the LAN too. */
    Optional<TestTunnel> tunnel() {
        return simulator.tunnel(number);
    }

    AmtCalls calls() {
        return calls(DEADLINE);
    }

    /** Calls for what a device may refuse as "not now", which is tried again for so long. */
    AmtCalls calls(Duration deadline) {
        return officer.calls(CallOptions.interactive(deadline));
    }

    /** The code on its screen, once there is another than this one. */
    int consentCode(Optional<Integer> before) {
        return patiently()
                .until(
                        () -> simulator.consentCode(number),
                        code -> code.isPresent() && !code.equals(before))
                .orElseThrow();
    }

    /** The last code that was on its screen. */
    Optional<Integer> consentCode() {
        return simulator.consentCode(number);
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    /** What an operation gives. */
    static <T> T get(CompletionStage<T> operation) {
        try {
            return operation.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    AmtException.failureOf(e.getCause())
                            .map(AmtFailure::sentence)
                            .orElse("it failed"),
                    e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    /** Why an operation fails. */
    static AmtFailure failure(CompletionStage<?> operation) {
        try {
            Object result = operation.toCompletableFuture().get(30, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded: " + result);
        } catch (ExecutionException e) {
            return AmtException.failureOf(e.getCause())
                    .orElseThrow(() -> new AssertionError("no typed failure", e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    /** Fails unless this AMT says that it does not have what was asked for. */
    static void assertUnsupported(CompletionStage<?> operation) {
        assertThat(failure(operation)).isInstanceOf(AmtFailure.Unsupported.class);
    }

    @Override
    public void close() {
        officer.close();
    }
}
