package org.outpost.server.command;

import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.IssuedCertificates;
import org.outpost.server.certificate.IssuedCertificates.Issued;
import org.outpost.server.configuration.Configuration;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code outpost certs revoke}. */
@Command(
        name = "revoke",
        description = {
            "Put client certificates on the CA's revocation list. A running server refuses them"
                    + " from the next handshake on, resumed sessions included.",
            ""
        },
        mixinStandardHelpOptions = true)
final class CertsRevokeCommand extends CertificateCommand {
    @Mixin private final AuthorityOption authority = new AuthorityOption();

    @Parameters(
            paramLabel = "SERIAL|NAME",
            arity = "1..*",
            description =
                    "Serial numbers as 'outpost certs show' lists them, or names: then all"
                            + " certificates of that name.")
    private final List<String> wanted = new ArrayList<>();

    @Override
    void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        CertificateStore store = authority.existing(configuration);
        requireOwner(store.folder());
        IssuedCertificates issued = new IssuedCertificates(store, CLOCK);
        List<Issued> all = issued.list();
        List<X509Certificate> chosen = new ArrayList<>();
        for (String each : wanted) {
            List<X509Certificate> found = matching(all, each);
            if (found.isEmpty()) {
                throw new CommandFailedException(
                        "this CA issued no certificate with the serial number or name '"
                                + TerminalText.visible(each)
                                + "'; nothing is revoked. See all with: outpost certs show");
            }
            chosen.addAll(found);
        }
        List<X509Certificate> added = issued.revoke(chosen.stream().distinct().toList());
        List<String> serials =
                added.stream().map(one -> one.getSerialNumber().toString(16)).toList();
        if (json()) {
            print(Map.of("revoked", serials, "list", store.revocationFile().toString()));
            return;
        }
        if (serials.isEmpty()) {
            out().println("All of them were revoked before.");
            return;
        }
        serials.forEach(serial -> out().println("Revoked " + serial + "."));
        out().println("The list is " + store.revocationFile() + ".");
    }

    private static List<X509Certificate> matching(List<Issued> all, String wanted) {
        String serial = wanted.toLowerCase(Locale.ROOT).replace(":", "");
        return all.stream()
                .map(Issued::certificate)
                .filter(
                        one ->
                                one.getSerialNumber().toString(16).equals(serial)
                                        || CertificateDetails.commonName(one)
                                                .equalsIgnoreCase(wanted))
                .toList();
    }
}
