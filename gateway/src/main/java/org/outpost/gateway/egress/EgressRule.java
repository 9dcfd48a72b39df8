package org.outpost.gateway.egress;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One entry of the allow-list: {@code host}, {@code address} or {@code address/prefix}, and {@code
 * :port}, {@code :first-last} or {@code :*} after it. Without a port it means all. An IPv6 address
 * with a port stands in brackets.
 */
public final class EgressRule {
    private static final Pattern HOST =
            Pattern.compile(
                    "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    private final Target target;
    private final PortRange ports;

    private sealed interface Target {
        record Name(String key) implements Target {}

        record Network(InetAddress address, int prefix) implements Target {
            boolean contains(InetAddress other) {
                byte[] mine = address.getAddress();
                byte[] theirs = other.getAddress();
                if (mine.length != theirs.length) {
                    return false;
                }
                for (int bit = 0; bit < prefix; bit++) {
                    int mask = 0x80 >> (bit % 8);
                    if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                        return false;
                    }
                }
                return true;
            }

            boolean isOneAddress() {
                return prefix == address.getAddress().length * 8;
            }
        }
    }

    private EgressRule(Target target, PortRange ports) {
        this.target = target;
        this.ports = ports;
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException when it is none; the message says what to write
     */
    public static EgressRule parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bareIpv6 = !bracketed && colon >= 0 && text.indexOf(':') != colon;
        if (colon < 0 || bareIpv6 || (bracketed && text.endsWith("]"))) {
            return new EgressRule(target(text), PortRange.ALL);
        }
        return new EgressRule(
                target(text.substring(0, colon)), PortRange.parse(text.substring(colon + 1)));
    }

    private static Target target(String written) {
        String text = written;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw unreadable(written);
            }
            text = text.substring(1, end) + text.substring(end + 1);
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean literal = host.indexOf(':') >= 0 || DIGITS_AND_DOTS.matcher(host).matches();
        if (!literal) {
            if (slash >= 0 || !HOST.matcher(host).matches() || host.length() > 253) {
                throw unreadable(written);
            }
            return new Target.Name(key(host));
        }
        InetAddress address;
        int prefix;
        try {
            address = InetAddress.ofLiteral(host);
            int bits = address.getAddress().length * 8;
            prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("the prefix must be 0 to " + bits);
            }
        } catch (NumberFormatException e) {
            throw unreadable(written);
        }
        return new Target.Network(address, prefix);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                '"'
                        + text
                        + "\" is neither a host name, an address nor a range; write one such as"
                        + " hooks.example.com:443, 192.0.2.7:8080, 10.1.0.0/16:443 or"
                        + " \"[2001:db8::7]:443\"");
    }

    private static String key(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether it allows an address that is nothing special. */
    boolean allows(String host, InetAddress address, int port) {
        return ports.contains(port)
                && switch (target) {
                    case Target.Name name -> name.key().equals(key(host));
                    case Target.Network network -> network.contains(address);
                };
    }

    /** Whether it might allow one of the addresses that a name turns out to have. */
    boolean mayAllow(String host, int port) {
        return ports.contains(port)
                && switch (target) {
                    case Target.Name name -> name.key().equals(key(host));
                    case Target.Network _ -> true;
                };
    }

    /** Whether it names this very address and this very port. */
    boolean names(InetAddress address, int port) {
        return ports.isExact()
                && ports.contains(port)
                && target instanceof Target.Network network
                && network.isOneAddress()
                && network.contains(address);
    }

    /** As it would be written. */
    @Override
    public String toString() {
        String where =
                switch (target) {
                    case Target.Name name -> name.key();
                    case Target.Network network -> {
                        String literal = network.address().getHostAddress();
                        String whole =
                                network.isOneAddress() ? literal : literal + "/" + network.prefix();
                        yield literal.indexOf(':') < 0 ? whole : "[" + whole + "]";
                    }
                };
        return where + ":" + ports;
    }
}
