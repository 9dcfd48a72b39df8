package org.outpost.gateway.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.channel.ChannelUse;
import org.outpost.gateway.channel.Load;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds devices and opens channels to them. Every future that it returns completes on the executor
 * that the caller names, before the {@link Destination} expires, also when the directory or the
 * route never answers; a channel that arrives too late is closed. A failure is always a {@link
 * ConnectFailedException}; it has then been counted and logged.
 */
public final class Connector {
    private static final Logger log = LoggerFactory.getLogger(Connector.class);
    private static final int LONGEST_TARGET = 255;

    private final String door;
    private final Directory directory;
    private final ConsoleRights rights;
    private final Set<Integer> ports;
    private final Duration deadline;
    private final OpenChannels channels;
    private final Consumer<String> outcomes;

    /**
     * Makes a connector.
     *
     * @param door the door's name, for logs
     * @param rights who may reach which port of which device
     * @param ports the device ports that may be asked for at all
     * @param deadline for a look-up and an open together
     * @param channels keeps those that are open
     * @param outcomes is told the label of each outcome, {@code connected} or a failure's
     */
    Connector(
            String door,
            Directory directory,
            ConsoleRights rights,
            Set<Integer> ports,
            Duration deadline,
            OpenChannels channels,
            Consumer<String> outcomes) {
        this.door = door;
        this.directory = directory;
        this.rights = rights;
        this.ports = new TreeSet<>(ports);
        this.deadline = deadline;
        this.channels = channels;
        this.outcomes = outcomes;
    }

    /** A destination whose clock starts now. */
    public Destination destination(String target, int port, Console console) {
        return new Destination(target, port, console, System.nanoTime() + deadline.toNanos());
    }

    /** Looks the destination up. */
    public Future<Resolution.Reachable> resolve(Destination destination, EventExecutor executor) {
        Promise<Resolution.Reachable> promise = executor.newPromise();
        if (!ports.contains(destination.port())) {
            fail(
                    promise,
                    destination,
                    ConnectFailure.NOT_ALLOWED,
                    "Port "
                            + destination.port()
                            + " may not be reached here; allowed are "
                            + ports);
            return promise;
        }
        if (destination.target().isEmpty() || destination.target().length() > LONGEST_TARGET) {
            fail(promise, destination, ConnectFailure.UNKNOWN, unknown(destination));
            return promise;
        }
        expire(promise, destination, ConnectFailure.BUSY, busy(destination), executor);
        CompletionStage<Resolution> answer;
        try {
            answer = directory.resolve(destination.target(), destination.console());
        } catch (RuntimeException e) {
            lookUpFailed(promise, destination, e);
            return promise;
        }
        answer.whenComplete(
                (resolution, failure) ->
                        executor.execute(
                                () -> resolved(promise, destination, resolution, failure)));
        return promise;
    }

    private void resolved(
            Promise<Resolution.Reachable> promise,
            Destination destination,
            @Nullable Resolution resolution,
            @Nullable Throwable failure) {
        switch (resolution) {
            case null -> lookUpFailed(promise, destination, failure);
            case Resolution.Reachable reachable -> permitted(promise, destination, reachable);
            case Resolution.Offline offline ->
                    fail(promise, destination, ConnectFailure.OFFLINE, offline(destination));
            case Resolution.Unknown none ->
                    fail(promise, destination, ConnectFailure.UNKNOWN, unknown(destination));
            case Resolution.Ambiguous several -> failAmbiguous(promise, destination, several);
            case Resolution.NotAllowed denied ->
                    fail(
                            promise,
                            destination,
                            ConnectFailure.NOT_ALLOWED,
                            PeerText.escape(denied.reason()));
        }
    }

    private void permitted(
            Promise<Resolution.Reachable> promise,
            Destination destination,
            Resolution.Reachable device) {
        if (rights.mayReach(destination.console(), device.device(), destination.port())) {
            promise.trySuccess(device);
            return;
        }
        fail(
                promise,
                destination,
                ConnectFailure.NOT_ALLOWED,
                "You may not reach port "
                        + destination.port()
                        + " of "
                        + destination.shown()
                        + "; it needs the right tunnel:"
                        + destination.port());
    }

    private void lookUpFailed(
            Promise<?> promise, Destination destination, @Nullable Throwable failure) {
        log.atDebug().setCause(failure).addKeyValue("door", door).log("look-up failed");
        fail(promise, destination, ConnectFailure.BUSY, busy(destination));
    }

    /**
     * Opens a channel to the device. Cancelling the future gives the attempt up.
     *
     * @param load goes onto the new channel
     */
    public Future<Channel> open(
            Destination destination,
            Resolution.Reachable device,
            Load load,
            EventExecutor executor) {
        Promise<Channel> promise = executor.newPromise();
        String late = destination.shown() + " did not answer in time; try again in a while";
        expire(promise, destination, ConnectFailure.TIMED_OUT, late, executor);
        ChannelFuture opening;
        try {
            opening = device.route().connect(destination.port(), load.handler());
        } catch (RuntimeException e) {
            failed(promise, destination, e);
            return promise;
        }
        promise.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        // Cancelling alone would leave it in the queue for a free channel.
                        opening.cancel(false);
                        opening.channel().close();
                    }
                });
        opening.addListener(
                opened ->
                        executor.execute(
                                () -> opened(promise, destination, device, load, opening)));
        return promise;
    }

    /** Looks the destination up and opens a channel to it. Cancelling gives the attempt up. */
    public Future<Channel> connect(Destination destination, Load load, EventExecutor executor) {
        Promise<Channel> promise = executor.newPromise();
        Future<Resolution.Reachable> resolving = resolve(destination, executor);
        cancelWith(promise, resolving);
        resolving.addListener(
                (Future<Resolution.Reachable> resolved) -> {
                    if (!resolved.isSuccess()) {
                        promise.tryFailure(resolved.cause());
                    } else if (!promise.isDone()) {
                        Future<Channel> opening =
                                open(destination, resolved.getNow(), load, executor);
                        cancelWith(promise, opening);
                        opening.addListener((Future<Channel> done) -> pass(done, promise));
                    }
                });
        return promise;
    }

    private static void cancelWith(Promise<?> promise, Future<?> step) {
        promise.addListener(
                done -> {
                    if (done.isCancelled()) {
                        step.cancel(false);
                    }
                });
    }

    private static void pass(Future<Channel> done, Promise<Channel> promise) {
        if (!done.isSuccess()) {
            promise.tryFailure(done.cause());
        } else if (!promise.trySuccess(done.getNow())) {
            done.getNow().close();
        }
    }

    private void opened(
            Promise<Channel> promise,
            Destination destination,
            Resolution.Reachable device,
            Load load,
            ChannelFuture opening) {
        if (!opening.isSuccess()) {
            failed(promise, destination, opening.cause());
            return;
        }
        // Whoever hears of it finds it kept.
        keep(destination, device, load, opening.channel());
        if (promise.trySuccess(opening.channel())) {
            outcomes.accept("connected");
            log.atInfo()
                    .addKeyValue("door", door)
                    .addKeyValue("target", destination.shown())
                    .addKeyValue("port", destination.port())
                    .addKeyValue("console", destination.console().address())
                    .addKeyValue("user", PeerText.escape(destination.console().user()))
                    .log("console connected to device");
        } else {
            opening.channel().close();
        }
    }

    private void keep(
            Destination destination, Resolution.Reachable device, Load load, Channel channel) {
        Console console = destination.console();
        channels.add(
                new ChannelUse(
                        device.device(),
                        device.name(),
                        destination.port(),
                        device.route().tunnel(),
                        door,
                        load.means(),
                        console.user(),
                        console.address()),
                channel,
                load.bytes(),
                () -> load.cut().accept(channel));
    }

    private void failed(Promise<?> promise, Destination destination, Throwable cause) {
        ConnectFailure failure = ConnectFailure.of(cause);
        log.atDebug().setCause(cause).addKeyValue("door", door).log("open failed");
        String name = destination.shown();
        String sentence =
                switch (failure) {
                    case REFUSED ->
                            name
                                    + " refused port "
                                    + destination.port()
                                    + "; check that what uses it is switched on in its firmware";
                    case TIMED_OUT -> name + " did not answer in time; try again in a while";
                    case OFFLINE -> offline(destination);
                    case UNKNOWN, AMBIGUOUS, NOT_ALLOWED, BUSY -> busy(destination);
                };
        fail(promise, destination, failure, sentence);
    }

    private void failAmbiguous(
            Promise<?> promise, Destination destination, Resolution.Ambiguous several) {
        String list =
                several.candidates().stream()
                        .map(
                                one ->
                                        one.device()
                                                + " "
                                                + PeerText.escape(one.name())
                                                + (one.connected()
                                                        ? " (connected)"
                                                        : " (not connected)"))
                        .collect(Collectors.joining(", "));
        String sentence =
                "Several devices are called "
                        + destination.shown()
                        + "; use the UUID of the one you mean: "
                        + list;
        fail(promise, destination, ConnectFailure.AMBIGUOUS, sentence, several.candidates());
    }

    private void expire(
            Promise<?> promise,
            Destination destination,
            ConnectFailure failure,
            String sentence,
            EventExecutor executor) {
        Future<?> timer =
                executor.schedule(
                        () -> fail(promise, destination, failure, sentence),
                        destination.nanosLeft(),
                        TimeUnit.NANOSECONDS);
        promise.addListener(done -> timer.cancel(false));
    }

    private void fail(
            Promise<?> promise, Destination destination, ConnectFailure failure, String sentence) {
        fail(promise, destination, failure, sentence, List.of());
    }

    private void fail(
            Promise<?> promise,
            Destination destination,
            ConnectFailure failure,
            String sentence,
            List<Resolution.Candidate> candidates) {
        if (!promise.tryFailure(new ConnectFailedException(failure, sentence, candidates))) {
            return;
        }
        outcomes.accept(failure.label());
        log.atInfo()
                .addKeyValue("door", door)
                .addKeyValue("cause", failure.label())
                .addKeyValue("target", destination.shown())
                .addKeyValue("port", destination.port())
                .addKeyValue("console", destination.console().address())
                .addKeyValue("user", PeerText.escape(destination.console().user()))
                .log("console not connected to device");
    }

    private static String unknown(Destination destination) {
        return "No device that you may see is called "
                + destination.shown()
                + "; check the name, or use the device's UUID";
    }

    private static String offline(Destination destination) {
        return destination.shown()
                + " is known but not connected now; wait until it calls in, or let its user call"
                + " for help";
    }

    private static String busy(Destination destination) {
        return "The server could not look "
                + destination.shown()
                + " up just now; try again in a few seconds";
    }
}
