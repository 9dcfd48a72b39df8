package org.outpost.testkit.socks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Accepts one connection and goes through a script: {@code < hex} is expected, {@code > hex} is
 * sent, then the connection ends.
 */
final class ScriptedServer implements Closeable {
    private final ServerSocket listener;
    private final CompletableFuture<Void> done;

    ScriptedServer(String... script) {
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        done =
                CompletableFuture.runAsync(
                        () -> run(List.of(script)), task -> Thread.ofVirtual().start(task));
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void run(List<String> script) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String line : script) {
                String hex = line.substring(2).replace(" ", "");
                byte[] bytes = HexFormat.of().parseHex(hex);
                if (line.startsWith(">")) {
                    out.write(bytes);
                    out.flush();
                } else {
                    String got = HexFormat.of().formatHex(in.readNBytes(bytes.length));
                    if (!got.equals(hex)) {
                        throw new AssertionError("expected " + hex + " but was " + got);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Waits for the script's end and throws what went wrong in it. */
    void join() {
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
