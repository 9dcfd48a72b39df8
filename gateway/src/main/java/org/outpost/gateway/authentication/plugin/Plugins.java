package org.outpost.gateway.authentication.plugin;

import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.AuthenticatorContext;
import org.outpost.authenticator.AuthenticatorProvider;
import org.outpost.authenticator.InvalidParametersException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The plug-ins that are there: in a folder, and on our own class path. Looking runs their
 * constructors and asks their names; one that fails at that is left out and remembered as a
 * problem. Meant for one thread.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);
    private static final Duration MAKING = Duration.ofSeconds(30);

    private final Path folder;
    private final Path home;
    private final List<Plugin> plugins = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    private record Plugin(String name, AuthenticatorProvider provider, String source, Path home) {}

    private Plugins(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /**
     * Looks for plug-ins.
     *
     * @param folder where jars and folders of jars lie; need not be there
     * @param home the folder that plug-ins on our own class path are given as theirs
     */
    public static Plugins in(Path folder, Path home) {
        Plugins found = new Plugins(folder, home);
        found.look();
        return found;
    }

    private void look() {
        providers(AuthenticatorProvider.class.getClassLoader(), "the server's class path", home);
        PluginFolder inside =
                new PluginFolder(folder, (file, reason) -> problems.add(file + " " + reason));
        for (PluginFolder.Unit unit : inside.open()) {
            loaders.add(unit.loader());
            int before = plugins.size() + problems.size();
            providers(unit.loader(), unit.source().toString(), unit.home());
            if (plugins.size() + problems.size() == before) {
                problems.add(
                        unit.source()
                                + " offers none: it lacks META-INF/services/"
                                + AuthenticatorProvider.class.getName());
            }
        }
    }

    private void providers(ClassLoader loader, String source, Path home) {
        try {
            Iterator<ServiceLoader.Provider<AuthenticatorProvider>> all =
                    ServiceLoader.load(AuthenticatorProvider.class, loader).stream().iterator();
            while (all.hasNext()) {
                AuthenticatorProvider provider = all.next().get();
                String name = provider.name();
                if (name == null || name.isBlank()) {
                    problems.add(source + " offers one without a name");
                } else {
                    plugins.add(new Plugin(name, provider, source, home));
                }
            }
        } catch (ServiceConfigurationError e) {
            problems.add(source + " cannot be loaded: " + e.getMessage());
        } catch (Throwable e) {
            // Foreign code: LinkageError is as likely as any exception.
            problems.add(source + " cannot be loaded: " + e);
        }
    }

    /** The names that can be asked for. */
    public List<String> names() {
        return plugins.stream().map(Plugin::name).distinct().sorted().toList();
    }

    /**
     * Whether the name means exactly one plug-in.
     *
     * @throws PluginException saying what is there instead
     */
    public void check(String name) throws PluginException {
        find(name);
    }

    /**
     * Has a plug-in make an authenticator, within 30 s.
     *
     * @throws PluginException when there is none of that name, or when it cannot make one
     */
    public Authenticator create(
            String name,
            String parameters,
            AuthenticatorContext.Audience audience,
            PluginLimits limits)
            throws PluginException {
        Plugin plugin = find(name);
        AuthenticatorContext context =
                new AuthenticatorContext(audience, plugin.home().toAbsolutePath().normalize());
        PluginThreads threads =
                new PluginThreads(name, plugin.provider().getClass().getClassLoader());
        try {
            Authenticator made =
                    threads.call(() -> plugin.provider().create(parameters, context), MAKING);
            log.atInfo()
                    .addKeyValue("plugin", name)
                    .addKeyValue("source", plugin.source())
                    .addKeyValue("audience", audience)
                    .log("authenticator of a plug-in made");
            return new PluginAuthenticator(name, made, limits, threads);
        } catch (PluginThreads.Failed e) {
            threads.close();
            throw new PluginException("the plug-in \"" + name + "\" " + reason(e));
        }
    }

    private static String reason(PluginThreads.Failed failed) {
        return failed.failure() instanceof InvalidParametersException wrong
                ? "cannot use its parameters: " + wrong.getMessage()
                : "cannot be made: " + failed.getMessage();
    }

    private Plugin find(String name) throws PluginException {
        List<Plugin> found = plugins.stream().filter(one -> one.name().equals(name)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String quoted = "\"" + name + "\"";
        if (found.size() > 1) {
            throw new PluginException(
                    found.stream()
                            .map(Plugin::source)
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            quoted + " is the name of several plug-ins: ",
                                            "; remove all but one")));
        }
        StringBuilder text = new StringBuilder("there is no plug-in ").append(quoted);
        if (!Files.isDirectory(folder)) {
            text.append("; the folder ").append(folder).append(" does not exist");
        } else if (plugins.isEmpty()) {
            text.append("; the folder ").append(folder).append(" holds none");
        }
        if (!plugins.isEmpty()) {
            text.append("; found: ").append(String.join(", ", names()));
        }
        problems.forEach(problem -> text.append("; ").append(problem));
        throw new PluginException(text.toString());
    }

    /** What is wrong in the folder, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Closes the jars; authenticators made from them are closed by then. */
    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("a plug-in's jar did not close");
            }
        }
        loaders.clear();
        plugins.clear();
    }
}
