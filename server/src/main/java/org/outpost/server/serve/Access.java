package org.outpost.server.serve;

import com.github.benmanes.caffeine.cache.Ticker;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.door.GrantedConsoles;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Grant;
import org.outpost.access.signin.SignIn;
import org.outpost.access.token.Tickets;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.server.configuration.AccessSettings;
import org.outpost.server.configuration.ConsoleSettings;
import org.outpost.server.configuration.OidcSettings;
import org.outpost.server.datadir.DataDirectoryException;
import org.outpost.server.datadir.FirstAdminFile;
import org.outpost.server.web.account.Accounts;
import org.outpost.server.web.account.FirstAdmin;
import org.outpost.server.web.security.OidcProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Who may do what, put together from the configuration. */
final class Access implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Access.class);

    /** What is written where consoles without a user of their own may do nothing. */
    private static final String NO_ROLE = "none";

    private final AccessControl control;
    private final Tokens tokens;
    private final Tickets tickets = new Tickets(Ticker.systemTicker());
    private final SignIn signIn;
    private final FirstAdminFile firstAdmin;
    private final @Nullable AuthenticationWorkers people;

    /** Reads what there is; makes the first administrator where there is nobody. Blocks. */
    Access(
            AccessSettings settings,
            Path folder,
            AccessControl control,
            Tokens tokens,
            Authentication authentication)
            throws StartFailedException, DataDirectoryException {
        this.control = control;
        this.tokens = tokens;
        firstAdmin = new FirstAdminFile(folder);
        people = authentication.people().orElse(null);
        signIn =
                new SignIn(
                        control,
                        authentication.hasher(),
                        people == null ? null : new SignIn.Directory(people, first(settings)),
                        Thread::sleep);
        makeFirstAdmin();
        remind();
    }

    private List<Grant> first(AccessSettings settings) throws StartFailedException {
        String role = settings.firstRole();
        if (role == null) {
            return List.of();
        }
        return List.of(Grant.everywhere(checked("access.first-role", role)));
    }

    private String checked(String key, String role) throws StartFailedException {
        if (control.role(AccessControl.PROVIDER, role).isEmpty()) {
            throw new StartFailedException(
                    key
                            + ": there is no role '"
                            + role
                            + "'; there are "
                            + String.join(
                                    ", ",
                                    control.roles(AccessControl.PROVIDER).stream()
                                            .map(one -> one.name())
                                            .toList()));
        }
        return role;
    }

    private void makeFirstAdmin() throws DataDirectoryException {
        if (!control.users().isEmpty()) {
            return;
        }
        control.users()
                .add(
                        FirstAdminFile.USER,
                        AccessControl.PROVIDER,
                        firstAdmin.make(),
                        true,
                        List.of(Grant.everywhere("administrator")));
        log.atInfo()
                .addKeyValue("user", FirstAdminFile.USER)
                .addKeyValue("file", firstAdmin.path())
                .log("made the first administrator; the password is in the file");
    }

    private void remind() {
        control.users()
                .find(FirstAdminFile.USER)
                .filter(User::passwordIsInitial)
                .ifPresent(
                        user ->
                                log.atWarn()
                                        .addKeyValue("user", user.name())
                                        .log(
                                                "the administrator still has the generated"
                                                        + " password; change it with: outpost user"
                                                        + " password {}",
                                                user.name()));
    }

    /**
     * What consoles may reach through the doors.
     *
     * @param devices what rights to a device depend on
     */
    ConsoleRights consoleRights(ConsoleSettings settings, Function<UUID, DeviceTraits> devices)
            throws StartFailedException {
        String role = settings.role();
        return new GrantedConsoles(
                control,
                devices,
                role.equals(NO_ROLE)
                        ? List.of()
                        : List.of(Grant.everywhere(checked("console.role", role))));
    }

    /** What the API needs of it. */
    Accounts accounts(AccessSettings settings) {
        OidcSettings oidc = settings.oidc();
        String issuer = oidc.issuer();
        return new Accounts(
                control,
                tokens,
                tickets,
                signIn,
                settings.session(),
                firstAdmin(),
                issuer == null
                        ? null
                        : new OidcProvider(
                                issuer,
                                new OidcProvider.Claims(
                                        oidc.audience(),
                                        oidc.userClaim(),
                                        oidc.rolesClaim(),
                                        oidc.rolePrefix(),
                                        oidc.tenantClaim()),
                                control));
    }

    /** Takes the file with the generated password away when that was changed. */
    private FirstAdmin firstAdmin() {
        return user -> {
            if (!user.equalsIgnoreCase(FirstAdminFile.USER)) {
                return;
            }
            try {
                firstAdmin.remove();
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("file", firstAdmin.path())
                        .log("the file with the first password could not be removed; remove it");
            }
        };
    }

    @Override
    public void close() {
        if (people != null) {
            people.close();
        }
    }
}
