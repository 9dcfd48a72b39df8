package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.redirection.Display;
import org.outpost.amt.operation.redirection.KvmService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Displays that KVM shows. */
@RestController
@RequestMapping("/api/v1/amt/kvm")
final class KvmController {
    private final AmtRequests devices;

    KvmController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A display. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Shown(
            int displayIndex,
            boolean isActive,
            int upperLeftX,
            int upperLeftY,
            int resolutionX,
            int resolutionY,
            String role,
            boolean isDefault) {
        static Shown of(Display display) {
            return new Shown(
                    display.displayIndex(),
                    display.active(),
                    display.upperLeftX(),
                    display.upperLeftY(),
                    display.resolutionX(),
                    display.resolutionY(),
                    display.role(),
                    display.isDefault());
        }
    }

    /** All of them. */
    record Displays(List<Shown> displays) {}

    /** Which one to show first. */
    record Wanted(@Nullable Integer displayIndex) {}

    @GetMapping("/displays/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Displays kvmDisplays(@PathVariable String guid) {
        return devices.ask(guid, KvmController::displays);
    }

    private static CompletionStage<Displays> displays(AmtCalls calls) {
        return new KvmService(calls)
                .displays()
                .thenApply(all -> new Displays(all.stream().map(Shown::of).toList()));
    }

    @PutMapping("/displays/{guid}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    Displays chooseDisplay(@PathVariable String guid, @RequestBody Wanted wanted) {
        new Checks().number(wanted.displayIndex(), "displayIndex", 0, 3).done();
        return devices.ask(
                guid,
                calls ->
                        new KvmService(calls)
                                .defaultScreen(checked(wanted.displayIndex()))
                                .thenCompose(set -> displays(calls)));
    }
}
