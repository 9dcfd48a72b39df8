package org.outpost.amt.operation.explorer;

import org.outpost.amt.wsman.AmtCall;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Exploration;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Shows any class to whoever knows its name, changes its instances and calls its methods. Names and
 * values are checked before anything is sent: {@link IllegalArgumentException} for what is none,
 * such as a class that is not of AMT, CIM or IPS. What AMT makes of them is for the caller to know.
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

    /**
     * Reads an instance, replaces some of its properties, and puts it back.
     *
     * @param type the class's name
     * @param keys of the instance, none for the only one: texts, numbers, truth values, or
     *     references
     * @param properties what to replace: texts, numbers, truth values, references (maps with {@code
     *     class} and {@code selectors}) or lists of them
     * @return the instance as the device has it then
     */
    public CompletionStage<Element> change(
            String type, Map<String, ?> keys, Map<String, ?> properties) {
        AmtClass known = AmtClass.of(type);
        Map<String, List<Element>> replaced = new LinkedHashMap<>();
        properties.forEach(
                (name, value) -> replaced.put(name, PlainValues.elements(known, name, value)));
        if (replaced.isEmpty()) {
            throw new IllegalArgumentException("say which properties are to be changed");
        }
        return calls.update(
                type,
                PlainValues.selectors(keys),
                instance -> {
                    Element changed = instance;
                    for (Map.Entry<String, List<Element>> one : replaced.entrySet()) {
                        changed = changed.withElements(one.getKey(), one.getValue());
                    }
                    return changed;
                });
    }

    /**
     * Calls a method.
     *
     * @param type the class's name
     * @param method its name
     * @param keys of the instance, as for {@link #change}
     * @param arguments in the order of the class's definition, which AMT insists on; values as for
     *     {@link #change}
     * @return its output; a return value that is no success is a failure
     */
    public CompletionStage<Element> invoke(
            String type, String method, Map<String, ?> keys, Map<String, ?> arguments) {
        AmtClass known = AmtClass.of(type);
        Invocation call =
                Invocation.of(known, PlainValues.name(method)).on(PlainValues.selectors(keys));
        for (Map.Entry<String, ?> argument : arguments.entrySet()) {
            for (Element value :
                    PlainValues.elements(known, argument.getKey(), argument.getValue())) {
                call = call.with(value);
            }
        }
        return calls.invoke(call);
    }
}
