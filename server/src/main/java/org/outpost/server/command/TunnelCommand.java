package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost tunnel}. */
@Command(
        name = "tunnel",
        description = "Show and end the tunnels that are open.",
        mixinStandardHelpOptions = true,
        subcommands = {TunnelListCommand.class, TunnelShowCommand.class, TunnelResetCommand.class})
public final class TunnelCommand {}
