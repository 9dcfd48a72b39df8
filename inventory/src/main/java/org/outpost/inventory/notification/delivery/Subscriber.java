package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Somebody who asked to be told.
 *
 * @param origin where it is written down
 * @param url an absolute {@code http} or {@code https} address without user and fragment
 * @param ca PEM file with the authorities that its certificate may come from; null for those of the
 *     Java platform
 * @param credentials file with what it asks for: {@code user:password} for Basic and Digest, or
 *     {@code bearer TOKEN}; null for nothing
 * @param connectTimeout for a connection, TLS included
 * @param responseTimeout for a request from its first byte to the end of the answer
 */
public record Subscriber(
        Origin origin,
        Format format,
        URI url,
        @Nullable Path ca,
        @Nullable Path credentials,
        Duration connectTimeout,
        Duration responseTimeout) {
    /** How long a connection may take when nothing else is said. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** How long a request may take when nothing else is said. */
    public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    /** Where a subscriber is written down. */
    public enum Origin {
        /** In the configuration file: changed there only. */
        FILE,
        /** In the database, by the API. */
        API
    }

    /**
     * Checks the address.
     *
     * @throws IllegalArgumentException when the address cannot be one; the message says what to
     *     write
     */
    public Subscriber {
        checkUrl(url);
    }

    /** With the usual timeouts, no credentials and the platform's authorities. */
    public static Subscriber of(Origin origin, Format format, URI url) {
        return new Subscriber(origin, format, url, null, null, CONNECT_TIMEOUT, RESPONSE_TIMEOUT);
    }

    /**
     * Reads the address of a subscriber.
     *
     * @throws IllegalArgumentException when it cannot be one; the message says what to write
     */
    public static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException('"' + text + "\" is not an address" + EXAMPLE, e);
        }
        checkUrl(url);
        return url;
    }

    private static final String EXAMPLE = "; write one such as https://hooks.example.com/outpost";

    private static void checkUrl(URI url) {
        String scheme = url.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    '"' + url.toString() + "\" is not an http or https address" + EXAMPLE);
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "an address must not carry a user or password; put them into a file and name"
                            + " it as \"credentials\"");
        }
        if (url.getRawFragment() != null || url.getPort() == 0 || url.getPort() > 65535) {
            throw new IllegalArgumentException(
                    '"' + url.toString() + "\" is not an address for requests" + EXAMPLE);
        }
    }

    /**
     * How it is known: the same address is the same subscriber, whatever else changes, and goes on
     * where it was.
     */
    public String id() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(url.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The port that is connected to. */
    public int port() {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** The address for log and metrics: a query may hold a secret. */
    public String shownUrl() {
        String text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }

    /** Leaves out what may be secret. */
    @Override
    public String toString() {
        return "Subscriber[" + id() + " " + format.word() + " " + shownUrl() + "]";
    }
}
