package org.outpost.amt.operation.network;

import java.util.List;

/**
 * A static IPv4 address.
 *
 * @param ipAddress the address
 * @param subnetMask its mask
 * @param defaultGateway the way out
 * @param primaryDns first name server
 * @param secondaryDns second name server; may be empty
 */
public record StaticAddress(
        String ipAddress,
        String subnetMask,
        String defaultGateway,
        String primaryDns,
        String secondaryDns) {
    private static final int PARTS = 4;
    private static final int LARGEST = 255;

    /** Checks that each is an IPv4 address. */
    public StaticAddress {
        List<String> needed = List.of(ipAddress, subnetMask, defaultGateway, primaryDns);
        if (!needed.stream().allMatch(StaticAddress::isIpv4)
                || !(secondaryDns.isEmpty() || isIpv4(secondaryDns))) {
            throw new IllegalArgumentException(
                    "a static address needs address, mask, gateway and name server, each four"
                            + " numbers with points");
        }
    }

    private static boolean isIpv4(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        return parts.size() == PARTS && parts.stream().allMatch(StaticAddress::isByte);
    }

    private static boolean isByte(String text) {
        return !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) <= LARGEST;
    }
}
