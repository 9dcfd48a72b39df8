package org.outpost.server.command;

import picocli.CommandLine.Parameters;

/** A command that asks AMT of one device. */
abstract class AmtDeviceCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "NAME|GUID", description = "Which device.")
    private String target = "";

    /** Does it. */
    abstract void run(AmtDevice device) throws CommandFailedException;

    @Override
    final void run(ApiClient client) throws CommandFailedException {
        run(AmtDevice.find(client, target));
    }
}
