package org.outpost.gateway.proxy;

import org.outpost.gateway.door.FakeDevice;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device's web server, as strict as can be and written without Netty: what the proxy sends is
 * read by other eyes. Remembers every request.
 */
final class HttpDevice implements AutoCloseable {
    /** A request as it came; a chunked body has its coding taken off. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Request(String line, List<String> fields, byte[] body, int connection) {
        Optional<String> field(String name) {
            List<String> all = fields(name);
            if (all.size() > 1) {
                throw new AssertionError("several fields " + name + ": " + fields);
            }
            return all.stream().findFirst();
        }

        List<String> fields(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(field -> field.substring(prefix.length()).strip())
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** What the device does with a request; the connection goes on unless it throws. */
    interface Behaviour {
        void answer(Request request, OutputStream out) throws Exception;
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final FakeDevice device;

    HttpDevice(Behaviour behaviour) {
        device = new FakeDevice(socket -> serve(socket, behaviour));
    }

    /** Answers every request with its own name, the request line and the body. */
    static HttpDevice named(String name) {
        return new HttpDevice(
                (request, out) ->
                        out.write(ok(name + "|" + request.line() + "|" + request.text())));
    }

    /** Answers every request with these bytes. */
    static HttpDevice always(String bytes) {
        return new HttpDevice((request, out) -> out.write(latin(bytes)));
    }

    static byte[] ok(String body) {
        return latin("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void serve(Socket socket, Behaviour behaviour) throws Exception {
        open.incrementAndGet();
        try {
            exchange(socket, behaviour);
        } finally {
            open.decrementAndGet();
        }
    }

    private void exchange(Socket socket, Behaviour behaviour) throws Exception {
        int connection = connections.incrementAndGet();
        InputStream in = socket.getInputStream();
        while (true) {
            Request request = read(in, connection);
            requests.add(request);
            behaviour.answer(request, socket.getOutputStream());
            socket.getOutputStream().flush();
        }
    }

    static Request read(InputStream in, int connection) throws IOException {
        Request head = readHead(in, connection);
        return new Request(head.line(), head.fields(), body(in, head), connection);
    }

    /** Reads a request up to its empty line. */
    static Request readHead(InputStream in, int connection) throws IOException {
        String line = readLine(in);
        List<String> fields = new ArrayList<>();
        for (String field = readLine(in); !field.isEmpty(); field = readLine(in)) {
            fields.add(field);
        }
        return new Request(line, fields, new byte[0], connection);
    }

    private static byte[] body(InputStream in, Request head) throws IOException {
        Optional<String> length = head.field("Content-Length");
        Optional<String> coding = head.field("Transfer-Encoding");
        if (coding.isEmpty()) {
            return exactly(in, Integer.parseInt(length.orElse("0")));
        }
        if (length.isPresent() || !coding.get().equals("chunked")) {
            throw new AssertionError("two lengths: " + head);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine(in), 16);
            if (size == 0) {
                for (String field = readLine(in); !field.isEmpty(); field = readLine(in)) {
                    head.fields().add(field);
                }
                return body.toByteArray();
            }
            body.write(exactly(in, size));
            if (!readLine(in).isEmpty()) {
                throw new AssertionError("a chunk is longer than its size");
            }
        }
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new AssertionError("a line without CR: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    FakeDevice device() {
        return device;
    }

    List<Request> requests() {
        return requests;
    }

    Request request() {
        if (requests.size() != 1) {
            throw new AssertionError("not one request: " + requests);
        }
        return requests.getFirst();
    }

    /** How many connections were made to it so far. */
    int connections() {
        return device.connections();
    }

    /** How many of them are open. */
    int openConnections() {
        return open.get();
    }

    @Override
    public void close() {
        device.close();
    }
}
