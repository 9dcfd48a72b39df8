package org.outpost.server.command;

import org.outpost.gateway.authentication.PasswordHasher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code outpost password hash}: the line of a user whose password is hashed. */
@Command(
        name = "hash",
        description = {
            "Print the line of a password file for a user, with the password hashed (Argon2id).",
            "The password is asked for without echo, or is the first line of standard input."
        },
        mixinStandardHelpOptions = true)
public final class PasswordHashCommand implements Callable<Integer> {
    @Parameters(paramLabel = "USER", description = "The user name, without a colon.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private String user;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailedException {
        if (user.isEmpty() || user.indexOf(':') >= 0 || user.startsWith("#")) {
            throw new CommandFailedException(
                    "a user name of a password file is not empty, has no colon and does not begin"
                            + " with #; choose another");
        }
        String password = new PasswordPrompt(System.in).twice("Password of " + user + ": ");
        spec.commandLine().getOut().println(user + ":" + PasswordHasher.hash(password));
        spec.commandLine().getOut().flush();
        return spec.exitCodeOnSuccess();
    }
}
