package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code outpost version}. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(version());
        spec.commandLine().getOut().flush();
        return spec.exitCodeOnSuccess();
    }

    /** The number of this release, or that it was never packaged. */
    public static String release() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }

    /** The release and the Java it runs on. */
    static String version() {
        return "outpost " + release() + " on Java " + Runtime.version();
    }

    /** For the option {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }
}
