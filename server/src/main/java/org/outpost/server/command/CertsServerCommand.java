package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.IdentityFiles;
import org.outpost.server.certificate.ServerNames;
import org.outpost.server.certificate.TlsIdentity;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.serve.ServerCertificates;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code outpost certs server}. */
@Command(
        name = "server",
        description = {
            "Issue server certificates. Without a name: new ones for all listeners of this server"
                + " whose certificate its own CA issued, in use from the next handshake on; open"
                + " tunnels stay. With names: one for another machine, such as a TLS terminator.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost certs server --config /etc/outpost/outpost.yaml",
            "  outpost certs server mps.example.com 192.0.2.7 --out /tmp/balancer",
        },
        mixinStandardHelpOptions = true)
final class CertsServerCommand extends CertificateCommand {
    @Mixin private final AuthorityOption authority = new AuthorityOption();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Host names and addresses of another machine, its common name first.")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where NAME.crt and NAME.key of another machine are written.")
    private @Nullable Path out;

    @Override
    void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        Path folder = out;
        if (names.isEmpty() != (folder == null)) {
            throw new ParameterException(
                    spec().commandLine(), "names and --out belong together; give both, or neither");
        }
        if (folder == null) {
            renew(configuration);
        } else {
            issue(authority.existing(configuration), folder);
        }
    }

    private void renew(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException {
        Path folder = configuration.dataDir();
        if (!new CertificateStore(folder, CLOCK).isThere()) {
            throw new CommandFailedException(
                    "no server has used the data folder "
                            + folder
                            + " yet: its first start makes the certificates; or name the server's"
                            + " configuration with --config");
        }
        requireOwner(folder);
        Map<Path, TlsIdentity> renewed =
                new ServerCertificates(configuration.tunnel(), folder).renew();
        print(
                renewed.entrySet().stream()
                        .map(
                                one ->
                                        CertificateDetails.of(
                                                "server",
                                                one.getKey(),
                                                one.getValue().certificate(),
                                                CLOCK))
                        .toList());
        if (!json()) {
            out().println(
                            "A running server shows "
                                    + (renewed.size() == 1 ? "it" : "them")
                                    + " from the next handshake on; open tunnels stay.");
        }
    }

    private void issue(CertificateStore store, Path folder) throws IdentityException {
        ServerNames all = ServerNames.exactly(names);
        IdentityFiles files = IdentityFiles.in(folder.toAbsolutePath(), all.commonName());
        TlsIdentity identity = store.issue(all);
        files.write(identity);
        print(
                List.of(
                        CertificateDetails.of(
                                "server", files.certificate(), identity.certificate(), CLOCK)));
        if (!json()) {
            out().println("The key is in " + files.key() + ": hand it on safely, and delete it.");
        }
    }

    private void print(List<CertificateDetails> all) {
        if (json()) {
            print((Object) Map.of("data", all));
            return;
        }
        for (CertificateDetails each : all) {
            each.print(out(), format());
            out().println();
        }
    }
}
