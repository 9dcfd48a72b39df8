package org.outpost.simulator.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One HTTP connection on which a test says every byte itself. */
public final class HttpConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream input;

    /** An answer: its first line, its header lines, its body. */
    public record Response(String statusLine, List<String> headers, String body) {
        public int status() {
            return Integer.parseInt(statusLine.substring(9, 12));
        }

        /** The values of a header, in their order. */
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        /** The value of a header that is there once, or an empty text. */
        public String header(String name) {
            List<String> values = all(name);
            return values.size() == 1 ? values.getFirst() : "";
        }
    }

    public HttpConnection(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends a request with its length and reads the answer. */
    public Response request(String method, String target, String headers, String body)
            throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        send(
                method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: device\r\n"
                        + headers
                        + (length == 0 ? "" : "Content-Length: " + length + "\r\n")
                        + "\r\n"
                        + body);
        return read();
    }

    /** Reads an answer with its body. */
    public Response read() throws IOException {
        Response head = readHead();
        String length = head.header("Content-Length");
        byte[] body = input.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Response(
                head.statusLine(), head.headers(), new String(body, StandardCharsets.UTF_8));
    }

    /** Reads an answer that has no body whatever its headers say. */
    public Response readHead() throws IOException {
        String statusLine = line();
        List<String> headers = new ArrayList<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
        }
        return new Response(statusLine, List.copyOf(headers), "");
    }

    /** Whether the other side closed, with nothing more to read. */
    public boolean ended() throws IOException {
        return input.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("closed in the midst of a line: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
