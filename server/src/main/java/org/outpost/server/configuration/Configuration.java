package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;

import java.nio.file.Path;

/** All settings of a server, as docs/configuration.md lists them. */
public record Configuration(
        @Doc(
                        "Where keys, certificates and the database live. Made at the first start,"
                                + " for its owner alone.")
                @Default("data")
                Path dataDir,
        @Doc("Where devices call in.") TunnelSettings tunnel,
        @Doc("What counts for all consoles, whatever door they come through.")
                ConsoleSettings console,
        @Doc("The HTTP proxy: consoles reach devices by absolute URI or by CONNECT.")
                HttpProxySettings httpProxy,
        @Doc("The SOCKS server: consoles reach devices by SOCKS 5 or 4a.") SocksSettings socks,
        @Doc("The API, over HTTPS.") WebSettings web,
        @Doc("Metrics and health, over plain HTTP, for operators.") ManagementSettings management,
        @Doc("Which devices are taken in.") DeviceSettings devices,
        @Doc("What is logged, and how.") LoggingSettings logging,
        @Doc("How the server ends on SIGTERM or Ctrl-C.") ShutdownSettings shutdown) {}
