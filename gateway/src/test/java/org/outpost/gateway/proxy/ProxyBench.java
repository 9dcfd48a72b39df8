package org.outpost.gateway.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.door.Door;
import org.outpost.gateway.door.DoorSettings;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.door.FakeDirectory;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;
import org.outpost.testkit.socks.HttpProxyClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy door on loopback with devices behind it. */
final class ProxyBench implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Transport transport = new Transport(2);
    private final FakeDirectory directory = new FakeDirectory(transport);
    private final List<Channel> consoles = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> things = new ArrayList<>();
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Door door;

    ProxyBench() {
        door = door(FakeSignIn.anybody(), settings(), ProxySettings.DEFAULT, directory);
    }

    static DoorSettings settings() {
        return DoorSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withDeadlines(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        new SpliceSettings(Duration.ofMillis(300), Duration.ofSeconds(2)));
    }

    static DoorSettings hasty() {
        return settings()
                .withDeadlines(
                        Duration.ofMillis(700),
                        Duration.ofMillis(700),
                        new SpliceSettings(Duration.ofMillis(300), Duration.ofSeconds(2)));
    }

    static ProxySettings with(Duration discard, Duration idle, Duration response) {
        ProxySettings usual = ProxySettings.DEFAULT;
        return new ProxySettings(
                usual.maxLine(),
                usual.maxFields(),
                discard,
                idle,
                response,
                usual.maxDiscard(),
                usual.reclaimableAfter(),
                usual.webPorts());
    }

    private Door door(
            AuthenticationService signIn,
            DoorSettings doorSettings,
            ProxySettings settings,
            Directory devices) {
        meters = new SimpleMeterRegistry();
        HttpProxy proxy = new HttpProxy(settings);
        Door made =
                new Door(
                        transport,
                        new Doorway("http-proxy", doorSettings, signIn, devices, meters),
                        doorway -> {
                            ChannelHandler handler = proxy.newHandler(doorway);
                            return new ChannelInitializer<>() {
                                @Override
                                protected void initChannel(Channel console) {
                                    consoles.add(console);
                                    console.pipeline().addLast(handler);
                                }
                            };
                        });
        try {
            made.bind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return made;
    }

    void reopen(AuthenticationService signIn) {
        reopen(signIn, settings(), ProxySettings.DEFAULT);
    }

    void reopen(AuthenticationService signIn, DoorSettings doorSettings, ProxySettings settings) {
        door.close();
        door = door(signIn, doorSettings, settings, directory);
    }

    void reopenOnto(Directory devices) {
        door.close();
        door = door(FakeSignIn.anybody(), settings(), ProxySettings.DEFAULT, devices);
    }

    Transport transport() {
        return transport;
    }

    FakeDirectory directory() {
        return directory;
    }

    /** The door's side of all connections that consoles made. */
    List<Channel> consoles() {
        return consoles;
    }

    /** How many consoles are connected. */
    int open() {
        return (int) meters.get("outpost.door.connections").gauge().value();
    }

    double count(String meter, String tag, String value) {
        Counter counter = meters.find(meter).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }

    Door door() {
        return door;
    }

    InetSocketAddress address() {
        return door.addresses().getFirst();
    }

    HttpProxyClient client() {
        HttpProxyClient client = HttpProxyClient.open(address(), PATIENCE);
        things.add(client);
        return client;
    }

    /** A device that is known by this name and is closed with the bench. */
    HttpDevice device(String name, HttpDevice device) {
        directory.with(name, device.device());
        things.add(device);
        return device;
    }

    HttpDevice device(String name) {
        return device(name, HttpDevice.named(name));
    }

    HttpDevice device(String name, HttpDevice.Behaviour behaviour) {
        return device(name, new HttpDevice(behaviour));
    }

    <T extends AutoCloseable> T closing(T thing) {
        things.add(thing);
        return thing;
    }

    @Override
    public void close() {
        for (AutoCloseable thing : things) {
            try {
                thing.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        door.close();
        transport.close();
    }
}
