package org.outpost.server.certificate;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a server certificate is made out to.
 *
 * @param commonName the name or address that devices were given for this server; AMT compares it
 *     with the certificate's CN (apf.md §1.3). At most 64 characters (RFC 5280, appendix A)
 * @param dnsNames host names, in lower case and ASCII; the common name among them when it is one
 * @param addresses addresses, likewise
 */
public record ServerNames(String commonName, Set<String> dnsNames, Set<InetAddress> addresses) {
    private static final String LOCALHOST = "localhost";
    private static final int LONGEST_COMMON_NAME = 64;
    private static final int LONGEST_DNS_NAME = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final String DNS_NAME = "(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*\\.?";

    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;

    public ServerNames {
        dnsNames = Set.copyOf(dnsNames);
        addresses = Set.copyOf(addresses);
    }

    /**
     * Reads names as operators write them: host names (also with characters beyond ASCII, or {@code
     * *.} in front) and addresses. {@code localhost}, 127.0.0.1 and ::1 are always added.
     *
     * @param name how devices call this server; null for the name of this machine
     * @param more further names and addresses
     * @throws IdentityException when one of them is neither a host name nor an address, or the
     *     first is too long
     */
    public static ServerNames of(@Nullable String name, Collection<String> more)
            throws IdentityException {
        List<String> all = new ArrayList<>();
        all.add(name == null ? machineName() : name);
        all.addAll(more);
        all.addAll(List.of(LOCALHOST, "127.0.0.1", "::1"));
        return exactly(all);
    }

    /**
     * The same for a server elsewhere: nothing is added.
     *
     * @param all the common name first; at least that one
     * @throws IdentityException as for {@link #of}
     */
    public static ServerNames exactly(List<String> all) throws IdentityException {
        Set<String> dnsNames = new LinkedHashSet<>();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String each : all) {
            InetAddress address = address(each);
            if (address == null) {
                dnsNames.add(dnsName(each));
            } else {
                addresses.add(address);
            }
        }
        return new ServerNames(commonName(all.getFirst()), dnsNames, addresses);
    }

    /** Whether a certificate's alternative names include all of these. */
    boolean coveredBy(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        Set<InetAddress> covered = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) {
                return false;
            }
            for (List<?> alternative : alternatives) {
                String value = String.valueOf(alternative.get(1));
                if (alternative.get(0) instanceof Integer type && type == SAN_DNS) {
                    names.add(value.toLowerCase(Locale.ROOT));
                } else if (alternative.get(0) instanceof Integer type && type == SAN_ADDRESS) {
                    InetAddress address = address(value);
                    if (address != null) {
                        covered.add(address);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return false;
        }
        return names.containsAll(dnsNames) && covered.containsAll(addresses);
    }

    private static String machineName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            dnsName(name);
            return commonName(name);
        } catch (UnknownHostException | IdentityException unusable) {
            return LOCALHOST;
        }
    }

    private static String commonName(String written) throws IdentityException {
        InetAddress address = address(written);
        String name = address == null ? dnsName(written) : address.getHostAddress();
        if (name.length() > LONGEST_COMMON_NAME) {
            throw new IdentityException(
                    "the server's name '"
                            + name
                            + "' is longer than the 64 characters that the common name of a"
                            + " certificate can hold: choose a shorter one");
        }
        return name;
    }

    private static String dnsName(String written) throws IdentityException {
        String name;
        try {
            name = IDN.toASCII(written.strip()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw notAName(written, e);
        }
        if (name.length() > LONGEST_DNS_NAME || !name.matches(DNS_NAME)) {
            throw notAName(written, null);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static @Nullable InetAddress address(String written) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(written.strip());
        if (octets == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    private static IdentityException notAName(String written, @Nullable Throwable cause) {
        return new IdentityException(
                "'"
                        + written
                        + "' is neither a host name nor an address, so no certificate can be made"
                        + " out to it",
                cause);
    }
}
