package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.operation.certificate.TlsService;
import org.outpost.amt.operation.certificate.TlsSettings;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** TLS at the interfaces of AMT. */
@RestController
@RequestMapping("/api/v1/amt/tls")
final class TlsController {
    private final AmtRequests devices;

    TlsController(AmtRequests devices) {
        this.devices = devices;
    }

    /** One interface. */
    record Interface(
            String instanceID,
            boolean enabled,
            boolean mutualAuthentication,
            boolean acceptNonSecureConnections,
            List<String> trustedCN) {
        static Interface of(TlsSettings read) {
            return new Interface(
                    read.instanceId(),
                    read.enabled(),
                    read.mutual(),
                    read.acceptPlain(),
                    read.trustedNames());
        }
    }

    /** What shall count for an interface; what is left out stays. */
    record Wanted(
            @Nullable String instanceID,
            @Nullable Boolean enabled,
            @Nullable Boolean mutualAuthentication,
            @Nullable Boolean acceptNonSecureConnections,
            @Nullable List<String> trustedCN) {
        TlsSettings over(TlsSettings now) {
            return new TlsSettings(
                    now.instanceId(),
                    enabled == null ? now.enabled() : enabled,
                    mutualAuthentication == null ? now.mutual() : mutualAuthentication,
                    acceptNonSecureConnections == null
                            ? now.acceptPlain()
                            : acceptNonSecureConnections,
                    trustedCN == null ? now.trustedNames() : trustedCN);
        }
    }

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Interface> tlsSettings(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new TlsService(calls)
                                .settings()
                                .thenApply(all -> all.stream().map(Interface::of).toList()));
    }

    /** Changes an interface and commits, by which AMT closes its connections. */
    @PatchMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status changeTls(@PathVariable String guid, @RequestBody Wanted wanted) {
        List<String> names = wanted.trustedCN();
        new Checks()
                .text(wanted.instanceID(), "instanceID", 64)
                .that(
                        names == null
                                || (names.size() <= 4
                                        && names.stream()
                                                .allMatch(
                                                        name ->
                                                                name != null
                                                                        && !name.isBlank()
                                                                        && name.length() <= 64)),
                        "trustedCN",
                        Checks.INVALID)
                .done();
        return Status.of(devices.ask(guid, calls -> change(new TlsService(calls), wanted)));
    }

    private static CompletionStage<Confirmation> change(TlsService service, Wanted wanted) {
        return service.settings()
                .thenCompose(
                        all ->
                                service.change(
                                        wanted.over(
                                                all.stream()
                                                        .filter(
                                                                one ->
                                                                        one.instanceId()
                                                                                .equals(
                                                                                        wanted
                                                                                                .instanceID()))
                                                        .findFirst()
                                                        .orElseThrow(TlsController::noInterface))))
                .thenCompose(changed -> service.commit());
    }

    private static RuntimeException noInterface() {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "The device has no such interface; list them with GET at this address.");
    }
}
