package org.outpost.server.command;

import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.IssuedCertificates;
import org.outpost.server.certificate.IssuedCertificates.Issued;
import org.outpost.server.certificate.PemFile;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConsoleDoor;
import org.outpost.server.configuration.TlsProfile;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.serve.ServerCertificates;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code outpost certs show}. */
@Command(
        name = "show",
        description = {
            "Show the certificates of the data folder: the CAs, what listeners show, and what was"
                    + " issued to devices. With files: all that each of them holds, in detail.",
            ""
        },
        mixinStandardHelpOptions = true)
final class CertsShowCommand extends CertificateCommand {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "PEM files.")
    private final List<Path> files = new ArrayList<>();

    @Override
    void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        List<CertificateDetails> all = files.isEmpty() ? ofDataFolder(configuration) : ofFiles();
        if (json()) {
            print(Map.of("data", all));
        } else if (!files.isEmpty()) {
            for (CertificateDetails each : all) {
                each.print(out(), format());
                out().println();
            }
        } else if (all.isEmpty()) {
            out().println(
                            "There is no CA in "
                                    + configuration.dataDir()
                                    + " yet; make it with: outpost certs init");
        } else {
            table(all).print(out(), TerminalSize.columns(System.getenv()));
        }
    }

    private List<CertificateDetails> ofFiles() throws IdentityException {
        List<CertificateDetails> all = new ArrayList<>();
        for (Path file : files) {
            for (X509Certificate each : read(file)) {
                all.add(CertificateDetails.of(CertificateDetails.role(each), file, each, CLOCK));
            }
        }
        return all;
    }

    private static List<CertificateDetails> ofDataFolder(Configuration configuration)
            throws IdentityException {
        Path folder = configuration.dataDir();
        List<CertificateDetails> all = new ArrayList<>();
        for (AuthorityKind kind : AuthorityKind.values()) {
            CertificateStore store = new CertificateStore(folder, kind, CLOCK);
            if (store.isThere()) {
                X509Certificate root = read(store.rootFile()).getFirst();
                all.add(CertificateDetails.of("ca", store.rootFile(), root, CLOCK));
            }
        }
        for (Path file : shown(configuration)) {
            X509Certificate own = read(file).getFirst();
            all.add(CertificateDetails.of("server", file, own, CLOCK));
        }
        for (AuthorityKind kind : AuthorityKind.values()) {
            CertificateStore store = new CertificateStore(folder, kind, CLOCK);
            for (Issued one : new IssuedCertificates(store, CLOCK).list()) {
                all.add(CertificateDetails.of(one, CLOCK));
            }
        }
        return all;
    }

    private static List<X509Certificate> read(Path file) throws IdentityException {
        return PemFile.certificates(file, "the file");
    }

    /** What listeners and doors show; those that were not made yet are left out. */
    private static List<Path> shown(Configuration configuration) throws IdentityException {
        ServerCertificates certificates =
                new ServerCertificates(configuration.tunnel(), configuration.dataDir());
        Set<Path> files = new LinkedHashSet<>();
        files.add(certificates.standard().certificate());
        for (TunnelListener listener : configuration.tunnel().listeners()) {
            if (listener.tls() != TlsProfile.NONE) {
                files.add(certificates.of(listener).certificate());
            }
        }
        for (ConsoleDoor door : List.of(configuration.httpProxy(), configuration.socks())) {
            if (door.enabled() && door.tls() != TlsProfile.NONE) {
                files.add(certificates.of(door.certificate(), door.key()).certificate());
            }
        }
        files.add(
                certificates
                        .of(configuration.web().certificate(), configuration.web().key())
                        .certificate());
        return files.stream().filter(Files::exists).toList();
    }

    private Table table(List<CertificateDetails> all) {
        Table table =
                new Table(
                        Table.Column.whole("ROLE"),
                        Table.Column.text("NAME", 20),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("UNTIL"),
                        Table.Column.whole("SERIAL"),
                        Table.Column.text("FILE", 20));
        for (CertificateDetails each : all) {
            table.add(
                    each.role(),
                    each.name(),
                    each.state(),
                    each.until().toString().substring(0, 10),
                    each.serial(),
                    each.file() == null ? "-" : each.file());
        }
        return table;
    }
}
