package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost subscriber}. */
@Command(
        name = "subscriber",
        description = "Show and change who is told which devices come and go.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubscriberListCommand.class,
            SubscriberAddCommand.class,
            SubscriberRemoveCommand.class,
            SubscriberTestCommand.class
        })
public final class SubscriberCommand {}
