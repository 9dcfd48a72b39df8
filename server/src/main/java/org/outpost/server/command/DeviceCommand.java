package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost device}. */
@Command(
        name = "device",
        description = "Show and repair the devices that the server knows.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeviceListCommand.class,
            DeviceShowCommand.class,
            DeviceInfoCommand.class,
            DeviceFactsCommand.class,
            DevicePowerCommand.class,
            DeviceBootCommand.class,
            DeviceFeaturesCommand.class,
            DeviceConsentCommand.class,
            DeviceLogCommand.class,
            DeviceAlarmCommand.class,
            DeviceSoftwareCommand.class,
            DeviceWsmanCommand.class,
            DeviceLoginCommand.class,
            DeviceCertificateCommand.class,
            DeviceSolCommand.class,
            DeviceMountCommand.class,
            DeviceUnmountCommand.class,
            DeviceForgetCommand.class,
            DeviceCredentialCommand.class
        })
public final class DeviceCommand {}
