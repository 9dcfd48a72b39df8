package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost schedule}. */
@Command(
        name = "schedule",
        description = "Do one thing to many devices again and again, by the clock.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ScheduleAddCommand.class,
            ScheduleListCommand.class,
            SchedulePauseCommand.class,
            ScheduleResumeCommand.class,
            ScheduleRemoveCommand.class
        })
public final class ScheduleCommand {}
