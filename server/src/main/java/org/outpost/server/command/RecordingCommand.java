package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost recording}. */
@Command(
        name = "recording",
        description = "Show, play and remove recordings of text consoles.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RecordingListCommand.class,
            RecordingShowCommand.class,
            RecordingPlayCommand.class,
            RecordingSaveCommand.class,
            RecordingRemoveCommand.class
        })
public final class RecordingCommand {}
