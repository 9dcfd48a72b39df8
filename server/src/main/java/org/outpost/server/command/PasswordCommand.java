package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost password}. */
@Command(
        name = "password",
        description = "Make and check the lines of password files.",
        mixinStandardHelpOptions = true,
        subcommands = {PasswordHashCommand.class, PasswordCheckCommand.class})
public final class PasswordCommand {}
