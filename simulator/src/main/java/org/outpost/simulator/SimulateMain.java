package org.outpost.simulator;

import picocli.CommandLine;

/** The program: {@code simulate --help} tells. */
public final class SimulateMain {
    private SimulateMain() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param arguments options of the command
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "simulate-logback.xml");
        }
        StopSignal stop = new StopSignal();
        stop.install();
        int code =
                commandLine(new SimulateCommand(System.out, System.err, stop)).execute(arguments);
        if (!stop.finish()) {
            System.exit(code);
        }
    }

    /** The command with errors of one line and a hint, instead of the whole help. */
    static CommandLine commandLine(SimulateCommand command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(
                        (error, arguments) -> {
                            CommandLine line = error.getCommandLine();
                            line.getErr().println("outpost: " + error.getMessage());
                            line.getErr().println("Try 'outpost simulate --help'.");
                            return line.getCommandSpec().exitCodeOnInvalidInput();
                        });
    }
}
