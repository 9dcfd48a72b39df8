package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.boot.RecoverySupport;
import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.amt.operation.consent.ConsentState;
import org.outpost.amt.operation.redirection.RedirectionFeatures;
import org.outpost.amt.operation.redirection.RedirectionService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Which features of redirection and recovery are on. */
@RestController
@RequestMapping("/api/v1/amt/features")
final class FeaturesController {
    private final AmtRequests devices;

    FeaturesController(AmtRequests devices) {
        this.devices = devices;
    }

    /** The features, named as in Open DMT's MPS. */
    record Features(
            String userConsent,
            boolean redirection,
            boolean KVM,
            boolean SOL,
            boolean IDER,
            int optInState,
            boolean kvmAvailable,
            boolean ocr,
            boolean httpsBootSupported,
            boolean winREBootSupported,
            boolean localPBABootSupported,
            boolean remoteErase,
            boolean remoteEraseEnabled,
            boolean remoteEraseSupported,
            long platformEraseCaps) {}

    /** What shall be on. */
    record Wanted(
            @Nullable String userConsent,
            @Nullable Boolean enableSOL,
            @Nullable Boolean enableIDER,
            @Nullable Boolean enableKVM,
            @Nullable Boolean ocr,
            @Nullable Boolean enablePlatformErase) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Features amtFeatures(@PathVariable String guid) {
        return devices.ask(guid, FeaturesController::read);
    }

    static CompletionStage<Features> read(AmtCalls calls) {
        return new RedirectionService(calls)
                .features()
                .thenCombine(new ConsentService(calls).state(), Redirection::new)
                .thenCombine(
                        Missing.orElse(
                                new BootService(calls).recovery(),
                                new RecoverySupport(false, false, false, false, false, 0)),
                        FeaturesController::features);
    }

    private record Redirection(RedirectionFeatures features, ConsentState consent) {}

    private static Features features(Redirection read, RecoverySupport recovery) {
        RedirectionFeatures on = read.features();
        return new Features(
                read.consent().required().text(),
                on.listener(),
                on.kvm(),
                on.sol(),
                on.ider(),
                read.consent().state(),
                on.kvmAvailable(),
                recovery.ocr(),
                recovery.httpsBoot(),
                recovery.windowsRecovery(),
                recovery.localPba(),
                recovery.remoteErase(),
                recovery.remoteErase(),
                recovery.eraseCapabilities() != 0,
                recovery.eraseCapabilities());
    }

    /** Answers with the features as they are then; Open DMT's MPS has a sentence in their place. */
    @PostMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Map<String, Object> setAmtFeatures(@PathVariable String guid, @RequestBody Wanted wanted) {
        Optional<ConsentState.Required> consent = consent(wanted.userConsent());
        new Checks()
                .that(consent.isPresent(), "userConsent", Checks.INVALID)
                .present(wanted.enableSOL(), "enableSOL")
                .present(wanted.enableIDER(), "enableIDER")
                .present(wanted.enableKVM(), "enableKVM")
                .done();
        devices.ask(guid, calls -> change(calls, wanted, consent.orElseThrow()));
        return Map.of("status", "AMT Features updated");
    }

    private static Optional<ConsentState.Required> consent(@Nullable String text) {
        return Stream.of(ConsentState.Required.values())
                .filter(required -> required.text().equalsIgnoreCase(text))
                .findFirst();
    }

    private static CompletionStage<Boolean> change(
            AmtCalls calls, Wanted wanted, ConsentState.Required consent) {
        RedirectionService redirection = new RedirectionService(calls);
        ConsentService consents = new ConsentService(calls);
        boolean sol = checked(wanted.enableSOL());
        boolean ider = checked(wanted.enableIDER());
        boolean kvm = checked(wanted.enableKVM());
        return redirection
                .features()
                .thenCompose(
                        now ->
                                now.sol() == sol && now.ider() == ider && now.kvm() == kvm
                                        ? CompletableFuture.completedStage(now)
                                        : redirection.set(sol, ider, kvm))
                .thenCompose(set -> consents.state())
                .thenCompose(
                        now ->
                                now.required() == consent
                                        ? CompletableFuture.completedStage(now)
                                        : consents.require(consent))
                .thenCompose(required -> recovery(calls, wanted));
    }

    private static CompletionStage<Boolean> recovery(AmtCalls calls, Wanted wanted) {
        if (wanted.ocr() == null && wanted.enablePlatformErase() == null) {
            return CompletableFuture.completedStage(false);
        }
        BootService boot = new BootService(calls);
        return Missing.orElse(
                boot.recovery()
                        .thenCompose(
                                now -> {
                                    Boolean ocr = wanted.ocr();
                                    Boolean erase = wanted.enablePlatformErase();
                                    return boot.enableRecovery(
                                            ocr == null ? now.ocr() : ocr,
                                            now.eraseCapabilities() != 0
                                                    && (erase == null ? now.remoteErase() : erase));
                                })
                        .thenApply(done -> true),
                false);
    }
}
