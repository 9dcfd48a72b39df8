package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.access.secret.DeviceLogin;
import org.outpost.access.secret.DeviceLogins;
import org.outpost.access.secret.KeyFileException;
import org.outpost.access.secret.SecretName;
import org.outpost.access.secret.SecretText;
import org.outpost.access.secret.Vault;
import org.outpost.access.secret.VaultKeyFile;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.database.Database;
import org.outpost.server.configuration.AmtSettings;
import org.outpost.server.web.amt.AmtLogins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Logins of devices out of the vault; the configuration's for devices that have none. */
final class AmtVault implements AmtLogins {
    /** How the vault names logins of AMT, see {@link DeviceLogin.Amt#kind()}. */
    private static final String KIND = "amt";

    private final Vault vault;
    private final DeviceLogins logins;
    private final Function<UUID, String> tenants;
    private final @Nullable Credentials usual;

    /**
     * Makes it.
     *
     * @param vault what was stored; stays the caller's
     * @param tenants whose a device is
     * @param usual for devices that have none of their own
     */
    AmtVault(Vault vault, Function<UUID, String> tenants, @Nullable Credentials usual) {
        this.vault = vault;
        this.logins = new DeviceLogins(vault);
        this.tenants = tenants;
        this.usual = usual;
    }

    /**
     * Opens the vault, whose keys are in the data folder, and finishes what a crash left undone of
     * a rotation. Blocks for the opening.
     */
    static Vault open(Database database, Path folder) throws StartFailedException {
        try {
            InstantSource time = InstantSource.system();
            Vault vault =
                    Vault.open(
                            database,
                            new VaultKeyFile(folder.resolve(VaultKeyFile.NAME), time),
                            time);
            vault.resume();
            return vault;
        } catch (KeyFileException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The login that the configuration names; null when it names none. */
    static @Nullable Credentials usual(AmtSettings settings) throws StartFailedException {
        Path file = settings.passwordFile();
        if (file == null) {
            return null;
        }
        try {
            String password = Files.readString(file).stripTrailing();
            if (password.isEmpty()) {
                throw new StartFailedException(
                        "amt.password-file: " + file + " is empty; write the password into it");
            }
            return new Credentials(settings.username(), password);
        } catch (IOException e) {
            throw new StartFailedException(
                    "amt.password-file: "
                            + file
                            + " cannot be read; make it a text file that this server may read",
                    e);
        }
    }

    @Override
    public CompletionStage<Optional<Credentials>> find(UUID device) {
        return own(device).thenApply(own -> own.or(() -> Optional.ofNullable(usual)));
    }

    private CompletionStage<Optional<Credentials>> own(UUID device) {
        return logins.amt(device, tenants.apply(device))
                .thenApply(found -> found.map(AmtVault::credentials));
    }

    private static Credentials credentials(DeviceLogin.Amt login) {
        try (login) {
            return new Credentials(login.user(), login.password().use(String::new));
        }
    }

    @Override
    public CompletionStage<Optional<Owner>> owner(UUID device) {
        return logins.amt(device, tenants.apply(device))
                .thenApply(
                        found ->
                                found.map(AmtVault::owner)
                                        .or(
                                                () ->
                                                        Optional.ofNullable(usual)
                                                                .map(
                                                                        login ->
                                                                                new Owner(
                                                                                        login
                                                                                                .user(),
                                                                                        false))));
    }

    private static Owner owner(DeviceLogin.Amt login) {
        try (login) {
            return new Owner(login.user(), true);
        }
    }

    @Override
    public CompletionStage<Void> put(UUID device, String user, String password) {
        DeviceLogin.Amt login = new DeviceLogin.Amt(user, SecretText.of(password));
        return logins.put(device, tenants.apply(device), login)
                .whenComplete((done, failure) -> login.close());
    }

    @Override
    public CompletionStage<Integer> move(UUID device, String from, String to) {
        return logins.move(device, from, to);
    }

    @Override
    public CompletionStage<Boolean> remove(UUID device) {
        return vault.remove(SecretName.ofDevice(KIND, device, tenants.apply(device)));
    }
}
