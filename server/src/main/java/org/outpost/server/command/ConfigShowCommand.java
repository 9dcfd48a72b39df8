package org.outpost.server.command;

import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.YamlWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code outpost config show}: all settings as they would count, defaults included. */
@Command(
        name = "show",
        description = "Print the whole effective configuration as YAML, defaults included.",
        mixinStandardHelpOptions = true)
public final class ConfigShowCommand implements Callable<Integer> {
    @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException {
        spec.commandLine().getOut().print(YamlWriter.write(options.load().settings()));
        spec.commandLine().getOut().flush();
        return spec.exitCodeOnSuccess();
    }
}
