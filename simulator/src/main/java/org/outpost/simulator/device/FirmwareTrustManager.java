package org.outpost.simulator.device;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Checks a server's certificate as AMT does: the chain must lead to a trusted root, and the common
 * name must be the configured server name (apf.md §1.3). A certificate with the name only among its
 * alternative names is taken, with one warning: real firmware would refuse it without a word.
 */
final class FirmwareTrustManager extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareTrustManager.class);

    private final X509TrustManager chain;
    private final String serverName;
    private volatile boolean warned;

    /**
     * Checks for one server.
     *
     * @param chain checks the chain
     * @param serverName the configured name or address
     */
    FirmwareTrustManager(X509TrustManager chain, String serverName) {
        this.chain = chain;
        this.serverName = comparable(serverName);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type)
            throws CertificateException {
        chain.checkServerTrusted(certificates, type);
        X509Certificate leaf = certificates[0];
        if (commonName(leaf).equals(serverName)) {
            return;
        }
        if (!alternativeNames(leaf).contains(serverName)) {
            throw new CertificateException(
                    "the certificate's common name is not '" + serverName + "'");
        }
        if (!warned) {
            warned = true;
            LOG.atWarn()
                    .addKeyValue("server-name", serverName)
                    .log(
                            "only an alternative name of the server's certificate matches: firmware"
                                    + " compares the common name");
        }
    }

    /** Names in lower case, addresses in their one canonical form: {@code ::1} has several. */
    private static String comparable(String name) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return address == null ? name.toLowerCase(Locale.ROOT) : NetUtil.bytesToIpAddress(address);
    }

    private static String commonName(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> comparable(rdn.getValue().toString()))
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            throw new CertificateException("the certificate's subject is not a name", e);
        }
    }

    private static List<String> alternativeNames(X509Certificate certificate)
            throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream().map(name -> comparable(String.valueOf(name.get(1)))).toList();
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] certificates, String type, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(certificates, type);
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] certificates, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type)
            throws CertificateException {
        throw new CertificateException("devices have no clients in their tunnels");
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] certificates, String type, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] certificates, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain.getAcceptedIssuers();
    }
}
