package org.outpost.amt.operation.consent;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.concurrent.CompletionStage;

/** Asks the user at the device to agree (wsman.md section 8). */
public final class ConsentService {
    private static final AmtClass SERVICE = AmtClass.of("IPS_OptInService");
    private static final int LARGEST_CODE = 999_999;
    private static final int USUAL_TIMEOUT = 120;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public ConsentService(AmtCalls calls) {
        this.calls = calls;
    }

    /** How far it is. */
    public CompletionStage<ConsentState> state() {
        return calls.get(SERVICE.name()).thenApply(ConsentService::state);
    }

    private static ConsentState state(Element read) {
        return new ConsentState(
                ConsentState.Required.of(read.number("OptInRequired").orElse(0)),
                read.integer("OptInState").orElse(0),
                read.isTrue("CanModifyOptInPolicy"),
                read.integer("OptInCodeTimeout").orElse(USUAL_TIMEOUT));
    }

    /** Lets the device show a code of six digits on its screen. */
    public CompletionStage<Element> start() {
        return calls.invoke(Invocation.of(SERVICE, "StartOptIn"));
    }

    /**
     * Sends the code that the user has read out. Three wrong codes and the device begins anew.
     *
     * @param code 0 to 999999
     */
    public CompletionStage<Element> send(int code) {
        if (code < 0 || code > LARGEST_CODE) {
            throw new IllegalArgumentException("a consent code has six digits");
        }
        return calls.invoke(Invocation.of(SERVICE, "SendOptInCode").with("OptInCode", code));
    }

    /** Takes the question, or the consent, back. */
    public CompletionStage<Element> cancel() {
        return calls.invoke(Invocation.of(SERVICE, "CancelOptIn"));
    }

    /**
     * Changes for what consent is needed; in client control mode it cannot be changed.
     *
     * @param required for what
     */
    public CompletionStage<ConsentState> require(ConsentState.Required required) {
        return calls.update(SERVICE.name(), read -> read.with("OptInRequired", required.value()))
                .thenApply(ConsentService::state);
    }
}
