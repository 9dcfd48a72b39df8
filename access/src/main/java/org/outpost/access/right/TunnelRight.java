package org.outpost.access.right;

/**
 * To reach a port of a device through the HTTP proxy or the SOCKS door. It is a right of its own:
 * what flows there is opaque, so nothing finer can be asked for.
 *
 * @param port 1 to 65535; {@value #ANY} for all
 */
public record TunnelRight(int port) implements Right {
    /** Stands for every port. */
    public static final int ANY = 0;

    static final String PREFIX = "tunnel:";
    private static final int HIGHEST = 65_535;

    /** Checks the range. */
    public TunnelRight {
        if (port < ANY || port > HIGHEST) {
            throw new IllegalArgumentException("A port is a number from 1 to 65535.");
        }
    }

    static TunnelRight parse(String text) {
        String port = text.substring(PREFIX.length());
        if (port.equals("*")) {
            return new TunnelRight(ANY);
        }
        if (!port.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no right; write tunnel:PORT, such as tunnel:16993, or"
                            + " tunnel:*.");
        }
        return new TunnelRight(Integer.parseInt(port));
    }

    @Override
    public String text() {
        return PREFIX + (port == ANY ? "*" : Integer.toString(port));
    }

    @Override
    public boolean covers(Right asked) {
        return asked instanceof TunnelRight other && (port == ANY || port == other.port);
    }
}
