package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost attempts}. */
@Command(
        name = "attempts",
        description = "Show what became of connections to the tunnel door.",
        mixinStandardHelpOptions = true,
        subcommands = AttemptsListCommand.class)
public final class AttemptsCommand {}
