package org.outpost.amt.operation.setup;

import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;

import java.util.concurrent.CompletionStage;

/** Takes a device out of management. */
public final class SetupService {
    private static final int FULL = 1;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public SetupService(AmtCalls calls) {
        this.calls = calls;
    }

    /**
     * Deactivates AMT. The device loses its settings and its network: no answer is no failure, and
     * it cannot be undone from here.
     */
    public CompletionStage<Confirmation> deactivate() {
        return Confirmation.unlessLost(
                calls.invoke(
                        Invocation.of(
                                        AmtClass.of("AMT_SetupAndConfigurationService"),
                                        "Unprovision")
                                .with("ProvisioningMode", FULL)));
    }
}
