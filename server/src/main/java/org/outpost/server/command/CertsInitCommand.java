package org.outpost.server.command;

import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.datadir.DataDirectory;
import org.outpost.server.datadir.DataDirectoryException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/** {@code outpost certs init}. */
@Command(
        name = "init",
        description = {
            "Make the CA, as the first start of a server does, and print what devices need of it."
                    + " A CA that is there stays as it is.",
            ""
        },
        mixinStandardHelpOptions = true)
final class CertsInitCommand extends CertificateCommand {
    @Mixin private final AuthorityOption authority = new AuthorityOption();

    @Override
    void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        CertificateStore store = authority.store(configuration);
        boolean made = !store.isThere();
        X509Certificate root = made ? make(store) : store.root();
        CertificateDetails details = CertificateDetails.of("ca", store.rootFile(), root, CLOCK);
        if (json()) {
            print(details);
            return;
        }
        out().println(made ? "The CA is made." : "The CA was there already.");
        details.print(out(), format());
        out().println();
        out().println(
                        "Devices must trust "
                                + store.rootFile()
                                + ", by the file or by its SHA-256.");
        out().println(
                        "Back up "
                                + key(store.rootFile())
                                + ": without it every device needs a new root.");
    }

    private static Path key(Path root) {
        return root.resolveSibling(root.getFileName().toString().replace(".crt", ".key"));
    }

    /** Only where no server runs, which might make one just now. */
    private static X509Certificate make(CertificateStore store)
            throws CommandFailedException, IdentityException, IOException {
        requireOwner(store.folder());
        try (DataDirectory _ = DataDirectory.open(store.folder())) {
            return store.root();
        } catch (DataDirectoryException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
