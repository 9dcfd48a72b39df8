package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost log-level}. */
@Command(
        name = "log-level",
        description = "Show and change what the running server logs.",
        mixinStandardHelpOptions = true,
        subcommands = {LogLevelListCommand.class, LogLevelSetCommand.class})
public final class LogLevelCommand {}
