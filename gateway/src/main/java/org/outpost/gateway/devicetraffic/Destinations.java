package org.outpost.gateway.devicetraffic;

import io.netty.util.NetUtil;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names and addresses that mean one destination inside this process: {@code host} for all of its
 * ports, or {@code host:port}. An IPv6 address with a port stands in brackets. Names are compared
 * without regard to case, addresses by value; nothing is looked up.
 */
public final class Destinations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})");
    private static final int ALL = 0;

    private final List<One> all;

    private record One(String host, int port) {}

    private Destinations(List<One> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads entries.
     *
     * @throws IllegalArgumentException when one is none; the message says what to write
     */
    public static Destinations of(List<String> entries) {
        return new Destinations(entries.stream().map(Destinations::parse).toList());
    }

    /** Whether a device that asks for this host and port means this destination. */
    public boolean contain(String host, int port) {
        String key = key(host);
        return all.stream()
                .anyMatch(one -> one.host.equals(key) && (one.port == ALL || one.port == port));
    }

    private static One parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bareIpv6 = !text.startsWith("[") && text.indexOf(':') != colon;
        boolean portless = colon < 0 || bareIpv6 || text.endsWith("]");
        String host = portless ? text : text.substring(0, colon);
        String bare = unbracketed(host);
        boolean literal = NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare);
        if (!literal && !NAME.matcher(bare).matches()) {
            throw unreadable(text);
        }
        return new One(key(host), portless ? ALL : port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= 65535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                '"'
                        + text
                        + "\" is neither a host name nor an address, with or without a port; write"
                        + " one such as mps.example.com:8444, 192.0.2.7:162 or"
                        + " \"[2001:db8::7]:162\"");
    }

    private static String key(String host) {
        String bare = unbracketed(host).toLowerCase(Locale.ROOT);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(bare);
        if (address != null) {
            return NetUtil.bytesToIpAddress(address);
        }
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
