package org.outpost.server.command;

import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code outpost config check}: says whether a server would start with it, and if not, why. */
@Command(
        name = "check",
        description = {
            "Check the configuration without starting anything.",
            "Each error is a line with the place, the key, the reason and what to write instead."
        },
        mixinStandardHelpOptions = true)
public final class ConfigCheckCommand implements Callable<Integer> {
    @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException {
        Effective<Configuration> effective = options.load();
        PrintWriter out = spec.commandLine().getOut();
        effective
                .ignored()
                .forEach(
                        name -> out.println(name + ": names no key of the configuration; ignored"));
        Optional<Path> file = options.file();
        out.println(
                file.map(path -> path + ": no errors")
                        .orElse("no file is given; the defaults hold"));
        out.flush();
        return spec.exitCodeOnSuccess();
    }
}
