package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Somebody who carries calls out on one device; what the typed operations are built on. All stages
 * fail with {@link org.outpost.amt.failure.AmtException}.
 */
public interface AmtCalls {
    /**
     * Carries a call out.
     *
     * @param call what to ask
     * @param <T> what comes back
     */
    <T> CompletionStage<T> call(AmtCall<T> call);

    /** Reads the only instance of a class. */
    default CompletionStage<Element> get(String type) {
        return get(type, Selectors.NONE);
    }

    /** Reads one instance. */
    default CompletionStage<Element> get(String type, Selectors selectors) {
        return call(new AmtCall.Get(AmtClass.of(type), selectors));
    }

    /** Lists the instances of a class. */
    default CompletionStage<List<Element>> enumerate(String type) {
        return call(new AmtCall.Enumerate(AmtClass.of(type)));
    }

    /** Reads the only instance of a class, changes it and puts it back. */
    default CompletionStage<Element> update(String type, UnaryOperator<Element> change) {
        return update(type, Selectors.NONE, change);
    }

    /** Reads one instance, changes it and puts it back. */
    default CompletionStage<Element> update(
            String type, Selectors selectors, UnaryOperator<Element> change) {
        return call(new AmtCall.Update(AmtClass.of(type), selectors, change));
    }

    /** Makes an instance. */
    default CompletionStage<EndpointReference> create(String type, Element instance) {
        return call(new AmtCall.Create(AmtClass.of(type), instance));
    }

    /** Removes one instance. */
    default CompletionStage<Optional<Element>> delete(String type, Selectors selectors) {
        return call(new AmtCall.Delete(AmtClass.of(type), selectors));
    }

    /** Calls a method; its output comes back when it returned success. */
    default CompletionStage<Element> invoke(Invocation invocation) {
        return call(new AmtCall.Invoke(invocation));
    }
}
