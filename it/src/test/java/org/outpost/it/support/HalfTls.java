package org.outpost.it.support;

import org.outpost.testkit.apf.ApfConnection;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Connections to a TLS listener that do not get through the handshake. */
public final class HalfTls {
    private HalfTls() {}

    /** How far they come. */
    public enum Manner {
        /** Not a byte. */
        SILENT,
        /** Half of the first message. */
        HALF_A_HELLO,
        /** The first message and nothing more. */
        WHOLE_HELLO,
        /** The first message, a byte a second. */
        TRICKLED_HELLO
    }

    /**
     * Plays one.
     *
     * @throws AssertionError if the server does not end it within that time
     */
    public static void expectEnd(InetSocketAddress door, Manner manner, Duration within) {
        try (ApfConnection connection = ApfConnection.plain(door)) {
            byte[] hello = clientHello();
            switch (manner) {
                case SILENT -> {
                    // nothing is said
                }
                case HALF_A_HELLO -> connection.send(Arrays.copyOf(hello, hello.length / 2));
                case WHOLE_HELLO -> connection.send(hello);
                case TRICKLED_HELLO -> connection.trickle(hello, 1);
            }
            awaitEnd(connection, manner, within);
        }
    }

    private static void awaitEnd(ApfConnection connection, Manner manner, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        // the server's part of the handshake is no APF: read as bytes
        while (connection.end() == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(manner + ": still open after " + within);
            }
            connection.receiveBytes(Duration.ofNanos(left));
        }
    }

    private static byte[] clientHello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), record);
            return Arrays.copyOf(record.array(), record.position());
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
