package org.outpost.amt.operation.version;

import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Which AMT it is (wsman.md sections 2.4 and 3). */
public final class VersionService {
    /** Whose instances the parts of the firmware are. */
    public static final String SOFTWARE = "CIM_SoftwareIdentity";

    /** Whose instance says how far the device is set up. */
    public static final String SETUP = "AMT_SetupAndConfigurationService";

    private final AmtCalls calls;

    /** Asks through these calls. */
    public VersionService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The parts of the firmware. */
    public CompletionStage<Firmware> firmware() {
        return calls.enumerate(SOFTWARE)
                .thenApply(
                        parts ->
                                new Firmware(
                                        parts.stream().map(VersionService::identity).toList()));
    }

    private static SoftwareIdentity identity(Element part) {
        return new SoftwareIdentity(
                part.textOr("InstanceID", ""),
                part.textOr("VersionString", ""),
                part.isTrue("IsEntity"));
    }

    /** How far it is set up. */
    public CompletionStage<SetupState> setup() {
        return calls.get(SETUP)
                .thenCombine(
                        Stages.ifSupported(calls.get("IPS_HostBasedSetupService")),
                        (setup, host) ->
                                new SetupState(
                                        setup.integer("ProvisioningMode"),
                                        setup.integer("ProvisioningState"),
                                        setup.isTrue("ZeroTouchConfigurationEnabled"),
                                        host.map(one -> one.integer("CurrentControlMode"))
                                                .orElse(OptionalInt.empty()),
                                        host.map(one -> one.integers("AllowedControlModes"))
                                                .orElse(List.of())));
    }

    /** The version by the HTTP header alone: the cheapest question there is. */
    public CompletionStage<Optional<AmtVersion>> identify() {
        return calls.call(new AmtCall.Identify())
                .thenApply(
                        answer ->
                                answer.attribute(AmtCall.Identify.SERVER)
                                        .flatMap(AmtVersion::ofServer));
    }
}
