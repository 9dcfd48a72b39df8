package org.outpost.server.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code outpost completion}. */
@Command(
        name = "completion",
        description = {
            "Print a script that lets bash and zsh complete what you type.",
            "",
            "For this shell only, in bash or zsh:",
            "  source <(outpost completion)",
            "For every bash to come:",
            "  outpost completion > ~/.local/share/bash-completion/completions/outpost",
            "It completes the command 'outpost' as the shell finds it by its PATH.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        // With line ends as bash wants them, whatever the platform's own are.
        root.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
        root.commandLine().getOut().print('\n');
        root.commandLine().getOut().flush();
        return spec.exitCodeOnSuccess();
    }
}
