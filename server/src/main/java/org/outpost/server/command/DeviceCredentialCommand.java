package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost device credential}. */
@Command(
        name = "credential",
        description = {
            "Generate credentials for devices, list and revoke them.",
            "",
            "Devices can use them where tunnel.authenticators has { type: device-table }, or is"
                    + " not written at all.",
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            DeviceCredentialCreateCommand.class,
            DeviceCredentialListCommand.class,
            DeviceCredentialRevokeCommand.class
        })
final class DeviceCredentialCommand {}
