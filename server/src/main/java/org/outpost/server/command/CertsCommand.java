package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost certs}. */
@Command(
        name = "certs",
        description = {
            "Make, show and revoke certificates of this server's own CA. Works on its files: no"
                + " server need run, and one that does takes up what is new by itself. Run it as"
                + " the user that the server runs as.",
            ""
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            CertsInitCommand.class,
            CertsServerCommand.class,
            CertsDeviceCommand.class,
            CertsRevokeCommand.class,
            CertsShowCommand.class
        })
public final class CertsCommand {}
