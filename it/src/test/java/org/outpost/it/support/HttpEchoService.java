package org.outpost.it.support;

import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ChannelService;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device's web server that tells what reached it. A GET is answered by the head of the request as
 * it came; a request with a body by its length and SHA-256; one for {@code /echo} by the body. An
 * {@code Expect: 100-continue} is granted at once. The header {@code X-Device} names the device.
 */
public final class HttpEchoService implements ChannelService {
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+)");

    private final String device;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream echo = new ByteArrayOutputStream();
    private final StringBuilder head = new StringBuilder();
    private final MessageDigest digest = sha256();
    private State state = State.HEAD;
    private long left;
    private long length;

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    /** A web server of a device of that name. */
    public HttpEchoService(String device) {
        this.device = device;
    }

    @Override
    public byte[] received(byte[] bytes) {
        answers.reset();
        int at = 0;
        while (at < bytes.length) {
            if (state == State.BODY || state == State.CHUNK) {
                int count = (int) Math.min(left, bytes.length - at);
                body(bytes, at, count);
                at += count;
            } else {
                int next = bytes[at++];
                line.write(next);
                if (next == '\n') {
                    String text = line.toString(StandardCharsets.ISO_8859_1);
                    line.reset();
                    line(text);
                }
            }
        }
        return answers.toByteArray();
    }

    private void line(String text) {
        boolean blank = text.equals("\r\n");
        switch (state) {
            case HEAD -> {
                head.append(text);
                if (blank) {
                    headComplete();
                }
            }
            case CHUNK_SIZE -> {
                left = Long.parseLong(text.strip(), 16);
                state = left == 0 ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                if (blank) {
                    answer();
                }
            }
            case BODY, CHUNK -> throw new IllegalStateException("not in lines: " + state);
        }
    }

    private void headComplete() {
        String lower = head.toString().toLowerCase(Locale.ROOT);
        if (lower.contains("\r\nexpect: 100-continue")) {
            answers.writeBytes(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        Matcher declared = LENGTH.matcher(head);
        if (lower.contains("\r\ntransfer-encoding: chunked")) {
            state = State.CHUNK_SIZE;
        } else if (declared.find() && Long.parseLong(declared.group(1)) > 0) {
            left = Long.parseLong(declared.group(1));
            state = State.BODY;
        } else {
            answer();
        }
    }

    private void body(byte[] bytes, int from, int count) {
        digest.update(bytes, from, count);
        length += count;
        if (head.indexOf(" /echo ") > 0) {
            echo.write(bytes, from, count);
        }
        left -= count;
        if (left == 0 && state == State.BODY) {
            answer();
        } else if (left == 0) {
            state = State.CHUNK_END;
        }
    }

    private void answer() {
        byte[] text;
        if (head.indexOf(" /echo ") > 0) {
            text = echo.toByteArray();
        } else if (length > 0) {
            text = ascii("%d %s%n".formatted(length, HexFormat.of().formatHex(digest.digest())));
        } else {
            text = ascii(head.toString());
        }
        String fields =
                "HTTP/1.1 200 OK\r\nX-Device: %s\r\nContent-Type: text/plain\r\n".formatted(device);
        answers.writeBytes(
                ApfBytes.concat(
                        ascii(fields + "Content-Length: " + text.length + "\r\n\r\n"), text));
        head.setLength(0);
        echo.reset();
        digest.reset();
        length = 0;
        state = State.HEAD;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
