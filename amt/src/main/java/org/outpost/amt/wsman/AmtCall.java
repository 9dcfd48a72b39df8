package org.outpost.amt.wsman;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.ReturnCode;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * One thing that is asked of a device, which may take several requests. It is a value: two equal
 * reads ask the same, and may become one.
 *
 * @param <T> what comes back
 */
public sealed interface AmtCall<T> {
    /** Sends requests, one after the other. */
    @FunctionalInterface
    interface Exchanges {
        /**
         * Sends a request.
         *
         * @param request what to ask
         */
        CompletionStage<WsmanResponse> send(WsmanRequest request);
    }

    /** The class it is about. */
    AmtClass type();

    /** Class and operation, for sentences and logs. */
    String what();

    /** Whether it changes nothing: it may be repeated, joined with an equal one, and kept. */
    boolean reads();

    /**
     * Carries it out.
     *
     * @param on sends the requests
     */
    CompletionStage<T> run(Exchanges on);

    /** About how much memory its result takes, in bytes. */
    default long weight(T result) {
        return 0;
    }

    /** Reads one instance. */
    record Get(AmtClass type, Selectors selectors) implements AmtCall<Element> {
        @Override
        public String what() {
            return type.name() + " Get";
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public CompletionStage<Element> run(Exchanges on) {
            return on.send(WsmanRequest.get(type, selectors)).thenApply(AmtCall::instance);
        }

        @Override
        public long weight(Element result) {
            return result.weight();
        }
    }

    /** Lists the instances of a class. */
    record Enumerate(AmtClass type) implements AmtCall<List<Element>> {
        @Override
        public String what() {
            return type.name() + " Enumerate";
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public CompletionStage<List<Element>> run(Exchanges on) {
            return new Listing(type, on, false).run().thenApply(Exploration::instances);
        }

        @Override
        public long weight(List<Element> result) {
            return result.stream().mapToLong(Element::weight).sum();
        }
    }

    /** Replaces an instance by what was read and changed. */
    record Put(AmtClass type, Selectors selectors, Element instance) implements AmtCall<Element> {
        @Override
        public String what() {
            return type.name() + " Put";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<Element> run(Exchanges on) {
            return on.send(WsmanRequest.put(type, selectors, instance))
                    .thenApply(answer -> answer.body().orElse(instance));
        }
    }

    /**
     * Reads an instance, changes it, and puts it back; nothing else is sent in between. When the
     * change changes nothing, nothing is written: the flash memory wears out.
     */
    record Update(AmtClass type, Selectors selectors, UnaryOperator<Element> change)
            implements AmtCall<Element> {
        @Override
        public String what() {
            return type.name() + " Put";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<Element> run(Exchanges on) {
            return new Get(type, selectors)
                    .run(on)
                    .thenCompose(
                            read -> {
                                Element changed = change.apply(read);
                                return changed.equals(read)
                                        ? CompletableFuture.completedStage(read)
                                        : new Put(type, selectors, changed).run(on);
                            });
        }
    }

    /** Makes an instance. */
    record Create(AmtClass type, Element instance) implements AmtCall<EndpointReference> {
        @Override
        public String what() {
            return type.name() + " Create";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<EndpointReference> run(Exchanges on) {
            return on.send(WsmanRequest.create(type, instance))
                    .thenApply(
                            answer ->
                                    answer.body()
                                            .flatMap(EndpointReference::read)
                                            .orElseThrow(
                                                    () ->
                                                            Envelopes.protocol(
                                                                    "it does not name what was"
                                                                            + " created")));
        }
    }

    /** Removes an instance. */
    record Delete(AmtClass type, Selectors selectors) implements AmtCall<Optional<Element>> {
        @Override
        public String what() {
            return type.name() + " Delete";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<Optional<Element>> run(Exchanges on) {
            return on.send(WsmanRequest.delete(type, selectors)).thenApply(WsmanResponse::body);
        }
    }

    /** Calls a method; its output comes back when it returned success. */
    record Invoke(Invocation call) implements AmtCall<Element> {
        @Override
        public AmtClass type() {
            return call.type();
        }

        @Override
        public String what() {
            return call.what();
        }

        @Override
        public boolean reads() {
            return call.readOnly();
        }

        @Override
        public CompletionStage<Element> run(Exchanges on) {
            return on.send(WsmanRequest.invoke(call))
                    .thenApply(answer -> succeeded(call, instance(answer)));
        }

        @Override
        public long weight(Element result) {
            return result.weight();
        }
    }

    /** Asks for events; the subscription's manager comes back, where the device names it. */
    record Subscribe(Subscription subscription) implements AmtCall<Optional<EndpointReference>> {
        @Override
        public AmtClass type() {
            return Subscription.COLLECTION;
        }

        @Override
        public String what() {
            return "Subscribe";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<Optional<EndpointReference>> run(Exchanges on) {
            return on.send(WsmanRequest.subscribe(subscription))
                    .thenApply(
                            answer ->
                                    answer.body()
                                            .flatMap(body -> body.child("SubscriptionManager"))
                                            .flatMap(EndpointReference::read));
        }
    }

    /** Asks for no more events. */
    record Unsubscribe(Selectors subscription) implements AmtCall<Optional<Element>> {
        @Override
        public AmtClass type() {
            return AmtClass.of("CIM_FilterCollectionSubscription");
        }

        @Override
        public String what() {
            return "Unsubscribe";
        }

        @Override
        public boolean reads() {
            return false;
        }

        @Override
        public CompletionStage<Optional<Element>> run(Exchanges on) {
            return on.send(WsmanRequest.unsubscribe(subscription)).thenApply(WsmanResponse::body);
        }
    }

    /** Asks what the device is; the HTTP Server header comes back as an attribute. */
    record Identify() implements AmtCall<Element> {
        /** The attribute with the HTTP {@code Server} header. */
        public static final String SERVER = "Server";

        @Override
        public AmtClass type() {
            return AmtClass.of("CIM_SoftwareIdentity");
        }

        @Override
        public String what() {
            return "Identify";
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public CompletionStage<Element> run(Exchanges on) {
            return on.send(WsmanRequest.identify())
                    .thenApply(answer -> instance(answer).attribute(SERVER, answer.server()));
        }

        @Override
        public long weight(Element result) {
            return result.weight();
        }
    }

    /**
     * Reads any class, and keeps the envelopes.
     *
     * @param type the class
     * @param selectors the instance; empty lists them all
     */
    record Explore(AmtClass type, Optional<Selectors> selectors) implements AmtCall<Exploration> {
        @Override
        public String what() {
            return type.name() + (selectors.isPresent() ? " Get" : " Enumerate");
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public CompletionStage<Exploration> run(Exchanges on) {
            if (selectors.isEmpty()) {
                return new Listing(type, on, true).run();
            }
            return on.send(WsmanRequest.get(type, selectors.get()))
                    .thenApply(
                            answer ->
                                    new Exploration(
                                            List.of(instance(answer)),
                                            List.of(
                                                    new RawExchange(
                                                            answer.request(), answer.response()))));
        }

        @Override
        public long weight(Exploration result) {
            long raw =
                    result.exchanges().stream()
                            .mapToLong(
                                    one -> 2L * (one.request().length() + one.response().length()))
                            .sum();
            return raw + result.instances().stream().mapToLong(Element::weight).sum();
        }
    }

    private static Element instance(WsmanResponse answer) {
        return answer.body().orElseThrow(() -> Envelopes.protocol("its body is empty"));
    }

    private static Element succeeded(Invocation call, Element output) {
        Optional<String> returned = output.text("ReturnValue");
        if (returned.isEmpty()) {
            return output;
        }
        if (output.number("ReturnValue").isEmpty()) {
            throw Envelopes.protocol("its return value is no number");
        }
        ReturnCode code =
                ReturnCode.of(call.type().name(), output.number("ReturnValue").getAsLong());
        if (code.success()) {
            return output;
        }
        throw new AmtException(
                code.consentRequired()
                        ? new AmtFailure.UserConsentRequired(call.what())
                        : new AmtFailure.ReturnValue(call.what(), code));
    }
}
