package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Subnet;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** What the doors for consoles on the data plane have in common. */
public sealed interface ConsoleDoor extends ClientCertificateRules
        permits HttpProxySettings, SocksSettings {
    /** Whether the door is there at all. */
    boolean enabled();

    /** The TCP port, 0 for any free one. */
    int port();

    /** The addresses written; see {@link Addresses#forConsoles}. */
    List<InetAddress> address();

    /** Modern or none. */
    TlsProfile tls();

    /** The file of the certificate and its chain, when it is not ours. */
    @Nullable Path certificate();

    /** The file of the certificate's key. */
    @Nullable Path key();

    /** Where consoles may come from, before any load balancer; empty for anywhere. */
    List<Subnet> allow();

    /** Who may speak for consoles. */
    ProxyProtocolSettings proxyProtocol();
}
