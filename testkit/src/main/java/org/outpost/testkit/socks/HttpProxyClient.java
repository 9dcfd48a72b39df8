package org.outpost.testkit.socks;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLContext;

/**
 * One connection to an HTTP/1.1 proxy. Requests are sent as the bytes a test writes, right or
 * wrong; responses are read as RFC 9112 section 6 delimits them, strictly.
 */
public final class HttpProxyClient implements Closeable {
    private final WireSocket socket;

    private HttpProxyClient(WireSocket socket) {
        this.socket = socket;
    }

    /** Connects to a proxy and says nothing yet. */
    public static HttpProxyClient open(InetSocketAddress proxy, Duration patience) {
        return new HttpProxyClient(WireSocket.connect(proxy, patience));
    }

    /** The same over TLS. */
    public static HttpProxyClient openTls(
            InetSocketAddress proxy, Duration patience, SSLContext context) {
        return new HttpProxyClient(
                WireSocket.connect(proxy, patience).startTls(context, proxy.getHostString()));
    }

    /** The value of Proxy-Authorization for a user and password. */
    public static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Sends a text as it is, in Latin-1 and in one write. */
    public HttpProxyClient send(String text) {
        socket.send(text);
        return this;
    }

    /** Sends bytes as they are, in one write. */
    public HttpProxyClient send(byte[] bytes) {
        socket.send(bytes);
        return this;
    }

    /**
     * Sends a GET with an absolute URI and reads the response.
     *
     * @param headers more header lines, without their ends
     */
    public HttpResponse get(String uri, String... headers) {
        send(head("GET " + uri, URI.create(uri).getAuthority(), headers));
        return read();
    }

    /**
     * Sends CONNECT and reads the response. After a 2xx {@link #stream()} is the connection to the
     * target.
     *
     * @param authority host and port, such as {@code device.example:16992}
     */
    public HttpResponse connect(String authority, String... headers) {
        send(head("CONNECT " + authority, authority, headers));
        return readAfter("CONNECT");
    }

    private static String head(String start, String host, String... headers) {
        StringBuilder head = new StringBuilder(256);
        head.append(start).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Reads the next response, interim ones (1xx) included. */
    public HttpResponse read() {
        return readAfter("GET");
    }

    /**
     * Reads the next response to a request of this method: those to HEAD have no body, nor have
     * successful ones to CONNECT.
     *
     * @throws AssertionError if it is not a response
     */
    public HttpResponse readAfter(String method) {
        String statusLine = socket.readLine();
        if (!statusLine.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new AssertionError("not a status line: " + statusLine);
        }
        List<String> headers = new ArrayList<>(lines());
        HttpResponse head = new HttpResponse(statusLine, headers, new byte[0]);
        if (hasNoBody(method, head.status())) {
            return head;
        }
        byte[] body = body(head, headers);
        return new HttpResponse(statusLine, headers, body);
    }

    private static boolean hasNoBody(String method, int status) {
        return method.equals("HEAD")
                || (method.equals("CONNECT") && status / 100 == 2)
                || status / 100 == 1
                || status == 204
                || status == 304;
    }

    private byte[] body(HttpResponse head, List<String> headers) {
        boolean chunked =
                head.header("Transfer-Encoding")
                        .map(value -> value.toLowerCase(Locale.ROOT).endsWith("chunked"))
                        .orElse(false);
        List<String> lengths = head.headers("Content-Length").distinct().toList();
        if (lengths.size() > 1 || (chunked && !lengths.isEmpty())) {
            throw new AssertionError("two lengths in one response:\n" + head);
        }
        if (chunked) {
            return chunks(headers);
        }
        return lengths.isEmpty()
                ? socket.readToEnd()
                : socket.read(Integer.parseInt(lengths.getFirst()));
    }

    private byte[] chunks(List<String> headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = socket.readLine();
            int end = line.indexOf(';');
            int size = Integer.parseInt(end < 0 ? line : line.substring(0, end).strip(), 16);
            if (size == 0) {
                headers.addAll(lines());
                return body.toByteArray();
            }
            body.writeBytes(socket.read(size));
            if (!socket.readLine().isEmpty()) {
                throw new AssertionError("a chunk is longer than its size");
            }
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** The bytes below. */
    public WireSocket stream() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
