package org.outpost.amt.operation.boot;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.Stages;
import org.outpost.amt.operation.power.PowerAction;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Boots a device once from something else, with the calls in the order of wsman.md section 6. */
public final class BootService {
    /** Whose instance holds the options. */
    public static final String SETTINGS = "AMT_BootSettingData";

    private static final AmtClass CONFIG = AmtClass.of("CIM_BootConfigSetting");
    private static final AmtClass SERVICE = AmtClass.of("CIM_BootService");
    private static final String SOURCES = "CIM_BootSourceSetting";
    private static final EndpointReference CONFIGURATION =
            EndpointReference.of(
                    CONFIG, Selectors.of("InstanceID", "Intel(r) AMT: Boot Configuration 0"));
    private static final int NEXT_SINGLE_USE = 1;
    private static final int NOT_NEXT = 32768;
    private static final int RECOVERY_OFF = 32768;
    private static final int RECOVERY_ON = 32769;
    private static final int ERASE_ON = 32770;
    private static final int BOTH_ON = 32771;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public BootService(AmtCalls calls) {
        this.calls = calls;
    }

    /** What may be asked for. */
    public CompletionStage<BootCapabilities> capabilities() {
        return calls.get("AMT_BootCapabilities").thenApply(BootCapabilities::of);
    }

    /** The present options, as the device tells them. */
    public CompletionStage<Element> settings() {
        return calls.get(SETTINGS);
    }

    /** The sources that the device offers. */
    public CompletionStage<List<BootSourceSetting>> sources() {
        return calls.enumerate(SOURCES)
                .thenApply(list -> list.stream().map(BootService::source).toList());
    }

    private static BootSourceSetting source(Element read) {
        return new BootSourceSetting(
                new BootSource(read.textOr("InstanceID", "")),
                read.textOr("StructuredBootString", ""),
                read.textOr("BIOSBootString", ""),
                read.textOr("BootString", ""),
                read.textOr("ElementName", ""));
    }

    /**
     * Sets the options and asks for the power action. When something fails before the power action
     * nothing has changed for the user: the options count for one boot, and are cleared first by
     * whoever comes next.
     *
     * @param options how the boot shall go
     * @param power POWER_ON, RESET or POWER_CYCLE
     */
    public CompletionStage<Element> bootOnce(BootOptions options, PowerAction power) {
        if (power != PowerAction.POWER_ON
                && power != PowerAction.RESET
                && power != PowerAction.POWER_CYCLE) {
            throw new IllegalArgumentException(
                    "a boot begins with power on, reset or power cycle, not " + power);
        }
        return sourceFor(options)
                .thenCompose(
                        source ->
                                clear().thenCompose(
                                                cleared ->
                                                        calls.update(
                                                                SETTINGS,
                                                                read ->
                                                                        BootSettings.edit(
                                                                                read, options)))
                                        .thenCompose(put -> role(NEXT_SINGLE_USE))
                                        .thenCompose(set -> order(source)))
                .thenCompose(ordered -> new PowerService(calls).request(power));
    }

    /** Takes back what was set for the next boot. */
    public CompletionStage<Element> cancel() {
        return clear().thenCompose(cleared -> calls.update(SETTINGS, BootSettings::clear))
                .thenCompose(put -> role(NOT_NEXT));
    }

    private CompletionStage<Optional<BootSource>> sourceFor(BootOptions options) {
        return switch (options.target().orElse(null)) {
            case null -> CompletableFuture.completedStage(Optional.empty());
            case BootTarget.Named named ->
                    CompletableFuture.completedStage(Optional.of(named.source()));
            case BootTarget.Simple simple ->
                    switch (simple.kind()) {
                        case HTTPS_BOOT ->
                                CompletableFuture.completedStage(Optional.of(BootSource.HTTPS));
                        case WINDOWS_RECOVERY ->
                                find("Windows recovery", BootSourceSetting::windowsRecovery);
                        case LOCAL_PBA ->
                                find("a pre-boot application", BootSourceSetting::localPba);
                        // UseIDER, BIOSSetup and SecureErase decide, and no source is set.
                        case BIOS_SETUP, SECURE_ERASE, IDER_FLOPPY, IDER_CD ->
                                CompletableFuture.completedStage(Optional.empty());
                    };
        };
    }

    private CompletionStage<Optional<BootSource>> find(
            String what, Predicate<BootSourceSetting> wanted) {
        return sources()
                .thenApply(
                        list ->
                                Optional.of(
                                        list.stream()
                                                .filter(wanted)
                                                .findFirst()
                                                .map(BootSourceSetting::source)
                                                .orElseThrow(
                                                        () ->
                                                                new AmtException(
                                                                        new AmtFailure.Unsupported(
                                                                                "booting "
                                                                                        + what)))));
    }

    private CompletionStage<Element> clear() {
        return calls.invoke(Invocation.of(CONFIG, "ChangeBootOrder"));
    }

    private CompletionStage<Element> role(int role) {
        return calls.invoke(
                Invocation.of(SERVICE, "SetBootConfigRole")
                        .with("BootConfigSetting", CONFIGURATION)
                        .with("Role", role));
    }

    private CompletionStage<Element> order(Optional<BootSource> source) {
        Invocation change = Invocation.of(CONFIG, "ChangeBootOrder");
        return source.map(
                        known ->
                                calls.invoke(
                                        change.with(
                                                "Source",
                                                EndpointReference.of(
                                                        AmtClass.of(SOURCES),
                                                        Selectors.of(
                                                                "InstanceID",
                                                                known.instanceId())))))
                .orElseGet(() -> calls.invoke(change));
    }

    /** What of one-click recovery is there; everything is false where AMT is older. */
    public CompletionStage<RecoverySupport> recovery() {
        CompletionStage<Optional<Element>> service = Stages.ifSupported(calls.get(SERVICE.name()));
        CompletionStage<List<BootSourceSetting>> sources = Stages.listIfSupported(sources());
        return capabilities()
                .thenCombine(settings(), RecoveryReading::new)
                .thenCombine(sources, RecoveryReading::sources)
                .thenCombine(service, RecoveryReading::read);
    }

    /**
     * Switches one-click recovery and remote platform erase on or off in the BIOS.
     *
     * @param recovery whether one-click recovery is on
     * @param erase whether remote platform erase is on
     */
    public CompletionStage<Element> enableRecovery(boolean recovery, boolean erase) {
        int both = erase ? BOTH_ON : RECOVERY_ON;
        int none = erase ? ERASE_ON : RECOVERY_OFF;
        return calls.invoke(
                Invocation.of(SERVICE, "RequestStateChange")
                        .with("RequestedState", recovery ? both : none));
    }
}
