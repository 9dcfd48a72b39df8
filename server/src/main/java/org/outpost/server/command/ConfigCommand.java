package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost config}. */
@Command(
        name = "config",
        description = "Check or show the configuration of a server.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCheckCommand.class, ConfigShowCommand.class})
public final class ConfigCommand {}
