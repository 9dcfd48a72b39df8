package org.outpost.amt.operation.remoteaccess;

import java.util.List;

/**
 * A server to call, with a user name and password (wsman.md section 12). Its root certificate must
 * be in the device first.
 *
 * @param address IPv4, IPv6 or FQDN
 * @param port 1 to 65535; 4433 by custom
 * @param user up to 16 letters and digits
 * @param password 8 to 64 characters
 * @param commonName the common name of the server's certificate
 */
public record NewMpsServer(
        String address, int port, String user, String password, String commonName) {
    private static final int IPV4 = 3;
    private static final int IPV6 = 4;
    private static final int FQDN = 201;
    private static final int LONGEST_USER = 16;

    /** Checks the lengths. */
    public NewMpsServer {
        if (address.isEmpty() || port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a server needs an address and a port");
        }
        if (user.isEmpty()
                || user.length() > LONGEST_USER
                || !user.chars().allMatch(c -> c < 0x7F && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException(
                    "the device's user name at the server has 1 to 16 letters and digits");
        }
        if (password.length() < 8 || password.length() > 64) {
            throw new IllegalArgumentException(
                    "the device's password at the server has 8 to 64 characters");
        }
    }

    int infoFormat() {
        if (address.contains(":")) {
            return IPV6;
        }
        List<String> parts = List.of(address.split("\\.", -1));
        boolean numbers =
                parts.size() == 4
                        && parts.stream()
                                .allMatch(
                                        part ->
                                                !part.isEmpty()
                                                        && part.chars()
                                                                .allMatch(Character::isDigit));
        return numbers ? IPV4 : FQDN;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewMpsServer[address=" + address + ", port=" + port + ", user=" + user + "]";
    }
}
