package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceGroup;
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

/** Groups of devices, by tags, that roles are granted for. */
@RestController
@RequestMapping("/api/v1/groups")
public final class GroupController {
    private final AccessControl access;
    private final Authority authority;

    /** Manages these. */
    public GroupController(AccessControl access, Authority authority) {
        this.access = access;
        this.authority = authority;
    }

    /** A group to be made or changed. */
    record Wanted(@Nullable String name, @Nullable String tenant, @Nullable List<String> tags) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Listing<DeviceGroup> groups(
            @RequestParam(required = false) @Nullable String tenant, Caller caller) {
        String asked = tenant == null ? caller.tenant() : tenant;
        authority.overTenant(caller, asked);
        List<DeviceGroup> groups = access.groups(asked);
        return new Listing<>(groups, groups.size());
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    DeviceGroup addGroup(@RequestBody Wanted wanted, Caller caller) {
        return access.addGroup(group(wanted.name(), wanted, caller));
    }

    @PutMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    DeviceGroup changeGroup(@PathVariable String name, @RequestBody Wanted wanted, Caller caller) {
        DeviceGroup group = group(name, wanted, caller);
        // More devices for all who were granted the group: by the word of who may do it alone.
        authority.grants(caller, access.grantsOfGroup(group.tenant(), name));
        return access.changeGroup(group);
    }

    private DeviceGroup group(@Nullable String name, Wanted wanted, Caller caller) {
        String tenant = wanted.tenant() == null ? caller.tenant() : wanted.tenant();
        authority.overTenant(caller, tenant);
        if (name == null || wanted.tags() == null) {
            throw Answers.invalid(
                    Invalid.inBody(name == null ? "name" : "tags", "This is required"));
        }
        Answers.bounded("tags", wanted.tags(), 1000);
        ActionNote.target(name);
        ActionNote.tenant(tenant);
        return new DeviceGroup(name, tenant, wanted.tags());
    }

    @DeleteMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeGroup(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String tenant,
            Caller caller) {
        String asked = tenant == null ? caller.tenant() : tenant;
        authority.overTenant(caller, asked);
        access.removeGroup(asked, name);
    }
}
