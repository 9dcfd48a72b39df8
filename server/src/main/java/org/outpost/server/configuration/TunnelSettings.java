package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;

import java.util.List;

/** Where and how devices call in. */
public record TunnelSettings(
        @Doc(
                        "The host name by which devices reach this server: the common name of its"
                                + " certificate. Without it, the machine's own name.")
                @Nullable String name,
        @Doc(
                        "Further names and addresses for the certificate. `localhost`, `127.0.0.1`"
                                + " and `::1` are always in it.")
                List<String> names,
        @Doc("The ports where devices call in.") @Default("[{port: 4433, tls: modern}]")
                List<TunnelListener> listeners,
        @Doc(
                        "Who may sign in; the first that knows the credentials decides. Without"
                                + " any: the password file `devices.passwd` in `data-dir`, which is"
                                + " made with one random credential when it is missing.")
                List<AuthenticatorSettings> authenticators,
        @Doc(
                        "Where the line is drawn, for this node. Each limit that bites is counted"
                                + " and logged once.")
                TunnelLimits limits,
        @Doc("How long a device may take for each step.") TunnelTimeouts timeouts,
        @Doc("How dead tunnels are found.") KeepAliveSettings keepAlive) {}
