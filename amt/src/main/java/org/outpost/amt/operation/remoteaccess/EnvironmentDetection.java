package org.outpost.amt.operation.remoteaccess;

import java.util.List;

/**
 * By which domains the device knows that it is inside the enterprise; outside its ports are closed
 * and it calls.
 *
 * @param domains DNS suffixes of the enterprise, up to five of 190 characters; none for always
 *     inside
 * @param ipv6Prefixes IPv6 prefixes of the enterprise
 */
public record EnvironmentDetection(List<String> domains, List<String> ipv6Prefixes) {
    private static final int MOST = 5;
    private static final int LONGEST = 190;

    /** Checks number and lengths. */
    public EnvironmentDetection {
        domains = List.copyOf(domains);
        ipv6Prefixes = List.copyOf(ipv6Prefixes);
        if (domains.size() > MOST
                || domains.stream().anyMatch(one -> one.isEmpty() || one.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    "environment detection has up to 5 domains of 1 to 190 characters");
        }
    }
}
