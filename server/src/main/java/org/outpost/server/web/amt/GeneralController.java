package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.operation.general.GeneralSettingsService;
import org.outpost.amt.operation.setup.SetupService;
import org.outpost.amt.operation.time.TimeService;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Version, general settings, the clock, and the end of management. */
@RestController
@RequestMapping("/api/v1/amt")
final class GeneralController {
    private final AmtRequests devices;

    GeneralController(AmtRequests devices) {
        this.devices = devices;
    }

    /** Instances of a class, as Open DMT's MPS wraps them. */
    record Instances(List<Map<String, Object>> responses, int status) {}

    /** The only instance of a class, as Open DMT's MPS wraps it. */
    record Single(Map<String, Object> response, Answer responses, int status) {}

    /** An answer's header and body. */
    record Answer(Map<String, Object> Header, Map<String, Object> Body) {}

    /** What firmware it is, and how it is set up. */
    record Version(Instances CIM_SoftwareIdentity, Single AMT_SetupAndConfigurationService) {}

    /** The device's clock. */
    record Time(Instant time) {}

    /** How far the device's clock was off. */
    record Synchronized(String status, double correctedSeconds) {}

    /** Names of the device. */
    record Names(@Nullable String hostName, @Nullable String domainName) {}

    @GetMapping("/version/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Version amtVersion(@PathVariable String guid) {
        return devices.ask(guid, GeneralController::version);
    }

    static CompletionStage<Version> version(AmtCalls calls) {
        return calls.enumerate(VersionService.SOFTWARE)
                .thenCombine(
                        calls.get(VersionService.SETUP),
                        (software, setup) -> {
                            Map<String, Object> tree = PlainTree.of(setup);
                            return new Version(
                                    new Instances(
                                            software.stream()
                                                    .map(GeneralController::texts)
                                                    .toList(),
                                            200),
                                    new Single(tree, new Answer(Map.of(), tree), 200));
                        });
    }

    /** Versions stay texts, even where they are a number. */
    private static Map<String, Object> texts(Element identity) {
        Map<String, Object> tree = PlainTree.of(identity);
        identity.text("VersionString").ifPresent(text -> tree.put("VersionString", text));
        return tree;
    }

    @GetMapping("/generalSettings/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Answer generalSettings(@PathVariable String guid) {
        return devices.ask(guid, GeneralController::general);
    }

    static CompletionStage<Answer> general(AmtCalls calls) {
        return calls.get(GeneralSettingsService.SETTINGS)
                .thenApply(read -> new Answer(Map.of(), PlainTree.of(read)));
    }

    /** Gives the device another name; only for devices that do not share the host's. */
    @PatchMapping("/generalSettings/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Answer renameDevice(@PathVariable String guid, @RequestBody Names wanted) {
        new Checks()
                .text(wanted.hostName(), "hostName", 63)
                .that(
                        wanted.domainName() != null && wanted.domainName().length() <= 192,
                        "domainName",
                        Checks.INVALID)
                .done();
        return devices.ask(
                guid,
                calls ->
                        new GeneralSettingsService(calls)
                                .rename(checked(wanted.hostName()), checked(wanted.domainName()))
                                .thenCompose(done -> general(calls)));
    }

    @GetMapping("/time/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Time deviceTime(@PathVariable String guid) {
        return new Time(devices.ask(guid, calls -> service(calls).read()));
    }

    /** Sets the device's clock by the server's. */
    @PostMapping("/time/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Synchronized synchronizeTime(@PathVariable String guid) {
        Duration off = devices.ask(guid, calls -> service(calls).synchronize());
        return new Synchronized("SUCCESS", off.toMillis() / 1000.0);
    }

    private static TimeService service(AmtCalls calls) {
        return new TimeService(calls, InstantSource.system());
    }

    /** Takes the device out of management. It loses its settings, and cannot call in any more. */
    @DeleteMapping("/deactivate/{guid}")
    @Needs(value = Verb.ERASE, over = Needs.Over.DEVICE)
    Status deactivateDevice(@PathVariable String guid) {
        return Status.of(devices.ask(guid, calls -> new SetupService(calls).deactivate()));
    }
}
