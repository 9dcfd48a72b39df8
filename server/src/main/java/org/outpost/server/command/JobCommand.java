package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost job}. */
@Command(
        name = "job",
        description = "Do one thing to many devices, and see what became of each.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JobStartCommand.class,
            JobListCommand.class,
            JobShowCommand.class,
            JobWatchCommand.class,
            JobCancelCommand.class,
            JobRetryCommand.class
        })
public final class JobCommand {}
