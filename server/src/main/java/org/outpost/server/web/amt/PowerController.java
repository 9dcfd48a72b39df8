package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.boot.BootCapabilities;
import org.outpost.amt.operation.boot.BootOptions;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.boot.BootSourceSetting;
import org.outpost.amt.operation.boot.BootTarget;
import org.outpost.amt.operation.boot.OcrParameters;
import org.outpost.amt.operation.power.ConsoleAction;
import org.outpost.amt.operation.power.OsPowerSaving;
import org.outpost.amt.operation.power.PowerAction;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.operation.version.AmtVersion;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Power and what is booted. */
@RestController
@RequestMapping("/api/v1/amt/power")
final class PowerController {
    private static final int FIRST_WITH_GRACE = 10;

    private final AmtRequests devices;
    private final Function<UUID, DeviceTraits> traits;

    PowerController(AmtRequests devices, Function<UUID, DeviceTraits> traits) {
        this.devices = devices;
        this.traits = traits;
    }

    /** Numbers of CIM_AssociatedPowerManagementService and IPS_PowerManagementService. */
    record State(int powerstate, int OSPowerSavingState) {}

    /** What to do, by a number of Open DMT's. */
    record Action(
            @Nullable Integer action, @Nullable Boolean useSOL, @Nullable Details bootDetails) {}

    /** Where HTTPS boot finds its image. */
    record Details(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String bootPath,
            @Nullable Boolean enforceSecureBoot) {
        @Override
        public String toString() {
            return "Details";
        }
    }

    /** Something that can be booted. */
    record Source(
            String biosBootString,
            String bootString,
            String elementName,
            int failThroughSupported,
            String instanceID,
            String structuredBiosBootString) {
        static Source of(BootSourceSetting setting) {
            return new Source(
                    setting.biosBootString(),
                    setting.bootString(),
                    setting.elementName(),
                    2,
                    setting.source().instanceId(),
                    setting.structuredBootString());
        }
    }

    @GetMapping("/state/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    State powerState(@PathVariable String guid) {
        return devices.ask(guid, PowerController::state);
    }

    static CompletionStage<State> state(AmtCalls calls) {
        PowerService power = new PowerService(calls);
        return power.status()
                .thenCombine(
                        Missing.orElse(power.osPowerSaving(), OsPowerSaving.UNSUPPORTED),
                        (status, saving) -> new State(status.state().value(), saving.value()));
    }

    @GetMapping("/capabilities/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Integer> powerCapabilities(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new BootService(calls)
                                .capabilities()
                                .thenCombine(
                                        new VersionService(calls).firmware(),
                                        (boot, firmware) ->
                                                capabilities(boot, firmware.version())));
    }

    private static Map<String, Integer> capabilities(
            BootCapabilities boot, Optional<AmtVersion> version) {
        Map<String, Integer> names = new LinkedHashMap<>();
        names.put("Power up", 2);
        names.put("Power cycle", 5);
        names.put("Power down", 8);
        names.put("Reset", 10);
        if (version.filter(known -> known.atLeast(FIRST_WITH_GRACE, 0)).isPresent()) {
            names.put("Soft-off", 12);
            names.put("Soft-reset", 14);
            names.put("Sleep", 4);
            names.put("Hibernate", 7);
        }
        if (boot.allows("BIOSSetup")) {
            names.put("Power up to BIOS", 100);
            names.put("Reset to BIOS", 101);
        }
        if (boot.allows("SecureErase")) {
            names.put("Reset to Secure Erase", 104);
        }
        if (boot.httpsBoot()) {
            names.put("Reset to HTTPS boot", 105);
            names.put("Power on to HTTPS boot", 106);
        }
        if (boot.localPba()) {
            names.put("Reset to PBA", 107);
            names.put("Power on to PBA", 108);
        }
        if (boot.windowsRecovery()) {
            names.put("Reset to WinRE", 109);
            names.put("Power on to WinRE", 110);
        }
        names.put("Reset to IDE-R Floppy", 200);
        names.put("Power on to IDE-R Floppy", 201);
        names.put("Reset to IDE-R CDROM", 202);
        names.put("Power on to IDE-R CDROM", 203);
        if (boot.allows("ForceDiagnosticBoot")) {
            names.put("Power on to diagnostic", 300);
            names.put("Reset to diagnostic", 301);
        }
        names.put("Reset to PXE", 400);
        names.put("Power on to PXE", 401);
        return names;
    }

    @GetMapping("/bootSources/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Source> bootSources(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new BootService(calls)
                                .sources()
                                .thenApply(all -> all.stream().map(Source::of).toList()));
    }

    @PostMapping("/action/{guid}")
    @Needs(value = Verb.POWER, over = Needs.Over.DEVICE)
    Returned powerAction(@PathVariable String guid, @RequestBody Action wanted, Caller caller) {
        return act(guid, wanted, caller);
    }

    /** Boots something once. */
    @PostMapping("/bootOptions/{guid}")
    @Needs(value = Verb.POWER, over = Needs.Over.DEVICE)
    Returned bootOptions(@PathVariable String guid, @RequestBody Action wanted, Caller caller) {
        return act(guid, wanted, caller);
    }

    private Returned act(String guid, Action wanted, Caller caller) {
        Optional<ConsoleAction> action =
                Optional.ofNullable(wanted.action()).flatMap(ConsoleAction::of);
        new Checks().that(action.isPresent(), "action", Checks.INVALID).done();
        ConsoleAction known = action.orElseThrow();
        boolean erases = known.boot().filter(BootTarget.SECURE_ERASE::equals).isPresent();
        if (erases && !caller.may(Verb.ERASE, traits.apply(Answers.uuid("guid", guid)))) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "This erases the disks: it needs the right 'erase' for this device.");
        }
        Optional<BootOptions> boot = known.boot().map(target -> options(target, wanted));
        devices.<Element>ask(guid, calls -> carryOut(calls, known, boot));
        return Returned.SUCCESS;
    }

    private static CompletionStage<Element> carryOut(
            AmtCalls calls, ConsoleAction action, Optional<BootOptions> boot) {
        PowerService power = new PowerService(calls);
        if (action.osPowerSaving().isPresent()) {
            return power.requestOsPowerSaving(action.osPowerSaving().get());
        }
        PowerAction what = action.power().orElseThrow();
        return boot.isPresent()
                ? new BootService(calls).bootOnce(boot.get(), what)
                : power.request(what);
    }

    private static BootOptions options(BootTarget target, Action wanted) {
        boolean sol = Boolean.TRUE.equals(wanted.useSOL());
        Details details = wanted.bootDetails();
        if (target.equals(BootTarget.HTTPS_BOOT)) {
            return https(details).sol(sol);
        }
        BootOptions options = BootOptions.of(target).sol(sol);
        boolean erases = target.equals(BootTarget.SECURE_ERASE);
        return erases && details != null && details.password() != null
                ? options.erasing(details.password())
                : options;
    }

    private static BootOptions https(@Nullable Details details) {
        new Checks()
                .that(
                        details != null
                                && details.url() != null
                                && details.url().startsWith("https://"),
                        "bootDetails.url",
                        Checks.INVALID)
                .done();
        Details given = checked(details);
        try {
            OcrParameters parameters = OcrParameters.https(checked(given.url()));
            String user = given.username();
            String password = given.password();
            return BootOptions.https(
                    user == null || password == null
                            ? parameters
                            : parameters.signIn(user, password),
                    !Boolean.FALSE.equals(given.enforceSecureBoot()));
        } catch (IllegalArgumentException e) {
            new Checks().that(false, "bootDetails", String.valueOf(e.getMessage())).done();
            throw e;
        }
    }
}
