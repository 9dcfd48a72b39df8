package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.Names;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Verb;
import org.outpost.access.token.Tokens;
import org.outpost.access.user.User;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;

/** Users, for those who administer their tenant. */
@RestController
@RequestMapping("/api/v1/users")
public final class UserController {
    private final AccessControl access;
    private final Tokens tokens;
    private final Authority authority;
    private final FirstAdmin firstAdmin;

    /** Manages these users; what they hold ends with them. */
    public UserController(
            AccessControl access, Tokens tokens, Authority authority, FirstAdmin firstAdmin) {
        this.access = access;
        this.tokens = tokens;
        this.authority = authority;
        this.firstAdmin = firstAdmin;
    }

    record View(
            String name,
            String tenant,
            boolean enabled,
            boolean hasPassword,
            boolean passwordIsInitial,
            List<GrantView> grants,
            Instant created) {
        static View of(User user) {
            return new View(
                    user.name(),
                    user.tenant(),
                    user.enabled(),
                    user.hash() != null,
                    user.passwordIsInitial(),
                    GrantView.of(user.grants()),
                    user.created());
        }
    }

    /**
     * A user to be made.
     *
     * @param tenant left out for the tenant of whoever makes the user
     * @param password left out for who signs in by a directory, or by tokens
     */
    record Wanted(
            @Nullable String name,
            @Nullable String tenant,
            @Nullable String password,
            @Nullable List<GrantView> grants) {
        @Override
        public String toString() {
            return "Wanted[" + name + "]";
        }
    }

    /** What is to be changed; what is left out stays. */
    record Change(
            @Nullable Boolean enabled,
            @Nullable String password,
            @Nullable List<GrantView> grants) {
        @Override
        public String toString() {
            return "Change";
        }
    }

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Listing<View> users(@RequestParam(required = false) @Nullable String tenant, Caller caller) {
        List<View> users =
                access.users().all().stream()
                        .filter(user -> tenant == null || user.tenant().equals(tenant))
                        .filter(user -> authority.knows(caller, user))
                        .map(View::of)
                        .toList();
        return new Listing<>(users, users.size());
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    View addUser(@RequestBody Wanted wanted, Caller caller) {
        String name = wanted.name();
        if (name == null) {
            throw Answers.invalid(Invalid.inBody("name", "A name is required"));
        }
        ActionNote.target(name);
        String tenant = wanted.tenant() == null ? caller.tenant() : wanted.tenant();
        authority.overTenant(caller, tenant);
        List<Grant> grants = grants(caller, tenant, wanted.grants());
        ActionNote.tenant(tenant);
        ActionNote.detail("grants", GrantView.text(grants));
        tokens.revokeAll(Names.key(name));
        return View.of(access.users().add(name, tenant, wanted.password(), true, grants));
    }

    private List<Grant> grants(Caller caller, String tenant, @Nullable List<GrantView> wanted) {
        if (wanted == null) {
            return access.checkedGrants(tenant, List.of());
        }
        Answers.bounded("grants", wanted, 1000);
        List<Grant> grants =
                access.checkedGrants(
                        tenant, wanted.stream().map(grant -> grant.in(tenant)).toList());
        authority.grants(caller, grants);
        return grants;
    }

    @GetMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    View user(@PathVariable String name, Caller caller) {
        return access.users()
                .find(name)
                .filter(user -> authority.knows(caller, user))
                .map(View::of)
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND, "There is no user " + name + "."));
    }

    @PatchMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    View changeUser(@PathVariable String name, @RequestBody Change change, Caller caller) {
        User user = authority.managed(caller, name);
        ActionNote.tenant(user.tenant());
        List<Grant> grants =
                change.grants() == null ? null : grants(caller, user.tenant(), change.grants());
        User changed = access.users().change(name, grants, change.password(), change.enabled());
        if (grants != null) {
            ActionNote.detail("grants", GrantView.text(grants));
        }
        if (change.enabled() != null) {
            ActionNote.detail("enabled", change.enabled().toString());
        }
        if (change.password() != null) {
            ActionNote.detail("password", "set");
            tokens.endSessions(changed.key(), null);
            firstAdmin.changed(changed.name());
        }
        return View.of(changed);
    }

    @DeleteMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeUser(@PathVariable String name, Caller caller) {
        User user = authority.managed(caller, name);
        ActionNote.tenant(user.tenant());
        // Tokens first: what is left of them must not stand for the next user of that name.
        access.users().setEnabled(name, false);
        tokens.revokeAll(user.key());
        access.users().remove(name);
        firstAdmin.changed(user.name());
    }

    @GetMapping("/{name}/tokens")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Listing<TokenView> tokensOf(@PathVariable String name, Caller caller) {
        User user = authority.managed(caller, name);
        List<TokenView> held =
                tokens.of(user.key()).stream().map(token -> TokenView.of(token, tokens)).toList();
        return new Listing<>(held, held.size());
    }

    /** Makes an API token for a program that signs in as this user. */
    @PostMapping("/{name}/tokens")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    TokenController.Made makeTokenFor(
            @PathVariable String name,
            @RequestBody TokenController.Wanted wanted,
            SignedIn signedIn) {
        User user = authority.managed(signedIn.caller(), name);
        ActionNote.tenant(user.tenant());
        return TokenController.make(tokens, user, wanted, signedIn);
    }

    @DeleteMapping("/{name}/tokens/{id}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeTokenOf(@PathVariable String name, @PathVariable String id, Caller caller) {
        TokenView.revoke(tokens, authority.managed(caller, name).key(), id);
    }
}
