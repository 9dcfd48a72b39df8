package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.right.Verb;
import org.outpost.access.tenant.Tenant;
import org.outpost.inventory.label.DeviceLabels;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Tenants, for who runs the server. */
@RestController
@RequestMapping("/api/v1/tenants")
public final class TenantController {
    private final AccessControl access;
    private final DeviceLabels devices;

    /** Manages these; a tenant that has devices stays. */
    public TenantController(AccessControl access, DeviceLabels devices) {
        this.access = access;
        this.devices = devices;
    }

    /** A tenant to be made. */
    record Wanted(@Nullable String name, @Nullable String description) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Listing<Tenant> tenants() {
        List<Tenant> tenants = access.tenants();
        return new Listing<>(tenants, tenants.size());
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.CREATED)
    Tenant addTenant(@RequestBody Wanted wanted) {
        if (wanted.name() == null) {
            throw Answers.invalid(Invalid.inBody("name", "A name is required"));
        }
        ActionNote.target(wanted.name());
        return access.addTenant(
                wanted.name(), wanted.description() == null ? "" : wanted.description());
    }

    @DeleteMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeTenant(@PathVariable String name) {
        if (devices.all().stream().anyMatch(label -> label.tenant().equals(name))) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "The tenant " + name + " has devices; give them to another first.");
        }
        access.removeTenant(name);
    }
}
