package org.outpost.testkit.socks;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/**
 * One connection to a SOCKS server, step by step: version 5 (RFC 1928, RFC 1929), 4 and 4a. Once a
 * CONNECT was granted, {@link #stream()} is the connection to the target.
 */
public final class SocksClient implements Closeable {
    /** RFC 1928 section 4. */
    public static final int CONNECT = 1;

    /** RFC 1928 section 4. */
    public static final int BIND = 2;

    /** RFC 1928 section 4. */
    public static final int UDP_ASSOCIATE = 3;

    /** RFC 1928 section 3: no authentication required. */
    public static final int NO_AUTHENTICATION = 0;

    /** RFC 1928 section 3. */
    public static final int USER_PASSWORD = 2;

    /** RFC 1928 section 3: the server takes none of the offered methods. */
    public static final int NO_METHOD = 0xff;

    /** RFC 1928 section 6. */
    public static final int SUCCEEDED = 0;

    /** The SOCKS 4 protocol: request granted. */
    public static final int GRANTED_4 = 90;

    /** The SOCKS 4 protocol: request rejected or failed. */
    public static final int REJECTED_4 = 91;

    private final WireSocket socket;

    private SocksClient(WireSocket socket) {
        this.socket = socket;
    }

    /** Connects to a SOCKS server and says nothing yet. */
    public static SocksClient open(InetSocketAddress server, Duration patience) {
        return new SocksClient(WireSocket.connect(server, patience));
    }

    /** The same over TLS. */
    public static SocksClient openTls(
            InetSocketAddress server, Duration patience, SSLContext context) {
        return new SocksClient(
                WireSocket.connect(server, patience).startTls(context, server.getHostString()));
    }

    /** Offers methods of authentication; returns the one the server chose, or 255. */
    public int greet(int... methods) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.write(5);
        hello.write(methods.length);
        for (int method : methods) {
            hello.write(method);
        }
        socket.send(hello.toByteArray());
        return answer(5);
    }

    /** Sends user and password (RFC 1929); returns the status, 0 for success. */
    public int authenticate(String user, String password) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(1);
        counted(request, user);
        counted(request, password);
        socket.send(request.toByteArray());
        return answer(1);
    }

    private int answer(int version) {
        byte[] answer = socket.read(2);
        if (answer[0] != version) {
            throw new AssertionError("version " + answer[0] + " instead of " + version);
        }
        return Byte.toUnsignedInt(answer[1]);
    }

    /** Sends a version 5 request for a domain name; returns the reply's code. */
    public int request(int command, String domain, int port) {
        ByteArrayOutputStream address = new ByteArrayOutputStream();
        address.write(3);
        counted(address, domain);
        return request(command, address.toByteArray(), port);
    }

    /** Sends a version 5 request for an IPv4 or IPv6 literal; returns the reply's code. */
    public int request(int command, InetAddress literal, int port) {
        byte[] bytes = literal.getAddress();
        ByteArrayOutputStream address = new ByteArrayOutputStream();
        address.write(bytes.length == 4 ? 1 : 4);
        address.writeBytes(bytes);
        return request(command, address.toByteArray(), port);
    }

    private int request(int command, byte[] address, int port) {
        ByteBuffer request =
                ByteBuffer.allocate(5 + address.length)
                        .put((byte) 5)
                        .put((byte) command)
                        .put((byte) 0)
                        .put(address)
                        .putShort((short) port);
        socket.send(request.array());
        int code = answer(5);
        skipBoundAddress();
        return code;
    }

    private void skipBoundAddress() {
        byte[] head = socket.read(2);
        if (head[0] != 0) {
            throw new AssertionError("the reserved byte of a reply is " + head[0]);
        }
        int length =
                switch (head[1]) {
                    case 1 -> 4;
                    case 3 -> socket.readByte();
                    case 4 -> 16;
                    default -> throw new AssertionError("address type " + head[1]);
                };
        socket.read(length + 2);
    }

    /**
     * The whole of version 5 without authentication: CONNECT to a name; returns the reply's code.
     */
    public int connect(String domain, int port) {
        int method = greet(NO_AUTHENTICATION);
        if (method != NO_AUTHENTICATION) {
            throw new AssertionError("method " + method);
        }
        return request(CONNECT, domain, port);
    }

    /**
     * The whole of version 5 with user and password: CONNECT to a name.
     *
     * @return the reply's code, or -1 if the credentials were refused
     */
    public int connect(String domain, int port, String user, String password) {
        int method = greet(USER_PASSWORD);
        if (method != USER_PASSWORD) {
            throw new AssertionError("method " + method);
        }
        return authenticate(user, password) == 0 ? request(CONNECT, domain, port) : -1;
    }

    /** Sends a version 4a request for a domain name; returns the reply's code, 90 if granted. */
    public int request4a(int command, String domain, int port, String userId) {
        return request4(command, new byte[] {0, 0, 0, 1}, port, userId + "\0" + domain + "\0");
    }

    /** Sends a version 4 request for an IPv4 literal; returns the reply's code, 90 if granted. */
    public int request4(int command, InetAddress ipv4, int port, String userId) {
        return request4(command, ipv4.getAddress(), port, userId + "\0");
    }

    private int request4(int command, byte[] address, int port, String tail) {
        byte[] text = tail.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer request =
                ByteBuffer.allocate(8 + text.length)
                        .put((byte) 4)
                        .put((byte) command)
                        .putShort((short) port)
                        .put(address)
                        .put(text);
        socket.send(request.array());
        byte[] reply = socket.read(8);
        if (reply[0] != 0) {
            throw new AssertionError("the first byte of a version 4 reply is " + reply[0]);
        }
        return Byte.toUnsignedInt(reply[1]);
    }

    /** The bytes below: before a request for what no client should send, after it the target's. */
    public WireSocket stream() {
        return socket;
    }

    private static void counted(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new IllegalArgumentException("longer than 255 bytes");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    public void close() {
        socket.close();
    }
}
