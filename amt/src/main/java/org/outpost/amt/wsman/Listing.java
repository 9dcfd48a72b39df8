package org.outpost.amt.wsman;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lists the instances of a class to the end: Enumerate, then Pull until the device says so
 * (wsman.md section 2.3). Contexts die quickly, and on some firmware with their connection: a list
 * that was lost on the way is begun once more. What has no end is given up and released.
 */
final class Listing {
    /** The values that the usual consoles send. */
    private static final int ELEMENTS = 999;

    private static final int CHARACTERS = 99_999;
    private static final int MOST_INSTANCES = 4000;
    private static final int MOST_PULLS = 400;

    private final AmtClass type;
    private final AmtCall.Exchanges on;
    private final List<Element> instances = new ArrayList<>();
    private final List<RawExchange> exchanges = new ArrayList<>();
    private final boolean keepRaw;

    private int pulls;
    private boolean begunAgain;

    Listing(AmtClass type, AmtCall.Exchanges on, boolean keepRaw) {
        this.type = type;
        this.on = on;
        this.keepRaw = keepRaw;
    }

    CompletionStage<Exploration> run() {
        return on.send(WsmanRequest.enumerate(type))
                .thenCompose(answer -> took(answer, Optional.empty()));
    }

    private CompletionStage<Exploration> took(WsmanResponse answer, Optional<String> before) {
        if (keepRaw) {
            exchanges.add(new RawExchange(answer.request(), answer.response()));
        }
        Element body =
                answer.body()
                        .orElseThrow(() -> Envelopes.protocol("it lists nothing, not even an end"));
        body.child("Items").ifPresent(items -> instances.addAll(items.children()));
        Optional<String> next =
                body.text("EnumerationContext").filter(context -> !context.isEmpty());
        boolean ended = body.child("EndOfSequence").isPresent();
        if (ended || (next.isEmpty() && before.isPresent())) {
            return CompletableFuture.completedStage(new Exploration(instances, exchanges));
        }
        String context =
                next.or(() -> before)
                        .orElseThrow(() -> Envelopes.protocol("it names no list to take from"));
        if (instances.size() > MOST_INSTANCES || ++pulls > MOST_PULLS) {
            return on.send(WsmanRequest.release(type, context))
                    .handle((done, failure) -> done)
                    .thenCompose(
                            done ->
                                    CompletableFuture.failedStage(
                                            Envelopes.protocol("its list has no end")));
        }
        return on.send(WsmanRequest.pull(type, context, ELEMENTS, CHARACTERS))
                .thenCompose(answered -> took(answered, Optional.of(context)))
                .exceptionallyCompose(this::beginAgain);
    }

    private CompletionStage<Exploration> beginAgain(Throwable thrown) {
        boolean lost =
                AmtException.failureOf(thrown)
                        .filter(
                                failure ->
                                        failure instanceof AmtFailure.WsmanFault fault
                                                && fault.subcode()
                                                        .equals("InvalidEnumerationContext"))
                        .isPresent();
        if (!lost || begunAgain) {
            return CompletableFuture.failedStage(thrown);
        }
        begunAgain = true;
        instances.clear();
        return run();
    }
}
