package org.outpost.gateway.door;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.transport.Transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Devices by name, with routes that are TCP connections on loopback. */
public final class FakeDirectory implements Directory {
    private final Map<String, Supplier<CompletionStage<Resolution>>> names =
            new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Console> askers = new CopyOnWriteArrayList<>();
    private final Transport transport;

    public FakeDirectory(Transport transport) {
        this.transport = transport;
    }

    public FakeDirectory with(String name, FakeDevice device) {
        return with(name, new Resolution.Reachable(device.id(), name, routeTo(device.port())));
    }

    public FakeDirectory with(String name, Resolution resolution) {
        return with(name, () -> CompletableFuture.completedStage(resolution));
    }

    public FakeDirectory with(String name, Supplier<CompletionStage<Resolution>> answer) {
        names.put(name.toLowerCase(Locale.ROOT), answer);
        return this;
    }

    /** A route to a loopback port, whatever device port is asked for. */
    public Route routeTo(int port) {
        Bootstrap client = transport.client();
        return new Route() {
            @Override
            public ChannelFuture connect(int devicePort, ChannelHandler handler) {
                return client.clone()
                        .handler(handler)
                        .connect(InetAddress.getLoopbackAddress(), port);
            }
        };
    }

    @Override
    public CompletionStage<Resolution> resolve(String target, Console asker) {
        asked.add(target);
        askers.add(asker);
        Supplier<CompletionStage<Resolution>> answer = names.get(target.toLowerCase(Locale.ROOT));
        return answer == null
                ? CompletableFuture.completedStage(new Resolution.Unknown())
                : answer.get();
    }

    /** What was asked for, in order. */
    public List<String> asked() {
        return asked;
    }

    /** By whom. */
    public List<Console> askers() {
        return askers;
    }
}
