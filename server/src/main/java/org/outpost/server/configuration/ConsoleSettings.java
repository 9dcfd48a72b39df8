package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.util.List;

/** What counts for all consoles. */
public record ConsoleSettings(
        @Doc("Who may use the HTTP proxy and SOCKS; the first that knows the credentials decides.")
                @Default("[{type: insecure-accept-any}]")
                List<AuthenticatorSettings> authenticators,
        @Doc(
                        "The role, for all devices, of consoles that are no users of the API (see"
                                + " `type: users`); `none` for nothing at all.")
                @Default("console")
                String role,
        @Doc("The device ports that consoles may reach.")
                @Default("[16992, 16993, 16994, 16995, 5900, 623, 664]")
                @Range(min = 1, max = 65535)
                List<Integer> devicePorts,
        @Doc("Where the line is drawn.") ConsoleLimits limits,
        @Doc("How long things may take.") ConsoleTimeouts timeouts) {}
