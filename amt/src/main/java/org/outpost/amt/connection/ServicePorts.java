package org.outpost.amt.connection;

/**
 * The pair of ports of one service of AMT (wsman.md section 1, redirection.md).
 *
 * @param plain the port without TLS
 * @param tls the port with TLS
 */
public record ServicePorts(int plain, int tls) {
    /** WS-Management and the web page. */
    public static final ServicePorts WSMAN = new ServicePorts(16992, 16993);

    /** SOL, IDE-R and KVM. */
    public static final ServicePorts REDIRECTION = new ServicePorts(16994, 16995);
}
