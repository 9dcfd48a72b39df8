package org.outpost.testkit.apf;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A device on a blocking socket: goes through the start of a session step by step (apf.md 3.1), so
 * that a test can stop or stray anywhere, and then serves channels. Misdeeds are sent through
 * {@link #connection()}; whole ones are in {@link Misbehaviour}.
 *
 * <p>Until {@link #serve} is called the steps read the connection; afterwards a thread of its own
 * does, and the steps that wait for an answer may not be used.
 */
public final class ApfDevicePeer implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofDays(1);

    private final ApfConnection connection;
    private final DeviceIdentity device;
    private final Set<Integer> announced = new CopyOnWriteArraySet<>();
    private final CompletableFuture<List<WireMessage>> served = new CompletableFuture<>();
    private @Nullable DeviceChannels channels;

    /** A device that has connected and said nothing yet. */
    public ApfDevicePeer(ApfConnection connection, DeviceIdentity device) {
        this.connection = connection;
        this.device = device;
    }

    /** The connection below, for everything a decent device would not do. */
    public ApfConnection connection() {
        return connection;
    }

    /** Who it is. */
    public DeviceIdentity device() {
        return device;
    }

    /** The whole start: version, authentication, forwarding, each port. */
    public ApfDevicePeer start() {
        return reach(Stage.RUNNING);
    }

    /** Goes from the beginning to a stage, waiting for every answer on the way. */
    public ApfDevicePeer reach(Stage stage) {
        for (Stage next : Stage.values()) {
            if (next.compareTo(stage) <= 0) {
                step(next);
            }
        }
        return this;
    }

    private void step(Stage stage) {
        switch (stage) {
            case CONNECTED -> {
                // the connection is there
            }
            case VERSIONED -> connection.send(ApfBytes.protocolVersion(4, device.uuid()));
            case AUTHENTICATING -> enter(ApfBytes.AUTH);
            case AUTHENTICATED -> {
                connection.send(password());
                expect(WireMessage.UserauthSuccess.class);
            }
            case FORWARDING -> enter(ApfBytes.PFWD);
            case RUNNING -> device.ports().forEach(this::forward);
        }
    }

    /** The USERAUTH_REQUEST of this device. */
    public byte[] password() {
        return ApfBytes.userauthPassword(device.user(), device.password());
    }

    /** All messages of its start in order, for sending them in some other way. */
    public List<byte[]> startMessages() {
        List<byte[]> messages = new ArrayList<>();
        messages.add(ApfBytes.protocolVersion(4, device.uuid()));
        messages.add(ApfBytes.serviceRequest(ApfBytes.AUTH));
        messages.add(password());
        messages.add(ApfBytes.serviceRequest(ApfBytes.PFWD));
        for (int port : device.ports()) {
            messages.add(ApfBytes.tcpipForward(true, device.name(), port));
        }
        return messages;
    }

    /** Sends the whole start in one write and waits for all answers. */
    public ApfDevicePeer startInOneWrite() {
        connection.sendTogether(startMessages().toArray(byte[][]::new));
        return expectStarted();
    }

    /** Sends the start with every byte in a write of its own and waits for all answers. */
    public ApfDevicePeer startByteByByte() {
        connection.sendByteByByte(startMessages().toArray(byte[][]::new));
        return expectStarted();
    }

    private ApfDevicePeer expectStarted() {
        announced.addAll(device.ports());
        expect(WireMessage.ServiceAccept.class);
        expect(WireMessage.UserauthSuccess.class);
        expect(WireMessage.ServiceAccept.class);
        device.ports().forEach(_ -> expect(WireMessage.ForwardSuccess.class));
        return this;
    }

    private void enter(String service) {
        connection.send(ApfBytes.serviceRequest(service));
        WireMessage.ServiceAccept accept = expect(WireMessage.ServiceAccept.class);
        if (!accept.service().equals(service)) {
            throw new AssertionError("asked for " + service + " but was given " + accept);
        }
    }

    /** Announces a port and waits for the answer. */
    public void forward(int port) {
        announced.add(port);
        connection.send(ApfBytes.tcpipForward(true, device.name(), port));
        WireMessage.ForwardSuccess success = expect(WireMessage.ForwardSuccess.class);
        if (success.port() != port) {
            throw new AssertionError("announced " + port + " but was answered " + success);
        }
    }

    /** Withdraws a port and waits for the answer. */
    public void cancel(int port) {
        announced.remove(port);
        connection.send(ApfBytes.cancelTcpipForward(true, device.name(), port));
        expect(WireMessage.CancelSuccess.class);
    }

    /** Sends a keep-alive and waits for its answer: the session is alive. */
    public void keepAlive(long cookie) {
        connection.send(ApfBytes.keepAliveRequest(cookie));
        WireMessage.KeepAliveReply reply = expect(WireMessage.KeepAliveReply.class);
        if (reply.cookie() != cookie) {
            throw new AssertionError("sent cookie " + cookie + " but was answered " + reply);
        }
    }

    /**
     * Waits for the next message and answers keep-alives that come before it.
     *
     * @throws AssertionError if another message comes, or none within ten seconds
     */
    public <T extends WireMessage> T expect(Class<T> type) {
        DeviceChannels polite = politeChannels();
        Optional<WireMessage> message = connection.receive(PATIENCE);
        while (message.filter(m -> !type.isInstance(m) && isKeepAlive(m)).isPresent()) {
            polite.on(message.get());
            message = connection.receive(PATIENCE);
        }
        return message.filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(unexpected(type, message));
    }

    private Supplier<AssertionError> unexpected(Class<?> type, Optional<WireMessage> message) {
        return () ->
                new AssertionError(
                        "expected %s, but %s"
                                .formatted(
                                        type.getSimpleName(),
                                        message.map(m -> "received " + m)
                                                .orElse("nothing came; end: " + connection.end())));
    }

    private static boolean isKeepAlive(WireMessage message) {
        return message instanceof WireMessage.KeepAliveRequest
                || message instanceof WireMessage.KeepAliveOptionsRequest;
    }

    private DeviceChannels politeChannels() {
        return new DeviceChannels(
                DeviceManners.decent(), ChannelService.echo(), announced::contains, this::sendAny);
    }

    private void sendAny(byte[] bytes) {
        connection.send(bytes);
    }

    /** Echoes on every channel, decently, until the connection ends. */
    public ApfDevicePeer serve() {
        return serve(DeviceManners.decent(), ChannelService.echo());
    }

    /** Serves channels on a thread of its own until the connection ends. */
    public ApfDevicePeer serve(
            DeviceManners manners, Function<WireMessage.ChannelOpen, ChannelService> services) {
        DeviceChannels serving =
                new DeviceChannels(manners, services, announced::contains, this::sendAny);
        channels = serving;
        Thread.ofVirtual().name("apf-device-peer").start(() -> serveAll(serving));
        return this;
    }

    private void serveAll(DeviceChannels serving) {
        List<WireMessage> others = new ArrayList<>();
        try {
            for (Optional<WireMessage> next = connection.receive(FOREVER);
                    next.isPresent();
                    next = connection.receive(FOREVER)) {
                WireMessage message = next.get();
                serving.on(message);
                if (message instanceof WireMessage.Disconnect) {
                    others.add(message);
                }
            }
            served.complete(List.copyOf(others));
        } catch (UncheckedIOException gone) {
            served.complete(List.copyOf(others));
        } catch (RuntimeException | Error e) {
            served.completeExceptionally(e);
        }
    }

    /** Completes when a served connection ended, with the DISCONNECT that came before, if any. */
    public CompletableFuture<List<WireMessage>> served() {
        return served;
    }

    /** What the server did against the rules on the served channels; empty if all is well. */
    public List<String> violations() {
        return serving().violations();
    }

    /** How many CHANNEL_OPENs came since it serves. */
    public int opens() {
        return serving().opens();
    }

    /** How many channels are open now. */
    public int openChannels() {
        return serving().live();
    }

    private DeviceChannels serving() {
        if (channels == null) {
            throw new IllegalStateException("does not serve yet");
        }
        return channels;
    }

    @Override
    public void close() {
        connection.close();
    }
}
