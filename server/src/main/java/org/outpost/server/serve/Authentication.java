package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.access.AccessControl;
import org.outpost.access.door.OthersAuthenticator;
import org.outpost.access.door.UserAuthenticator;
import org.outpost.access.token.Tokens;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.AuthenticatorContext.Audience;
import org.outpost.gateway.authentication.AcceptAny;
import org.outpost.gateway.authentication.AuthenticationSettings;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.authentication.AuthenticatorChain;
import org.outpost.gateway.authentication.ClientCertificate;
import org.outpost.gateway.authentication.PasswordFile;
import org.outpost.gateway.authentication.PasswordFile.ClearPasswords;
import org.outpost.gateway.authentication.PasswordHasher;
import org.outpost.gateway.authentication.ldap.LdapAuthenticator;
import org.outpost.gateway.authentication.ldap.LdapSettings;
import org.outpost.gateway.authentication.plugin.PluginException;
import org.outpost.gateway.authentication.plugin.PluginLimits;
import org.outpost.gateway.authentication.plugin.Plugins;
import org.outpost.inventory.credential.DeviceSecrets;
import org.outpost.server.configuration.AuthenticatorSettings;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.LdapConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may come in, from the configuration. */
final class Authentication implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Authentication.class);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Configuration configuration;
    private final Path folder;
    private final DeviceSecrets deviceTable;
    private final AccessControl control;
    private final Tokens tokens;
    private final MeterRegistry meters;
    private final Plugins plugins;
    private final PasswordHasher hasher = new PasswordHasher();

    /** Of its own: whoever guesses at passwords of people must not keep devices waiting. */
    private final PasswordHasher peoplesHasher = new PasswordHasher();

    /** Looks for plug-ins; authenticators are made when they are asked for. */
    Authentication(
            Configuration configuration,
            Path folder,
            DeviceSecrets deviceTable,
            AccessControl control,
            Tokens tokens,
            MeterRegistry meters) {
        this.configuration = configuration;
        this.folder = folder;
        this.deviceTable = deviceTable;
        this.control = control;
        this.tokens = tokens;
        this.meters = meters;
        this.plugins = Plugins.in(configuration.plugins().folder(folder), folder);
        plugins.problems()
                .forEach(problem -> log.atWarn().log("in the plug-in folder: {}", problem));
    }

    AuthenticationWorkers devices() throws StartFailedException {
        List<AuthenticatorSettings> written = configuration.tunnel().authenticators();
        List<AuthenticatorSettings> settings =
                written.isEmpty()
                        ? List.of(
                                new AuthenticatorSettings.PasswordFile(
                                        DevicePasswords.inFolder(folder)),
                                new AuthenticatorSettings.DeviceTable())
                        : written;
        return workers(
                Audience.DEVICES, settings, configuration.tunnel().timeouts().authenticator());
    }

    /** Whether devices may sign in with generated credentials. */
    static boolean asksDeviceTable(Configuration configuration) {
        List<AuthenticatorSettings> written = configuration.tunnel().authenticators();
        return written.isEmpty()
                || written.stream().anyMatch(AuthenticatorSettings.DeviceTable.class::isInstance);
    }

    AuthenticationWorkers consoles() throws StartFailedException {
        return workers(
                Audience.CONSOLES,
                configuration.console().authenticators(),
                configuration.console().timeouts().request());
    }

    /** Who is asked about people that have no password here; empty for nobody. */
    Optional<AuthenticationWorkers> people() throws StartFailedException {
        List<AuthenticatorSettings> written = configuration.access().authenticators();
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        workers(
                                "people",
                                Audience.CONSOLES,
                                written,
                                configuration.console().timeouts().request()));
    }

    /** Compares with slow hashes; open as long as this is. */
    PasswordHasher hasher() {
        return peoplesHasher;
    }

    private AuthenticationWorkers workers(
            Audience audience, List<AuthenticatorSettings> settings, Duration deadline)
            throws StartFailedException {
        return workers(name(audience), audience, settings, deadline);
    }

    private AuthenticationWorkers workers(
            String name, Audience audience, List<AuthenticatorSettings> settings, Duration deadline)
            throws StartFailedException {
        List<Authenticator> authenticators = new ArrayList<>();
        for (AuthenticatorSettings one : settings) {
            Authenticator made = authenticator(audience, one);
            boolean others =
                    audience == Audience.CONSOLES && !(one instanceof AuthenticatorSettings.Users);
            authenticators.add(others ? new OthersAuthenticator(made) : made);
        }
        return new AuthenticationWorkers(
                name,
                new AuthenticatorChain(authenticators),
                AuthenticationSettings.DEFAULT
                        .within(deadline)
                        .retrying(audience == Audience.DEVICES ? ASK_AGAIN : Duration.ZERO),
                meters);
    }

    private static String name(Audience audience) {
        return audience == Audience.DEVICES ? "device" : "console";
    }

    private Authenticator authenticator(Audience audience, AuthenticatorSettings settings)
            throws StartFailedException {
        return switch (settings) {
            case AuthenticatorSettings.PasswordFile(Path file) -> passwordFile(audience, file);
            case AuthenticatorSettings.DeviceTable _ -> {
                if (audience != Audience.DEVICES) {
                    throw new StartFailedException("device-table is for devices only");
                }
                yield deviceTable;
            }
            case AuthenticatorSettings.Users _ -> {
                if (audience != Audience.CONSOLES) {
                    throw new StartFailedException("users are people, not devices");
                }
                yield new UserAuthenticator(control, tokens, peoplesHasher);
            }
            case AuthenticatorSettings.Certificate certificate ->
                    new ClientCertificate(
                            ClientCertificate.Principal.valueOf(certificate.principal().name()),
                            ClientCertificate.Names.valueOf(certificate.mustName().name()));
            case AuthenticatorSettings.Plugin plugin -> plugin(audience, plugin);
            case AuthenticatorSettings.Ldap ldap -> ldap(audience, ldap);
            case AuthenticatorSettings.InsecureAcceptAny _ -> {
                log.atWarn()
                        .addKeyValue("for", name(audience))
                        .log("insecure-accept-any: everybody is let in");
                yield new AcceptAny();
            }
        };
    }

    private Authenticator passwordFile(Audience audience, Path file) throws StartFailedException {
        try {
            PasswordFile.check(file);
        } catch (IOException e) {
            throw new StartFailedException(
                    "the password file cannot be used: " + e.getMessage(), e);
        }
        return new PasswordFile(
                file,
                audience == Audience.CONSOLES ? peoplesHasher : hasher,
                audience == Audience.CONSOLES ? ClearPasswords.WARNED_OF : ClearPasswords.FINE);
    }

    private static Authenticator ldap(Audience audience, AuthenticatorSettings.Ldap ldap)
            throws StartFailedException {
        List<String> problems = new ArrayList<>();
        LdapSettings settings =
                LdapConfiguration.read(ldap, (key, reason) -> problems.add(key + ": " + reason))
                        .orElseThrow(
                                () ->
                                        new StartFailedException(
                                                section(audience) + String.join("; ", problems)));
        return new LdapAuthenticator(settings);
    }

    private static String section(Audience audience) {
        return (audience == Audience.DEVICES ? "tunnel" : "console") + ".authenticators: ";
    }

    private Authenticator plugin(Audience audience, AuthenticatorSettings.Plugin plugin)
            throws StartFailedException {
        try {
            return plugins.create(
                    plugin.name(),
                    plugin.parameters(),
                    audience,
                    new PluginLimits(plugin.timeout(), plugin.concurrency()));
        } catch (PluginException e) {
            throw new StartFailedException(section(audience) + e.getMessage(), e);
        }
    }

    /** Gives back what authenticators share; the workers are closed by then. */
    @Override
    public void close() {
        hasher.close();
        peoplesHasher.close();
        plugins.close();
    }
}
