package org.outpost.access;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.registry.Registry;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Caller.Permission;
import org.outpost.access.right.DeviceGroup;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Role;
import org.outpost.access.right.Scope;
import org.outpost.access.tenant.Tenant;
import org.outpost.access.user.User;
import org.outpost.access.user.Users;
import org.outpost.database.Database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tenants, roles, groups and users, and what they add up to. What one refers to exists, and stays
 * as long as it is referred to. Looking up is done from memory and may be done anywhere; changes
 * block and belong on request threads.
 */
public final class AccessControl {
    /** Where Flyway finds the migrations of this module. */
    public static final String MIGRATIONS = "classpath:org/outpost/access/migration";

    /** The tenant of who runs the server. */
    public static final String PROVIDER = "";

    private static final int MOST_GRANTS = 100;
    private static final int MOST_RIGHTS = 100;
    private static final int MOST_TAGS = 64;

    private final Registry<Tenant> tenants;
    private final Registry<Role> roles;
    private final Registry<DeviceGroup> groups;
    private final Users users;

    /**
     * Reads what there is. Blocks.
     *
     * @param database migrated with {@link #MIGRATIONS}; stays the caller's to close
     */
    public AccessControl(Database database) {
        tenants = new Registry<>(database, "tenant", Tenant.class, Tenant::name);
        roles =
                new Registry<>(
                        database, "role", Role.class, role -> key(role.tenant(), role.name()));
        groups =
                new Registry<>(
                        database,
                        "group",
                        DeviceGroup.class,
                        group -> key(group.tenant(), group.name()));
        users = new Users(database);
    }

    private static String key(String tenant, String name) {
        return tenant + "/" + name;
    }

    /** The users; their grants are checked and set here. */
    public Users users() {
        return users;
    }

    // Tenants

    /** All tenants, by name. */
    public List<Tenant> tenants() {
        return tenants.all().stream().sorted(Comparator.comparing(Tenant::name)).toList();
    }

    /** Whether there is such a tenant; the provider is one. */
    public boolean isTenant(String name) {
        return name.equals(PROVIDER) || tenants.find(name).isPresent();
    }

    /**
     * Makes a tenant.
     *
     * @throws AccessException when the name is none, or taken
     */
    public Tenant addTenant(String name, String description) {
        return tenants.add(
                new Tenant(
                        Names.checked("tenant", name),
                        Names.line("description", description),
                        Instant.now()),
                "There is a tenant " + name + " already.");
    }

    /**
     * Takes a tenant out.
     *
     * @throws AccessException when there is none, or it has users, roles or groups still
     */
    public void removeTenant(String name) {
        tenants.remove(name, noTenant(name), tenant -> refuseUsedTenant(tenant.name()));
    }

    private void refuseUsedTenant(String name) {
        boolean used =
                users.all().stream().anyMatch(user -> user.tenant().equals(name))
                        || grants().anyMatch(grant -> grant.tenant().equals(name))
                        || roles.all().stream().anyMatch(role -> role.tenant().equals(name))
                        || groups.all().stream().anyMatch(group -> group.tenant().equals(name));
        if (used) {
            throw new AccessException(
                    Reason.CONFLICT,
                    "The tenant " + name + " has users, roles or groups; remove these first.");
        }
    }

    private static String noTenant(String name) {
        return "There is no tenant " + name + ".";
    }

    private void checkTenant(String name) {
        if (!isTenant(name)) {
            throw new AccessException(Reason.NOT_FOUND, noTenant(name));
        }
    }

    // Roles

    /** The roles that a tenant may use: its own, the provider's, and those that are built in. */
    public List<Role> roles(String tenant) {
        return Stream.concat(Role.BUILT_IN.stream(), roles.all().stream())
                .filter(role -> role.tenant().isEmpty() || role.tenant().equals(tenant))
                .sorted(Comparator.comparing(Role::name))
                .toList();
    }

    /** The role that a name means in a tenant: its own before the provider's. */
    public Optional<Role> role(String tenant, String name) {
        return roles.find(key(tenant, name))
                .or(() -> roles.find(key(PROVIDER, name)))
                .or(
                        () ->
                                Role.BUILT_IN.stream()
                                        .filter(role -> role.name().equals(name))
                                        .findAny());
    }

    /**
     * Makes a role.
     *
     * @throws AccessException when something in it is wrong, or the name is taken
     */
    public Role addRole(Role role) {
        checkTenant(role.tenant());
        refuseBuiltIn(role.name());
        return roles.add(checked(role), "There is a role " + role.name() + " already.");
    }

    /**
     * Changes what a role allows, for everybody who has it.
     *
     * @throws AccessException when something in it is wrong, or there is no such role
     */
    public Role changeRole(Role role) {
        refuseBuiltIn(role.name());
        Role checked = checked(role);
        return roles.change(
                key(role.tenant(), role.name()), noRole(role.name()), former -> checked);
    }

    private static Role checked(Role role) {
        Names.checked("role", role.name());
        if (role.rights().isEmpty() || role.rights().size() > MOST_RIGHTS) {
            throw new AccessException(
                    Reason.INVALID, "A role has 1 to " + MOST_RIGHTS + " rights.");
        }
        return new Role(
                role.name(),
                role.tenant(),
                Names.line("description", role.description()),
                role.rights(),
                role.recorded());
    }

    private static void refuseBuiltIn(String name) {
        if (Role.BUILT_IN.stream().anyMatch(role -> role.name().equals(name))) {
            throw new AccessException(
                    Reason.CONFLICT,
                    "The role " + name + " comes with Outpost; make one of another name.");
        }
    }

    private static String noRole(String name) {
        return "There is no role " + name + ".";
    }

    /**
     * Takes a role out.
     *
     * @throws AccessException when there is none, or somebody has it
     */
    public void removeRole(String tenant, String name) {
        refuseBuiltIn(name);
        roles.remove(
                key(tenant, name),
                noRole(name),
                role ->
                        refuseUsed(
                                "role " + name,
                                grant ->
                                        grant.role().equals(name)
                                                && (tenant.equals(PROVIDER)
                                                        || grant.tenant().equals(tenant))));
    }

    // Groups

    /** The groups of a tenant, by name. */
    public List<DeviceGroup> groups(String tenant) {
        return groups.all().stream()
                .filter(group -> group.tenant().equals(tenant))
                .sorted(Comparator.comparing(DeviceGroup::name))
                .toList();
    }

    /**
     * Makes a group of devices.
     *
     * @throws AccessException when something in it is wrong, or the name is taken
     */
    public DeviceGroup addGroup(DeviceGroup group) {
        checkTenant(group.tenant());
        return groups.add(checked(group), "There is a group " + group.name() + " already.");
    }

    /**
     * Changes the tags of a group, for everybody who was granted it.
     *
     * @throws AccessException when something in it is wrong, or there is no such group
     */
    public DeviceGroup changeGroup(DeviceGroup group) {
        DeviceGroup checked = checked(group);
        return groups.change(
                key(group.tenant(), group.name()), noGroup(group.name()), former -> checked);
    }

    private static DeviceGroup checked(DeviceGroup group) {
        Names.checked("group", group.name());
        if (group.tags().isEmpty()
                || group.tags().size() > MOST_TAGS
                || group.tags().stream().anyMatch(String::isBlank)) {
            throw new AccessException(
                    Reason.INVALID,
                    "A group has 1 to " + MOST_TAGS + " tags; none of them is blank.");
        }
        group.tags().forEach(tag -> Names.line("tags", tag));
        return group;
    }

    private static String noGroup(String name) {
        return "There is no group " + name + ".";
    }

    /**
     * Takes a group out; its devices stay.
     *
     * @throws AccessException when there is none, or somebody was granted it
     */
    public void removeGroup(String tenant, String name) {
        groups.remove(
                key(tenant, name),
                noGroup(name),
                group ->
                        refuseUsed(
                                "group " + name,
                                grant ->
                                        grant.group().equals(name)
                                                && grant.tenant().equals(tenant)));
    }

    private interface Use {
        boolean of(Grant grant);
    }

    private void refuseUsed(String what, Use use) {
        List<String> holders =
                users.all().stream()
                        .filter(user -> user.grants().stream().anyMatch(use::of))
                        .map(User::name)
                        .sorted()
                        .limit(5)
                        .toList();
        if (!holders.isEmpty()) {
            throw new AccessException(
                    Reason.CONFLICT,
                    "The "
                            + what
                            + " is granted to "
                            + String.join(", ", holders)
                            + "; take it from them first.");
        }
    }

    // Grants

    private Stream<Grant> grants() {
        return users.all().stream().flatMap(user -> user.grants().stream());
    }

    /** What is granted for groups of the tenant to which one of these tags belongs. */
    public List<Grant> grantsByTags(String tenant, Collection<String> tags) {
        Set<String> names =
                groups(tenant).stream()
                        .filter(group -> group.tags().stream().anyMatch(tags::contains))
                        .map(DeviceGroup::name)
                        .collect(Collectors.toSet());
        return grants().filter(
                        grant -> grant.tenant().equals(tenant) && names.contains(grant.group()))
                .distinct()
                .toList();
    }

    /** What is granted for a group. */
    public List<Grant> grantsOfGroup(String tenant, String name) {
        return grants().filter(grant -> grant.tenant().equals(tenant) && grant.group().equals(name))
                .distinct()
                .toList();
    }

    /**
     * Checks what a user of a tenant shall be granted.
     *
     * @throws AccessException when a role, tenant or group does not exist, or belongs to another
     *     tenant than the user
     */
    public List<Grant> checkedGrants(String tenant, Collection<Grant> grants) {
        checkTenant(tenant);
        if (grants.size() > MOST_GRANTS) {
            throw new AccessException(
                    Reason.INVALID, "A user has at most " + MOST_GRANTS + " grants; use groups.");
        }
        for (Grant grant : grants) {
            boolean everywhere = grant.tenant().equals(Grant.EVERY_TENANT);
            if (!tenant.equals(PROVIDER) && !grant.tenant().equals(tenant)) {
                throw new AccessException(
                        Reason.INVALID,
                        "A user of the tenant " + tenant + " can be granted devices of it alone.");
            }
            if (everywhere && !grant.group().equals(DeviceGroup.ALL)) {
                throw new AccessException(
                        Reason.INVALID,
                        "A group belongs to one tenant: name that tenant, or grant all groups.");
            }
            if (!everywhere) {
                checkTenant(grant.tenant());
            }
            if (role(everywhere ? PROVIDER : grant.tenant(), grant.role()).isEmpty()) {
                throw new AccessException(Reason.NOT_FOUND, noRole(grant.role()));
            }
            if (!grant.group().equals(DeviceGroup.ALL)
                    && groups.find(key(grant.tenant(), grant.group())).isEmpty()) {
                throw new AccessException(Reason.NOT_FOUND, noGroup(grant.group()));
            }
        }
        return List.copyOf(Set.copyOf(grants));
    }

    /** What grants add up to now. What does not exist any more grants nothing. */
    public List<Permission> permissions(Collection<Grant> grants) {
        List<Permission> permissions = new ArrayList<>();
        for (Grant grant : grants) {
            boolean everywhere = grant.tenant().equals(Grant.EVERY_TENANT);
            Role role = role(everywhere ? PROVIDER : grant.tenant(), grant.role()).orElse(null);
            Set<String> tags = tags(grant);
            if (role != null && tags != null) {
                permissions.add(new Permission(role, grant.tenant(), tags));
            }
        }
        return permissions;
    }

    private @Nullable Set<String> tags(Grant grant) {
        if (grant.group().equals(DeviceGroup.ALL)) {
            return Set.of();
        }
        return groups.find(key(grant.tenant(), grant.group()))
                .map(group -> Set.copyOf(group.tags()))
                .orElse(null);
    }

    /** The user as a caller, with what is granted now. */
    public Caller caller(User user, String means, Scope scope) {
        return new Caller(user.name(), user.tenant(), means, permissions(user.grants()), scope);
    }
}
