package org.outpost.amt.operation.general;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Names, identity and general settings (wsman.md section 3). */
public final class GeneralSettingsService {
    /** Whose instance holds the settings. */
    public static final String SETTINGS = "AMT_GeneralSettings";

    private static final Invocation GET_UUID =
            Invocation.reading(AmtClass.of("AMT_SetupAndConfigurationService"), "GetUuid");

    private final AmtCalls calls;

    /** Asks through these calls. */
    public GeneralSettingsService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The settings. */
    public CompletionStage<GeneralSettings> settings() {
        return calls.get(SETTINGS).thenApply(GeneralSettings::of);
    }

    /**
     * Changes settings: what is read is edited and put back whole, as AMT demands.
     *
     * @param change edits the instance
     */
    public CompletionStage<GeneralSettings> change(UnaryOperator<Element> change) {
        return calls.update(SETTINGS, change).thenApply(GeneralSettings::of);
    }

    /**
     * Changes the names.
     *
     * @param hostName without its domain
     * @param domainName the domain
     */
    public CompletionStage<GeneralSettings> rename(String hostName, String domainName) {
        return change(read -> read.with("HostName", hostName).with("DomainName", domainName));
    }

    /** The system's UUID; empty when the device gives none. */
    public CompletionStage<Optional<UUID>> uuid() {
        return calls.invoke(GET_UUID)
                .thenApply(output -> output.bytes("UUID").flatMap(PlatformUuid::ofRaw));
    }
}
