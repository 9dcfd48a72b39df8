package org.outpost.server.command;

import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.demo.DemoCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;

import java.io.PrintWriter;

/** The program {@code outpost}. Exit codes: 0 done, 1 failed, 2 called wrongly. */
public final class OutpostMain {
    private OutpostMain() {}

    /** The commands; without any, the help. */
    @Command(
            name = "outpost",
            description = "A Management Presence Server for PCs with Intel AMT.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "'outpost simulate --help' tells about the fleet of simulated devices."},
            subcommands = {
                ServeCommand.class,
                DeviceCommand.class,
                JobCommand.class,
                ScheduleCommand.class,
                TunnelCommand.class,
                ChannelCommand.class,
                AttemptsCommand.class,
                WhyCommand.class,
                ReportCommand.class,
                ImageCommand.class,
                RecordingCommand.class,
                SecretCommand.class,
                SubscriberCommand.class,
                EventsCommand.class,
                LogLevelCommand.class,
                ConfigCommand.class,
                SettingsCommand.class,
                CertsCommand.class,
                UserCommand.class,
                TokenCommand.class,
                AuditCommand.class,
                PasswordCommand.class,
                DemoCommand.class,
                CompletionCommand.class,
                VersionCommand.class,
                HelpCommand.class
            })
    static final class Outpost {}

    /**
     * Runs the command and exits with its code.
     *
     * @param arguments the subcommand and its options
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, with errors that are for people and not for programmers. */
    static CommandLine commandLine() {
        return new CommandLine(new Outpost())
                .setExecutionExceptionHandler(OutpostMain::failed)
                .setParameterExceptionHandler(OutpostMain::misused);
    }

    private static int failed(
            Exception failure, CommandLine line, CommandLine.ParseResult arguments)
            throws Exception {
        PrintWriter err = line.getErr();
        if (failure instanceof ConfigurationException configuration) {
            configuration.problems().forEach(err::println);
            err.flush();
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static int misused(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        err.println(name + ": " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + name + " --help'.");
        }
        err.flush();
        return ExitCode.USAGE;
    }
}
