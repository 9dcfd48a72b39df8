package org.outpost.amt.operation.explorer;

import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Exploration;
import org.outpost.amt.wsman.Selectors;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Shows any class to whoever knows its name. It reads only. The name is checked before anything is
 * sent: {@link IllegalArgumentException} for one that is no AMT, CIM or IPS class.
 */
public final class ExplorerService {
    private final AmtCalls calls;

    /** Asks through these calls. */
    public ExplorerService(AmtCalls calls) {
        this.calls = calls;
    }

    /**
     * Reads one instance.
     *
     * @param type the class's name
     * @param selectors its keys; none for the only instance
     */
    public CompletionStage<Exploration> get(String type, Selectors selectors) {
        return calls.call(new AmtCall.Explore(AmtClass.of(type), Optional.of(selectors)));
    }

    /**
     * Lists all instances.
     *
     * @param type the class's name
     */
    public CompletionStage<Exploration> enumerate(String type) {
        return calls.call(new AmtCall.Explore(AmtClass.of(type), Optional.empty()));
    }
}
