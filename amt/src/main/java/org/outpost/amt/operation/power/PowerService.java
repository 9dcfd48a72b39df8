package org.outpost.amt.operation.power;

import org.outpost.amt.operation.ComputerSystems;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.concurrent.CompletionStage;

/**
 * Power state and actions (wsman.md section 5). A power action is sent once: when its answer is
 * lost the failure says that it may have been done.
 */
public final class PowerService {
    private static final AmtClass SERVICE = AmtClass.of("CIM_PowerManagementService");
    private static final AmtClass SAVING = AmtClass.of("IPS_PowerManagementService");

    private final AmtCalls calls;

    /** Asks through these calls. */
    public PowerService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The present state. */
    public CompletionStage<PowerStatus> status() {
        return calls.get("CIM_AssociatedPowerManagementService")
                .thenApply(
                        read ->
                                new PowerStatus(
                                        new PowerState(read.integer("PowerState").orElse(0)),
                                        read.integers("AvailableRequestedPowerStates")));
    }

    /** What the power management can do, as the device tells it. */
    public CompletionStage<PowerCapabilities> capabilities() {
        return calls.get("CIM_PowerManagementCapabilities")
                .thenApply(
                        read ->
                                new PowerCapabilities(
                                        read.integers("PowerStatesSupported"),
                                        read.integers("RequestedPowerStatesSupported"),
                                        read.integers("PowerChangeCapabilities")));
    }

    /**
     * Asks for a change of power.
     *
     * @param action what to do
     */
    public CompletionStage<Element> request(PowerAction action) {
        return calls.invoke(
                Invocation.of(SERVICE, "RequestPowerStateChange")
                        .with("PowerState", action.value())
                        .with("ManagedElement", ComputerSystems.HOST));
    }

    /** The power saving of the operating system. */
    public CompletionStage<OsPowerSaving> osPowerSaving() {
        return calls.get(SAVING.name())
                .thenApply(read -> OsPowerSaving.of(read.integer("OSPowerSavingState").orElse(0)));
    }

    /**
     * Asks the operating system for another power saving.
     *
     * @param saving full power or saving
     */
    public CompletionStage<Element> requestOsPowerSaving(OsPowerSaving saving) {
        if (saving != OsPowerSaving.FULL_POWER && saving != OsPowerSaving.SAVING) {
            throw new IllegalArgumentException("only full power and saving can be asked for");
        }
        return calls.invoke(
                Invocation.of(SAVING, "RequestOSPowerSavingStateChange")
                        .with("OSPowerSavingState", saving.value())
                        .with("ManagedElement", ComputerSystems.HOST));
    }
}
