package org.outpost.server.configuration;

import org.outpost.gateway.authentication.PasswordFile;
import org.outpost.gateway.authentication.plugin.PluginException;
import org.outpost.gateway.authentication.plugin.Plugins;
import org.outpost.server.configuration.binding.Nearest;
import org.outpost.server.datadir.FileProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a start would refuse in the settings of authenticators. */
final class AuthenticatorChecks {
    private final Configuration configuration;
    private final BiConsumer<String, String> note;

    /**
     * @param note takes the path of a key, and what is wrong there
     */
    AuthenticatorChecks(Configuration configuration, BiConsumer<String, String> note) {
        this.configuration = configuration;
        this.note = note;
    }

    void run() {
        List<AuthenticatorSettings> devices = configuration.tunnel().authenticators();
        List<AuthenticatorSettings> consoles = configuration.console().authenticators();
        each("tunnel", devices);
        each("console", consoles);
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i) instanceof AuthenticatorSettings.Users) {
                note.accept(
                        path("tunnel", i) + ".type",
                        "\"users\" are people; devices sign in by password-file, device-table,"
                                + " client-certificate, ldap or plugin");
            }
        }
        List<AuthenticatorSettings> people = configuration.access().authenticators();
        each("access", people);
        plugins(devices, consoles);
        for (int i = 0; i < people.size(); i++) {
            if (people.get(i) instanceof AuthenticatorSettings.DeviceTable
                    || people.get(i) instanceof AuthenticatorSettings.Users
                    || people.get(i) instanceof AuthenticatorSettings.Certificate
                    || people.get(i) instanceof AuthenticatorSettings.InsecureAcceptAny) {
                note.accept(
                        path("access", i) + ".type",
                        "people sign in to the API by name and password; write ldap,"
                                + " password-file or plugin");
            }
        }
        for (int i = 0; i < consoles.size(); i++) {
            if (consoles.get(i) instanceof AuthenticatorSettings.DeviceTable) {
                note.accept(
                        path("console", i) + ".type",
                        "\"device-table\" holds the credentials of devices, which consoles cannot"
                                + " have; write password-file");
            }
            if (consoles.get(i) instanceof AuthenticatorSettings.Certificate certificate
                    && certificate.mustName() == CertificateNames.UUID) {
                note.accept(
                        path("console", i) + ".must-name",
                        "\"uuid\" is for devices: consoles have none; write user or anything");
            }
        }
    }

    private void each(String section, List<AuthenticatorSettings> authenticators) {
        for (int i = 0; i < authenticators.size(); i++) {
            switch (authenticators.get(i)) {
                case AuthenticatorSettings.PasswordFile(Path file) -> passwords(section, i, file);
                case AuthenticatorSettings.Ldap ldap -> {
                    String path = path(section, i);
                    LdapConfiguration.read(
                            ldap, (key, reason) -> note.accept(path + "." + key, reason));
                }
                case AuthenticatorSettings.DeviceTable _,
                        AuthenticatorSettings.Users _,
                        AuthenticatorSettings.Certificate _,
                        AuthenticatorSettings.Plugin _,
                        AuthenticatorSettings.InsecureAcceptAny _ -> {}
            }
        }
    }

    private void passwords(String section, int index, Path file) {
        try {
            PasswordFile.check(file);
        } catch (IOException e) {
            note.accept(
                    path(section, index) + ".file", file + " cannot be used: " + FileProblem.of(e));
        }
    }

    private void plugins(
            List<AuthenticatorSettings> devices, List<AuthenticatorSettings> consoles) {
        Path written = configuration.plugins().folder();
        if (written != null && !Files.isDirectory(written)) {
            note.accept(
                    "plugins.folder",
                    "there is no folder " + written + "; make it, or write where it is");
            return;
        }
        if (Stream.concat(devices.stream(), consoles.stream())
                .noneMatch(AuthenticatorSettings.Plugin.class::isInstance)) {
            return; // nobody else's code runs when nobody asks for it
        }
        Path dataDir = configuration.dataDir();
        try (Plugins plugins = Plugins.in(configuration.plugins().folder(dataDir), dataDir)) {
            named("tunnel", devices, plugins);
            named("console", consoles, plugins);
        }
    }

    private void named(
            String section, List<AuthenticatorSettings> authenticators, Plugins plugins) {
        for (int i = 0; i < authenticators.size(); i++) {
            if (authenticators.get(i) instanceof AuthenticatorSettings.Plugin plugin) {
                try {
                    plugins.check(plugin.name());
                } catch (PluginException e) {
                    String hint =
                            Nearest.to(plugin.name(), plugins.names())
                                    .filter(near -> !near.equals(plugin.name()))
                                    .map(near -> "; did you mean \"" + near + "\"?")
                                    .orElse("");
                    note.accept(path(section, i) + ".name", e.getMessage() + hint);
                }
            }
        }
    }

    private static String path(String section, int index) {
        return section + ".authenticators[" + index + "]";
    }
}
