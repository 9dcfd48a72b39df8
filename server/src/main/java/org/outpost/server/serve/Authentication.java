package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.authenticator.Authenticator;
import org.outpost.gateway.authentication.AcceptAny;
import org.outpost.gateway.authentication.AuthenticationSettings;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.authentication.AuthenticatorChain;
import org.outpost.gateway.authentication.PasswordFile;
import org.outpost.server.configuration.AuthenticatorSettings;
import org.outpost.server.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who may come in, from the configuration. */
final class Authentication {
    private static final Logger log = LoggerFactory.getLogger(Authentication.class);

    private Authentication() {}

    static AuthenticationWorkers devices(
            Configuration configuration, Path folder, MeterRegistry meters)
            throws StartFailedException {
        List<AuthenticatorSettings> written = configuration.tunnel().authenticators();
        List<AuthenticatorSettings> settings =
                written.isEmpty()
                        ? List.of(
                                new AuthenticatorSettings.PasswordFile(
                                        DevicePasswords.inFolder(folder)))
                        : written;
        return workers(
                "device", settings, configuration.tunnel().timeouts().authenticator(), meters);
    }

    static AuthenticationWorkers consoles(Configuration configuration, MeterRegistry meters)
            throws StartFailedException {
        return workers(
                "console",
                configuration.console().authenticators(),
                configuration.console().timeouts().request(),
                meters);
    }

    private static AuthenticationWorkers workers(
            String name,
            List<AuthenticatorSettings> settings,
            Duration deadline,
            MeterRegistry meters)
            throws StartFailedException {
        List<Authenticator> authenticators = new ArrayList<>();
        for (AuthenticatorSettings one : settings) {
            authenticators.add(authenticator(name, one));
        }
        return new AuthenticationWorkers(
                name,
                new AuthenticatorChain(authenticators),
                AuthenticationSettings.DEFAULT.within(deadline),
                meters);
    }

    private static Authenticator authenticator(String name, AuthenticatorSettings settings)
            throws StartFailedException {
        return switch (settings) {
            case AuthenticatorSettings.PasswordFile file -> {
                try {
                    int users = PasswordFile.check(file.file());
                    log.atInfo()
                            .addKeyValue("for", name)
                            .addKeyValue("file", file.file())
                            .addKeyValue("users", users)
                            .log("password file read");
                } catch (IOException e) {
                    throw new StartFailedException(
                            "the password file cannot be used: " + e.getMessage(), e);
                }
                yield new PasswordFile(file.file());
            }
            case AuthenticatorSettings.InsecureAcceptAny _ -> {
                log.atWarn()
                        .addKeyValue("for", name)
                        .log("insecure-accept-any: everybody is let in");
                yield new AcceptAny();
            }
        };
    }
}
