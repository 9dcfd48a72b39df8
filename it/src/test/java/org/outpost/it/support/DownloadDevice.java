package org.outpost.it.support;

import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.WireMessage;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A device that answers whatever it is asked by one long HTTP response, made as the server's window
 * allows it and never held in memory. Its body is {@link Pattern} with the seed {@link #SEED}.
 */
public final class DownloadDevice implements Closeable {
    /** The seed of the body. */
    public static final int SEED = 7;

    private static final int PIECE = 8 * 1024;
    private static final int WINDOW = 4095;

    private final ApfConnection connection;
    private final long size;
    private final Map<Long, Download> downloads = new HashMap<>();
    private long next;

    private static final class Download {
        private final long serverId;
        private long credit;
        private long sent;
        private boolean asked;

        Download(long serverId, long credit) {
            this.serverId = serverId;
            this.credit = credit;
        }
    }

    private DownloadDevice(ApfConnection connection, long size) {
        this.connection = connection;
        this.size = size;
    }

    /**
     * Takes over a device in the running state.
     *
     * @param size bytes of the body
     */
    public static DownloadDevice serve(ApfDevicePeer started, long size) {
        DownloadDevice device = new DownloadDevice(started.connection(), size);
        Thread.ofVirtual().name("download-device").start(device::serveAll);
        return device;
    }

    private void serveAll() {
        try {
            for (Optional<WireMessage> message = connection.receive(Duration.ofDays(1));
                    message.isPresent();
                    message = connection.receive(Duration.ofDays(1))) {
                on(message.get());
            }
        } catch (UncheckedIOException ended) {
            // the test is over
        }
    }

    private void on(WireMessage message) {
        switch (message) {
            case WireMessage.ChannelOpen open -> {
                long id = next++;
                downloads.put(id, new Download(open.sender(), open.window()));
                connection.send(ApfBytes.channelOpenConfirmation(open.sender(), id, WINDOW));
            }
            case WireMessage.ChannelData data -> asked(data.recipient(), data.data().bytes());
            case WireMessage.ChannelWindowAdjust adjust -> {
                Download download = downloads.get(adjust.recipient());
                if (download != null) {
                    download.credit += adjust.add();
                    pour(download);
                }
            }
            case WireMessage.ChannelClose close -> {
                Download download = downloads.remove(close.recipient());
                if (download != null) {
                    connection.send(ApfBytes.channelClose(download.serverId));
                }
            }
            case WireMessage.KeepAliveRequest request ->
                    connection.send(ApfBytes.keepAliveReply(request.cookie()));
            case WireMessage.KeepAliveOptionsRequest options ->
                    connection.send(
                            ApfBytes.keepAliveOptionsReply(options.interval(), options.timeout()));
            default -> {
                // answers to its own start
            }
        }
    }

    private void asked(long id, byte[] request) {
        Download download = downloads.get(id);
        if (download == null) {
            return;
        }
        connection.send(ApfBytes.channelWindowAdjust(download.serverId, request.length));
        String text = new String(request, StandardCharsets.ISO_8859_1);
        if (!download.asked && text.endsWith("\r\n\r\n")) {
            download.asked = true;
            byte[] head =
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
                                    + "Content-Length: %d\r\n\r\n".formatted(size))
                            .getBytes(StandardCharsets.US_ASCII);
            download.credit -= head.length;
            connection.send(ApfBytes.channelData(download.serverId, head));
            pour(download);
        }
    }

    private void pour(Download download) {
        while (download.asked && download.credit > 0 && download.sent < size) {
            int count = (int) Math.min(PIECE, Math.min(download.credit, size - download.sent));
            connection.send(
                    ApfBytes.channelData(
                            download.serverId, Pattern.bytes(SEED, download.sent, count)));
            download.sent += count;
            download.credit -= count;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
