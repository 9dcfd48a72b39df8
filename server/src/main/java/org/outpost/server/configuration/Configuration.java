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
        @Doc("Where what must be remembered is kept.") DatabaseSettings database,
        @Doc("What counts for the TLS of all listeners.") TlsSettings tls,
        @Doc("Where devices call in.") TunnelSettings tunnel,
        @Doc("What counts for all consoles, whatever door they come through.")
                ConsoleSettings console,
        @Doc("The HTTP proxy: consoles reach devices by absolute URI or by CONNECT.")
                HttpProxySettings httpProxy,
        @Doc("The SOCKS server: consoles reach devices by SOCKS 5 or 4a.") SocksSettings socks,
        @Doc("The API, over HTTPS.") WebSettings web,
        @Doc("Who signs in to the API.") AccessSettings access,
        @Doc("What was done, by whom.") AuditConfiguration audit,
        @Doc("Metrics and health, over plain HTTP, for operators.") ManagementSettings management,
        @Doc("Which devices are taken in.") DeviceSettings devices,
        @Doc("What `outpost attempts` and `outpost why` know of connections to the tunnel door.")
                AttemptsSettings attempts,
        @Doc(
                        "What devices open towards us. By default it ends in this server, and"
                                + " nothing leaves.")
                DeviceChannelSettings deviceChannels,
        @Doc(
                        "Devices in the office, reached without a tunnel, through the same doors."
                                + " Off by default.")
                LanSettings lan,
        @Doc("How the server itself speaks with AMT of the devices.") AmtSettings amt,
        @Doc("Images of CDs and floppies for the drives of devices.") ImageSettings images,
        @Doc("Recordings of text consoles, of those whose role is `recorded`.")
                RecordingsConfiguration recordings,
        @Doc("One thing done to many devices.") JobsConfiguration jobs,
        @Doc("Who is told which devices come and go.") NotificationSettings notifications,
        @Doc("Where the server may connect to on somebody's word: hooks, and what devices ask for.")
                EgressSettings egress,
        @Doc("Authenticators that others wrote.") PluginSettings plugins,
        @Doc("What is logged, and how.") LoggingSettings logging,
        @Doc("How the server ends on SIGTERM or Ctrl-C.") ShutdownSettings shutdown) {}
