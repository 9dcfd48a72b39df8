package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost device}. */
@Command(
        name = "device",
        description = "Show the devices that the server knows, reach them, or forget one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeviceListCommand.class,
            DeviceShowCommand.class,
            DeviceSolCommand.class,
            DeviceMountCommand.class,
            DeviceForgetCommand.class,
            DeviceCredentialCommand.class
        })
public final class DeviceCommand {}
