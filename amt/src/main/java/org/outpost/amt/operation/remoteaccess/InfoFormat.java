package org.outpost.amt.operation.remoteaccess;

import java.util.List;

/** What kind of address an AccessInfo is (wsman.md section 12). */
final class InfoFormat {
    private static final int IPV4 = 3;
    private static final int IPV6 = 4;
    private static final int FQDN = 201;

    private InfoFormat() {}

    static int of(String address) {
        if (address.contains(":")) {
            return IPV6;
        }
        List<String> parts = List.of(address.split("\\.", -1));
        return parts.size() == 4 && parts.stream().allMatch(InfoFormat::isNumber) ? IPV4 : FQDN;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(Character::isDigit);
    }
}
