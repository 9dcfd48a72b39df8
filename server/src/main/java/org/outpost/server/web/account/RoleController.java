package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Role;
import org.outpost.access.right.Verb;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Roles of a tenant; those of the provider are everybody's to use. */
@RestController
@RequestMapping("/api/v1/roles")
public final class RoleController {
    private final AccessControl access;
    private final Authority authority;

    /** Manages these. */
    public RoleController(AccessControl access, Authority authority) {
        this.access = access;
        this.authority = authority;
    }

    /**
     * A role.
     *
     * @param recorded whether the text consoles of those who have it are recorded
     */
    record View(
            String name,
            String tenant,
            String description,
            List<String> rights,
            boolean recorded,
            boolean builtIn) {
        static View of(Role role) {
            return new View(
                    role.name(),
                    role.tenant(),
                    role.description(),
                    role.rights(),
                    role.recorded(),
                    role.isBuiltIn());
        }
    }

    /**
     * A role to be made or changed.
     *
     * @param recorded left out: false of a new role; of a changed one as it was, so that nobody who
     *     changes something else ends the recording
     */
    record Wanted(
            @Nullable String name,
            @Nullable String tenant,
            @Nullable String description,
            @Nullable List<String> rights,
            @Nullable Boolean recorded) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Listing<View> roles(@RequestParam(required = false) @Nullable String tenant, Caller caller) {
        String asked = tenant == null ? caller.tenant() : tenant;
        authority.overTenant(caller, asked);
        List<View> roles = access.roles(asked).stream().map(View::of).toList();
        return new Listing<>(roles, roles.size());
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    View addRole(@RequestBody Wanted wanted, Caller caller) {
        return View.of(access.addRole(role(wanted.name(), wanted, false, caller)));
    }

    @PutMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    View changeRole(@PathVariable String name, @RequestBody Wanted wanted, Caller caller) {
        String tenant = wanted.tenant() == null ? caller.tenant() : wanted.tenant();
        boolean recorded =
                access.role(tenant, name)
                        .filter(former -> former.tenant().equals(tenant))
                        .map(Role::recorded)
                        .orElse(false);
        Role role = role(name, wanted, recorded, caller);
        // What it allows already, it may go on to allow only by the word of who may do it.
        access.role(role.tenant(), name)
                .ifPresent(former -> authority.rights(caller, former, reach(role.tenant())));
        return View.of(access.changeRole(role));
    }

    private Role role(
            @Nullable String name, Wanted wanted, boolean formerlyRecorded, Caller caller) {
        String tenant = wanted.tenant() == null ? caller.tenant() : wanted.tenant();
        authority.overTenant(caller, tenant);
        if (name == null || wanted.rights() == null) {
            throw Answers.invalid(
                    Invalid.inBody(name == null ? "name" : "rights", "This is required"));
        }
        Answers.bounded("rights", wanted.rights(), 1000);
        ActionNote.target(name);
        ActionNote.tenant(tenant);
        boolean recorded = wanted.recorded() == null ? formerlyRecorded : wanted.recorded();
        ActionNote.detail("recorded", Boolean.toString(recorded));
        Role role;
        try {
            role =
                    new Role(
                            name,
                            tenant,
                            wanted.description() == null ? "" : wanted.description(),
                            wanted.rights(),
                            recorded);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("rights", String.valueOf(e.getMessage())));
        }
        authority.rights(caller, role, reach(tenant));
        return role;
    }

    /** A role of the provider may be granted anywhere. */
    private static String reach(String tenant) {
        return tenant.equals(AccessControl.PROVIDER) ? Grant.EVERY_TENANT : tenant;
    }

    @DeleteMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeRole(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String tenant,
            Caller caller) {
        String asked = tenant == null ? caller.tenant() : tenant;
        authority.overTenant(caller, asked);
        access.removeRole(asked, name);
    }
}
