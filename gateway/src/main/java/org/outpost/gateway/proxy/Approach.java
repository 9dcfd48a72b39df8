package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ApfChannelOption;
import org.outpost.gateway.channel.Load;
import org.outpost.gateway.door.Connector;
import org.outpost.gateway.door.Destination;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.splice.Splice;

import java.util.function.Consumer;

/**
 * The way from a request to its device: who asks, which device is meant, a channel to it. One
 * request at a time; only the console's event loop uses it.
 */
final class Approach {
    private final Owner owner;
    private final Channel console;
    private final Doorway doorway;
    private final ProxySettings settings;
    private final ConsoleSignIn signIn;
    private final Forwarding forwarding;
    private @Nullable Exchange exchange;
    private @Nullable Future<?> step;

    /** The console's connection. */
    interface Owner {
        /** The request can be passed on through this connection. */
        void reached(Exchange exchange, DeviceConnection device);

        /** The CONNECT is granted; the splice's other end is on the device's channel. */
        void connected(Exchange exchange, Splice splice);

        /** There is no way, for this reason. */
        void failed(Exchange exchange, ProxyStatus reason);
    }

    /**
     * Makes the approach of one console's connection.
     *
     * @param forwarding keeps the channel of the request before
     */
    Approach(
            Owner owner,
            Channel console,
            Doorway doorway,
            ProxySettings settings,
            Forwarding forwarding) {
        this.owner = owner;
        this.console = console;
        this.doorway = doorway;
        this.settings = settings;
        this.signIn = new ConsoleSignIn(doorway.signIn(), console);
        this.forwarding = forwarding;
    }

    /** Begins with a request that has just come. */
    void begin(Exchange next) {
        exchange = next;
        then(
                next,
                signIn.check(next.request().headers()),
                _ -> {},
                asked -> {
                    switch (asked.getNow()) {
                        case ConsoleSignIn.Result.Known known -> reach(next, known.console());
                        case ConsoleSignIn.Result.Denied denied -> fail(next, denied.status());
                        case null -> fail(next, ProxyStatus.signInUnavailable());
                    }
                });
    }

    /** Looks for a new channel for a request that found its old one closed. */
    void again(Exchange last) {
        Console asker = last.console;
        if (asker == null) {
            throw new IllegalStateException("forwarded before it was known for whom");
        }
        exchange = last;
        last.reusedChannel = false;
        lookUp(last, asker);
    }

    /** Gives up; what arrives too late is closed. */
    void cancel() {
        exchange = null;
        Future<?> running = step;
        step = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    /**
     * Goes on when a step is done, if that is still wanted. The future completes on this loop.
     *
     * @param unwanted undoes what was done for nobody
     */
    private <T> void then(
            Exchange current,
            Future<T> future,
            Consumer<Future<T>> unwanted,
            Consumer<Future<T>> next) {
        step = future;
        future.addListener(
                (Future<T> done) -> {
                    if (exchange == current) {
                        step = null;
                        next.accept(done);
                    } else {
                        unwanted.accept(done);
                    }
                });
    }

    private void fail(Exchange current, ProxyStatus reason) {
        exchange = null;
        owner.failed(current, reason);
    }

    private void reach(Exchange current, Console asker) {
        current.console = asker;
        if (current.method().equals(HttpMethod.CONNECT)) {
            connectBlindly(current, asker);
        } else {
            lookUp(current, asker);
        }
    }

    /**
     * Each request is looked up anew: a name can pass from one device to another while a console
     * keeps its connection.
     */
    private void lookUp(Exchange current, Console asker) {
        RequestTarget target = current.target();
        Destination destination =
                doorway.connector().destination(target.host(), target.port(), asker);
        then(
                current,
                doorway.connector().resolve(destination, console.eventLoop()),
                _ -> {},
                resolved -> {
                    Resolution.Reachable found = resolved.getNow();
                    if (found == null) {
                        fail(current, ProxyStatus.notConnected(resolved.cause()));
                        return;
                    }
                    DeviceConnection kept = forwarding.kept(found.route(), target.port(), asker);
                    if (kept != null) {
                        current.reusedChannel = true;
                        reached(current, kept);
                    } else {
                        connect(current, destination, found);
                    }
                });
    }

    private void connect(Exchange current, Destination destination, Resolution.Reachable found) {
        DeviceConnection device =
                new DeviceConnection(
                        console,
                        found.route(),
                        destination,
                        settings,
                        forwarding,
                        doorway::newSplice);
        then(
                current,
                doorway.connector().open(destination, found, device.load(), console.eventLoop()),
                late -> {
                    if (late.isSuccess()) {
                        late.getNow().close();
                    }
                },
                opened -> {
                    if (opened.isSuccess()) {
                        reached(current, device);
                    } else {
                        fail(current, ProxyStatus.notConnected(opened.cause()));
                    }
                });
    }

    private void reached(Exchange current, DeviceConnection device) {
        exchange = null;
        owner.reached(current, device);
    }

    private void connectBlindly(Exchange current, Console asker) {
        forwarding.stop();
        Splice splice = doorway.newSplice();
        RequestTarget target = current.target();
        Connector connector = doorway.connector();
        then(
                current,
                connector.connect(
                        connector.destination(target.host(), target.port(), asker),
                        Load.of(splice),
                        console.eventLoop()),
                _ -> splice.abandon(),
                opened -> {
                    if (!opened.isSuccess()) {
                        fail(current, ProxyStatus.notConnected(opened.cause()));
                        return;
                    }
                    if (settings.webPorts().contains(target.port())) {
                        opened.getNow()
                                .config()
                                .setOption(
                                        ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS,
                                        settings.reclaimableAfter().toMillis());
                    }
                    exchange = null;
                    owner.connected(current, splice);
                });
    }
}
