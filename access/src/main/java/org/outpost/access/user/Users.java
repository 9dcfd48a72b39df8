package org.outpost.access.user;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessException;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.Names;
import org.outpost.access.registry.Registry;
import org.outpost.access.right.DeviceGroup;
import org.outpost.access.right.Grant;
import org.outpost.database.Database;
import org.outpost.gateway.authentication.PasswordHasher;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Those who may sign in. Names are unique in the whole server. There is always one enabled user
 * left who may administer everything.
 */
public final class Users {
    private static final String ADMINISTRATOR = "administrator";

    private final Registry<User> registry;

    /** Reads them. Blocks. */
    public Users(Database database) {
        registry = new Registry<>(database, "user", User.class, User::key);
    }

    /** All of them, by name. */
    public List<User> all() {
        return registry.all().stream().sorted(Comparator.comparing(User::key)).toList();
    }

    /** The user of this name, in any case. */
    public Optional<User> find(String name) {
        return registry.find(Names.key(name));
    }

    /** Whether nobody was ever made. */
    public boolean isEmpty() {
        return registry.size() == 0;
    }

    /**
     * Makes a user. Blocks, also for the hashing of the password.
     *
     * @param password null for who signs in by a directory, or by tokens
     * @param initial whether the password ought to be changed
     * @param grants checked by {@link org.outpost.access.AccessControl#checkedGrants}
     * @throws AccessException when the name is none or taken, or the password too weak
     */
    public User add(
            String name,
            String tenant,
            @Nullable String password,
            boolean initial,
            Collection<Grant> grants) {
        Names.user(name);
        String taken = "There is a user " + name + " already.";
        if (find(name).isPresent()) {
            throw new AccessException(Reason.CONFLICT, taken);
        }
        String hash = null;
        if (password != null) {
            PasswordRules.check(name, password);
            hash = PasswordHasher.hash(password);
        }
        return registry.add(
                new User(
                        name,
                        tenant,
                        hash,
                        List.copyOf(grants),
                        true,
                        password != null && initial,
                        Instant.now()),
                taken);
    }

    /**
     * Sets a password. Blocks for the hashing.
     *
     * @param initial whether it ought to be changed by the user
     * @throws AccessException when there is no such user, or the password is too weak
     */
    public User setPassword(String name, String password, boolean initial) {
        PasswordRules.check(name, password);
        String hash = PasswordHasher.hash(password);
        return registry.change(
                Names.key(name), missing(name), user -> user.withPassword(hash, initial));
    }

    /**
     * Replaces what a user was granted.
     *
     * @param grants checked by {@link org.outpost.access.AccessControl#checkedGrants}
     * @throws AccessException when there is no such user, or nobody would be left to administer
     */
    public User setGrants(String name, Collection<Grant> grants) {
        return registry.change(
                Names.key(name),
                missing(name),
                user -> leaving(user, user.with(List.copyOf(grants))));
    }

    /**
     * Lets a user sign in, or not.
     *
     * @throws AccessException when there is no such user, or nobody would be left to administer
     */
    public User setEnabled(String name, boolean enabled) {
        return registry.change(
                Names.key(name), missing(name), user -> leaving(user, user.withEnabled(enabled)));
    }

    /**
     * Changes several things of a user at once: all of them, or, when one cannot be done, none.
     * Blocks for the hashing.
     *
     * @param grants checked by {@link org.outpost.access.AccessControl#checkedGrants}; null to
     *     leave them
     * @param password given by somebody else; null to leave it
     * @param enabled null to leave it
     * @throws AccessException when there is no such user, the password is too weak, or nobody would
     *     be left to administer
     */
    public User change(
            String name,
            @Nullable Collection<Grant> grants,
            @Nullable String password,
            @Nullable Boolean enabled) {
        if (password != null) {
            PasswordRules.check(name, password);
        }
        String hash = password == null ? null : PasswordHasher.hash(password);
        return registry.change(
                Names.key(name),
                missing(name),
                user -> {
                    User next = grants == null ? user : user.with(List.copyOf(grants));
                    next = hash == null ? next : next.withPassword(hash, true);
                    return leaving(user, enabled == null ? next : next.withEnabled(enabled));
                });
    }

    /**
     * Takes a user out.
     *
     * @throws AccessException when there is no such user, or nobody would be left to administer
     */
    public User remove(String name) {
        return registry.remove(
                Names.key(name), missing(name), user -> leaving(user, user.withEnabled(false)));
    }

    private static String missing(String name) {
        return "There is no user " + name + ".";
    }

    private User leaving(User before, User after) {
        boolean another =
                registry.all().stream()
                        .anyMatch(user -> !user.key().equals(before.key()) && mayAdminister(user));
        if (mayAdminister(before) && !mayAdminister(after) && !another) {
            throw new AccessException(
                    Reason.CONFLICT,
                    before.name()
                            + " is the last user who may administer the server; grant another the"
                            + " role administrator everywhere first.");
        }
        return after;
    }

    private static boolean mayAdminister(User user) {
        return user.enabled()
                && user.grants()
                        .contains(new Grant(ADMINISTRATOR, Grant.EVERY_TENANT, DeviceGroup.ALL));
    }
}
