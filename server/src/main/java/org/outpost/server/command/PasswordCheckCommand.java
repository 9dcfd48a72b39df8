package org.outpost.server.command;

import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.PasswordFile;
import org.outpost.gateway.authentication.PasswordFile.ClearPasswords;
import org.outpost.gateway.authentication.PasswordHasher;
import org.outpost.server.datadir.FileProblem;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code outpost password check}: whether a password file lets a user in. */
@Command(
        name = "check",
        description = {
            "Say whether a user of a password file would be let in with a password.",
            "The password is asked for without echo, or is the first line of standard input."
        },
        mixinStandardHelpOptions = true)
public final class PasswordCheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The password file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Path file;

    @Parameters(index = "1", paramLabel = "USER", description = "The user name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private String user;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try {
            PasswordFile.check(file);
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be used: " + FileProblem.of(e), e);
        }
        String password = new PasswordPrompt(System.in).once("Password of " + user + ": ");
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = verdict(password);
        boolean right = verdict instanceof Verdict.Accepted;
        out.println(
                switch (verdict) {
                    case Verdict.Accepted(String principal) -> principal + " would be let in";
                    case Verdict.Refused(String reason) -> "refused: " + reason;
                    case Verdict.Unavailable(String reason) -> "cannot be said: " + reason;
                });
        out.flush();
        return right ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Verdict verdict(String password) throws Exception {
        try (PasswordHasher hasher = new PasswordHasher()) {
            return new PasswordFile(file, hasher, ClearPasswords.FINE)
                    .authenticate(
                            new Credentials(
                                    user, password, null, null, InetAddress.getLoopbackAddress()));
        }
    }
}
