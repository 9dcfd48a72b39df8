package org.outpost.gateway.egress;

/**
 * The ports of a rule.
 *
 * @param first 1 to 65535
 * @param last {@code first} to 65535
 */
record PortRange(int first, int last) {
    static final PortRange ALL = new PortRange(1, 65535);

    PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException("the port must be 1 to 65535, or a range of these");
        }
    }

    /** Reads {@code *}, {@code 443} or {@code 8000-8099}. */
    static PortRange parse(String text) {
        if (text.equals("*")) {
            return ALL;
        }
        int dash = text.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
            return new PortRange(
                    first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is not a port; write 443, 8000-8099 or *", e);
        }
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** Whether it is one port and no other. */
    boolean isExact() {
        return first == last;
    }

    @Override
    public String toString() {
        return equals(ALL) ? "*" : isExact() ? Integer.toString(first) : first + "-" + last;
    }
}
