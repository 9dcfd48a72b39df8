package org.outpost.server.command;

import org.outpost.server.certificate.AuthorityKind;
import org.outpost.server.certificate.CertificateStore;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.logging.LogLevels;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;

/**
 * A command on the CA's files. Exit code 0 when it did what it was asked, 1 when not (the reason is
 * on standard error), 2 when it was called wrongly.
 */
@Command
abstract class CertificateCommand implements Callable<Integer> {
    static final InstantSource CLOCK = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    /** Does it. */
    abstract void run(Configuration configuration)
            throws CommandFailedException, IdentityException, IOException;

    @Override
    public final Integer call() throws ConfigurationException {
        // What the server tells its log, the command tells its user.
        new LogLevels().set("org.outpost.server", "warn");
        try {
            run(options.load().settings());
            return spec.exitCodeOnSuccess();
        } catch (CommandFailedException | IdentityException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(Reason.of(e));
        } finally {
            out().flush();
        }
    }

    private int failed(String reason) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.root().name() + ": " + reason);
        err.flush();
        return spec.exitCodeOnExecutionException();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final CommandSpec spec() {
        return spec;
    }

    final boolean json() {
        return json;
    }

    final HumanFormat format() {
        return new HumanFormat(Instant.now(), ZoneId.systemDefault());
    }

    /** Prints a document for programs. */
    final void print(Object document) {
        out().println(JsonText.of(document));
    }

    /**
     * Refuses to write into a folder of another user: the server could not read a key that, say,
     * the superuser made there.
     */
    static void requireOwner(Path folder) throws IOException, CommandFailedException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(folder);
        String user = System.getProperty("user.name", "");
        if (!owner.getName().equals(user) && !owner.getName().isEmpty()) {
            throw new CommandFailedException(
                    folder
                            + " belongs to "
                            + owner.getName()
                            + ", who could not use what "
                            + user
                            + " writes there; run this as "
                            + owner.getName()
                            + ", such as with: sudo -u "
                            + owner.getName()
                            + " outpost …");
        }
    }

    /** The option that tells which CA. */
    static final class AuthorityOption {
        @Option(
                names = "--authority",
                paramLabel = "KIND|DIR",
                defaultValue = "rsa-2048",
                description =
                        "Which CA: rsa-2048 or rsa-3072 (for AMT 22 and later) of the data folder,"
                                + " or a folder with a CA. Default: ${DEFAULT-VALUE}.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
        private String authority;

        /** The kind, when it is one of the data folder. */
        CertificateStore store(Configuration configuration) throws IdentityException {
            Path folder = configuration.dataDir();
            return switch (authority) {
                case "rsa-2048" -> new CertificateStore(folder, AuthorityKind.RSA_2048, CLOCK);
                case "rsa-3072" -> new CertificateStore(folder, AuthorityKind.RSA_3072, CLOCK);
                default -> CertificateStore.given(Path.of(authority).toAbsolutePath(), CLOCK);
            };
        }

        /** The same; a CA must be there. */
        CertificateStore existing(Configuration configuration)
                throws IdentityException, CommandFailedException {
            CertificateStore store = store(configuration);
            if (!store.isThere()) {
                throw new CommandFailedException(
                        "there is no CA "
                                + store.rootFile()
                                + " yet; make it with: outpost certs init"
                                + (authority.equals("rsa-2048") ? "" : " --authority " + authority)
                                + ", or name the server's configuration with --config");
            }
            return store;
        }
    }
}
