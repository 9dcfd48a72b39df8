package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost secret}. */
@Command(
        name = "secret",
        description = "Look after the keys under which passwords of devices are stored.",
        mixinStandardHelpOptions = true,
        subcommands = SecretRotateCommand.class)
public final class SecretCommand {}
