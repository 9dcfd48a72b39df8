package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost channel}. */
@Command(
        name = "channel",
        description = "Show who talks to which device now, and cut them off.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChannelListCommand.class,
            ChannelShowCommand.class,
            ChannelResetCommand.class
        })
public final class ChannelCommand {}
