package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost user}. */
@Command(
        name = "user",
        description = "List, make, change and remove those who may sign in.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UserListCommand.class,
            UserAddCommand.class,
            UserPasswordCommand.class,
            UserChangeCommand.class,
            UserRemoveCommand.class
        })
final class UserCommand {}
