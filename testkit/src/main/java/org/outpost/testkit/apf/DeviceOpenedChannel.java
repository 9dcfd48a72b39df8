package org.outpost.testkit.apf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A channel that a device opens towards the server ({@code direct-tcpip}, apf.md section 3.6), step
 * by step: it reads the device's connection itself, so the device must not serve meanwhile.
 */
public final class DeviceOpenedChannel {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_DATA = 4096;
    private static final long WINDOW = 32 * 1024;

    private final ApfConnection connection;
    private final long own;
    private final long server;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private long credit;
    private boolean closed;

    private DeviceOpenedChannel(
            ApfConnection connection, long own, WireMessage.ChannelOpenConfirmation confirmation) {
        this.connection = connection;
        this.own = own;
        this.server = confirmation.sender();
        this.credit = confirmation.window();
    }

    /** The bytes of a CHANNEL_OPEN of this kind. */
    public static byte[] request(long own, String host, int port) {
        return ApfBytes.channelOpen("direct-tcpip", own, WINDOW, host, port, "192.0.2.77", 49152);
    }

    /**
     * Opens a channel.
     *
     * @throws AssertionError if it is refused
     */
    public static DeviceOpenedChannel open(ApfDevicePeer device, long own, String host, int port) {
        device.connection().send(request(own, host, port));
        WireMessage.ChannelOpenConfirmation confirmation =
                device.expect(WireMessage.ChannelOpenConfirmation.class);
        if (confirmation.recipient() != own) {
            throw new AssertionError("opened " + own + " but was answered " + confirmation);
        }
        return new DeviceOpenedChannel(device.connection(), own, confirmation);
    }

    /**
     * Tries to open a channel; returns the reason of the refusal.
     *
     * @throws AssertionError if it is opened
     */
    public static long refused(ApfDevicePeer device, long own, String host, int port) {
        device.connection().send(request(own, host, port));
        return device.expect(WireMessage.ChannelOpenFailure.class).reason();
    }

    /** Sends bytes as the server's window allows. */
    public DeviceOpenedChannel send(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            while (credit == 0) {
                next();
            }
            int count = (int) Math.min(credit, Math.min(LARGEST_DATA, bytes.length - from));
            connection.send(
                    ApfBytes.channelData(server, Arrays.copyOfRange(bytes, from, from + count)));
            from += count;
            credit -= count;
        }
        return this;
    }

    /** Waits for so many bytes more and takes them. */
    public byte[] receive(int count) {
        while (received.size() < count && !closed) {
            next();
        }
        return take(count);
    }

    /** Waits until what came ends with this text, and takes all of it. */
    public String receiveUntil(String end) {
        while (!received.toString(StandardCharsets.UTF_8).endsWith(end)) {
            if (closed) {
                throw new AssertionError("closed after: " + received);
            }
            next();
        }
        return new String(take(received.size()), StandardCharsets.UTF_8);
    }

    private byte[] take(int count) {
        byte[] all = received.toByteArray();
        if (all.length < count) {
            throw new AssertionError("closed after " + all.length + " bytes");
        }
        received.reset();
        received.write(all, count, all.length - count);
        return Arrays.copyOf(all, count);
    }

    /** Waits for the server's CLOSE and answers it. */
    public void awaitClose() {
        while (!closed) {
            next();
        }
        connection.send(ApfBytes.channelClose(server));
    }

    /** Closes, and waits for the server's CLOSE. */
    public void close() {
        connection.send(ApfBytes.channelClose(server));
        while (!closed) {
            next();
        }
    }

    private void next() {
        Optional<WireMessage> message = connection.receive(PATIENCE);
        switch (message.orElseThrow(() -> new AssertionError("nothing came"))) {
            case WireMessage.ChannelData data when data.recipient() == own -> {
                byte[] bytes = data.data().bytes();
                received.writeBytes(bytes);
                connection.send(ApfBytes.channelWindowAdjust(server, bytes.length));
            }
            case WireMessage.ChannelWindowAdjust adjust when adjust.recipient() == own ->
                    credit += adjust.add();
            case WireMessage.ChannelClose close when close.recipient() == own -> closed = true;
            case WireMessage.KeepAliveOptionsRequest _, WireMessage.KeepAliveRequest _ -> {
                // a moment's silence does no harm
            }
            case WireMessage other -> throw new AssertionError("unexpected: " + other);
        }
    }
}
