package org.outpost.access.right;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A named set of rights.
 *
 * @param name lower case letters, digits and dashes
 * @param tenant whose role it is; empty for one that all tenants may use
 * @param description for people; may be empty
 * @param rights as they are written, sorted
 * @param recorded whether the text consoles of those who have it are recorded
 */
public record Role(
        String name, String tenant, String description, List<String> rights, boolean recorded) {
    /** What comes with Outpost; these cannot be changed, and record nobody. */
    public static final List<Role> BUILT_IN =
            List.of(
                    of("viewer", "Looks at devices", Set.of(Verb.VIEW)),
                    of(
                            "helpdesk",
                            "Repairs devices: power, screen, keyboard, drives",
                            Set.of(Verb.VIEW, Verb.POWER, Verb.REDIRECT)),
                    of(
                            "engineer",
                            "Repairs devices and changes their settings",
                            Set.of(Verb.VIEW, Verb.POWER, Verb.REDIRECT, Verb.CONFIGURE)),
                    of(
                            "console",
                            "Reaches devices through the HTTP proxy and SOCKS",
                            Set.of(new TunnelRight(TunnelRight.ANY))),
                    of(
                            "administrator",
                            "May do everything",
                            Set.of(
                                    Verb.VIEW,
                                    Verb.POWER,
                                    Verb.REDIRECT,
                                    Verb.CONFIGURE,
                                    Verb.ERASE,
                                    Verb.ADMIN,
                                    new TunnelRight(TunnelRight.ANY))));

    /** Keeps the rights sorted, and refuses what is none. */
    public Role {
        rights =
                List.copyOf(
                        new TreeSet<>(
                                rights.stream().map(text -> Right.parse(text).text()).toList()));
    }

    /** One whose users are not recorded. */
    public Role(String name, String tenant, String description, List<String> rights) {
        this(name, tenant, description, rights, false);
    }

    private static Role of(String name, String description, Collection<Right> rights) {
        return new Role(name, "", description, rights.stream().map(Right::text).toList());
    }

    /** Whether it comes with Outpost. */
    public boolean isBuiltIn() {
        return BUILT_IN.contains(this);
    }

    /** Whether it has the right. */
    boolean allows(Right asked) {
        return rights.stream().anyMatch(text -> Right.parse(text).covers(asked));
    }
}
