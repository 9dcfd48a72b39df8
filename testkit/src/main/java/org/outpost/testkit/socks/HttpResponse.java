package org.outpost.testkit.socks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An HTTP response as it came, its transfer coding taken off. */
public final class HttpResponse {
    private final String statusLine;
    private final List<String> headerLines;
    private final byte[] body;

    HttpResponse(String statusLine, List<String> headerLines, byte[] body) {
        this.statusLine = statusLine;
        this.headerLines = List.copyOf(headerLines);
        this.body = body;
    }

    /** The first line, such as {@code HTTP/1.1 200 OK}. */
    public String statusLine() {
        return statusLine;
    }

    /** The three digits. */
    public int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** The header lines as they came, in order; trailers of a chunked body follow. */
    public List<String> headerLines() {
        return headerLines;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers(name).findFirst();
    }

    /** All values of a header, each line one. */
    public Stream<String> headers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headerLines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip());
    }

    /** The body. */
    public byte[] bodyBytes() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return statusLine + "\n" + String.join("\n", headerLines) + "\n\n" + body();
    }
}
