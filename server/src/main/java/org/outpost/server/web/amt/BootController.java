package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a device can boot, and remote platform erase. */
@RestController
@RequestMapping("/api/v1/amt")
final class BootController {
    private static final String CAPABILITIES = "AMT_BootCapabilities";

    private final AmtRequests devices;

    BootController(AmtRequests devices) {
        this.devices = devices;
    }

    /** Whether remote platform erase is on. */
    record Switch(@Nullable Boolean enabled) {}

    @GetMapping("/boot/capabilities/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Object> bootCapabilities(@PathVariable String guid) {
        return capabilities(guid);
    }

    @GetMapping("/boot/remoteErase/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Object> eraseCapabilities(@PathVariable String guid) {
        return capabilities(guid);
    }

    private Map<String, Object> capabilities(String guid) {
        return devices.ask(guid, calls -> calls.get(CAPABILITIES).thenApply(PlainTree::of));
    }

    /** Switches remote platform erase on or off; erases nothing. */
    @PostMapping("/boot/rpe/{guid}")
    @Needs(value = Verb.ERASE, over = Needs.Over.DEVICE)
    Status switchErase(@PathVariable String guid, @RequestBody Switch wanted) {
        new Checks().present(wanted.enabled(), "enabled").done();
        boolean on = Boolean.TRUE.equals(wanted.enabled());
        devices.ask(
                guid,
                calls -> {
                    BootService boot = new BootService(calls);
                    return boot.recovery()
                            .thenCompose(
                                    support ->
                                            supported(support.eraseCapabilities())
                                                    .thenCompose(
                                                            yes ->
                                                                    boot.enableRecovery(
                                                                            support.ocr(), on)));
                });
        return new Status("success");
    }

    private static CompletionStage<Boolean> supported(long capabilities) {
        return capabilities == 0
                ? CompletableFuture.failedStage(
                        Answers.problem(
                                HttpStatus.BAD_REQUEST,
                                "Device does not support Remote Platform Erase"))
                : CompletableFuture.completedStage(true);
    }
}
