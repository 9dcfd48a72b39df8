package org.outpost.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.outpost.server.command.CommandFailedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The launcher of this installation: the demo's parts are started as a user would start them.
 *
 * @param path the program {@code outpost}, absolute
 */
record Launcher(Path path) {
    /**
     * The launcher in that folder.
     *
     * @throws CommandFailedException when there is none
     */
    static Launcher in(Path home) throws CommandFailedException {
        Path path = home.toAbsolutePath().normalize().resolve("outpost");
        if (!Files.isExecutable(path)) {
            throw new CommandFailedException(
                    "there is no launcher "
                            + path
                            + "; start the demo with the launcher of an installation: ./outpost"
                            + " demo");
        }
        return new Launcher(path);
    }

    /** A subcommand with its arguments. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Prepares a process. What is set in the user's environment for a server of his own is not
     * meant for the demo's; which Java to take is.
     */
    static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(Launcher::isSetting);
        return builder;
    }

    private static boolean isSetting(String variable) {
        return variable.startsWith("OUTPOST_") && !variable.startsWith("OUTPOST_JAVA");
    }

    /**
     * Runs a command to its end and gives its standard output.
     *
     * @param errors where its standard error goes; written anew
     * @throws CommandFailedException when it ends with another exit code than 0
     */
    static String output(List<String> command, Path errors)
            throws IOException, InterruptedException, CommandFailedException {
        Process process =
                process(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new CommandFailedException(
                        String.join(" ", command)
                                + " ended with exit code "
                                + exitCode
                                + LogTail.of(errors));
            }
            return output;
        } finally {
            process.destroy();
        }
    }
}
