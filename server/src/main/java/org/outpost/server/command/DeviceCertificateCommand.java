package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code outpost device certificate}. */
@Command(
        name = "certificate",
        description = {
            "Show the TLS certificate with which AMT of a device was first seen, or accept another"
                    + " one.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device certificate pc-0001",
            "  outpost device certificate pc-0001 --forget",
        },
        mixinStandardHelpOptions = true)
final class DeviceCertificateCommand extends AmtDeviceCommand {
    @Option(
            names = "--forget",
            description =
                    "Forget it: the next one that the device shows counts. Do this when you know"
                            + " why it changed.")
    private boolean forget;

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        if (forget) {
            device.forgetCertificate();
            if (json()) {
                print(new JsonMapper().createObjectNode().put("forgotten", device.guid()));
            } else {
                out().println(
                                device.name()
                                        + ": forgotten; the next certificate that it shows"
                                        + " counts.");
            }
            return;
        }
        JsonNode seen = device.certificate();
        if (json()) {
            print(seen);
        } else {
            new JsonTree(out()).print(seen);
        }
    }
}
