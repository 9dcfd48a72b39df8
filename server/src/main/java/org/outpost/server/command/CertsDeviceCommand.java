package org.outpost.server.command;

import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.ClientName;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.IdentityFiles;
import org.outpost.server.certificate.IssuedCertificates;
import org.outpost.server.certificate.TlsIdentity;
import org.outpost.server.configuration.Configuration;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** {@code outpost certs device}. */
@Command(
        name = "device",
        description = {
            "Issue a client certificate with a new key, for a device or for somebody at a console."
                + " Listeners and doors with 'client-certificate: optional' or 'required' take it,"
                + " as long as they trust this CA.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  outpost certs device 4c4c4544-005a-3510-8047-b4c04f564433 --out /tmp/pc17",
        mixinStandardHelpOptions = true)
final class CertsDeviceCommand extends CertificateCommand {
    private static final int MOST_DAYS = 20 * 365;

    @Mixin private final AuthorityOption authority = new AuthorityOption();

    @Parameters(
            paramLabel = "NAME",
            description = "The device's UUID, or a user name: the certificate's common name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where NAME.crt and NAME.key are written. Default: this folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path out;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "825",
            description = "For how long it is good, 1 to 7300. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Override
    void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        if (days < 1 || days > MOST_DAYS) {
            throw new ParameterException(
                    spec().commandLine(), "--days must be from 1 to " + MOST_DAYS);
        }
        CertificateStore store = authority.existing(configuration);
        requireOwner(store.folder());
        ClientName client = ClientName.of(name);
        IdentityFiles files =
                IdentityFiles.in(out.toAbsolutePath().normalize(), client.commonName());
        TlsIdentity identity =
                new IssuedCertificates(store, CLOCK).issue(client, Duration.ofDays(days));
        files.write(identity);
        CertificateDetails details =
                CertificateDetails.of("client", files.certificate(), identity.certificate(), CLOCK);
        if (json()) {
            print(details);
            return;
        }
        details.print(out(), format());
        out().println();
        out().println("The key is in " + files.key() + ": hand it on safely, and delete it.");
        out().println("To revoke it: outpost certs revoke " + details.serial());
    }
}
