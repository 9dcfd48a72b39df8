package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost settings}. */
@Command(
        name = "settings",
        description = {
            "Show the settings that count in a running server. Without a server, 'outpost config"
                    + " show' prints those of a file."
        },
        mixinStandardHelpOptions = true,
        subcommands = {SettingsListCommand.class, SettingsShowCommand.class})
public final class SettingsCommand {}
