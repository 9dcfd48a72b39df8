package org.outpost.testkit.socks;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A blocking socket for bytes: every read has a deadline and every failure is unchecked. Reads may
 * be mixed at will; nothing is lost between them.
 */
public final class WireSocket implements Closeable {
    private static final int LONGEST_LINE = 128 * 1024;

    private final Socket socket;
    private final InputStream in;

    private WireSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * Connects without TLS.
     *
     * @param patience the deadline of the connect and of every single read
     */
    public static WireSocket connect(InetSocketAddress address, Duration patience) {
        Socket socket = new Socket();
        try {
            int millis = Math.toIntExact(patience.toMillis());
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new WireSocket(socket);
        } catch (IOException e) {
            close(socket);
            throw new UncheckedIOException(e);
        }
    }

    /** The same connection with TLS from here on, as seen by the client; finishes the handshake. */
    public WireSocket startTls(SSLContext context, String host) {
        try {
            SSLSocket secure =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, host, socket.getPort(), true);
            secure.startHandshake();
            return new WireSocket(secure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes in one write. */
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text in Latin-1 in one write. */
    public void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * The next byte, or -1 at the end of the stream.
     *
     * @throws UncheckedIOException if none comes in time or the connection is reset
     */
    public int readByte() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Exactly so many bytes.
     *
     * @throws UncheckedIOException if the stream ends before, or bytes do not come in time
     */
    public byte[] read(int count) {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException("%d of %d bytes".formatted(bytes.length, count));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything up to the end of the stream. */
    public byte[] readToEnd() {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A line without its end, in Latin-1.
     *
     * @throws UncheckedIOException if the stream ends before its line feed, or it is endless
     */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = readByte(); next != '\n'; next = readByte()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new UncheckedIOException(
                        new EOFException("a line without an end: " + text(line)));
            }
            line.write(next);
        }
        String text = text(line);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side ended the stream or reset it within the patience, saying nothing. */
    public boolean hasEnded() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Says that no more bytes will be sent; reading goes on. */
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the kernel hold few bytes, so that a peer soon notices when nobody reads. */
    public void limitReceiveBuffer(int bytes) {
        try {
            socket.setReceiveBufferSize(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of this end. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Cuts the connection with a TCP reset (without TLS; with TLS closes it). */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is lost
        }
    }
}
