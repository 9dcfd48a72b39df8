package org.outpost.server.notification;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.PresenceFeed;
import org.outpost.inventory.notification.EventLog;
import org.outpost.inventory.notification.EventLogSettings;
import org.outpost.inventory.notification.PresenceRecorder;
import org.outpost.inventory.notification.delivery.DeliverySettings;
import org.outpost.inventory.notification.delivery.MpsAddresses;
import org.outpost.inventory.notification.delivery.Subscribers;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.NotificationSettings;
import org.outpost.server.configuration.WrittenSubscribers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The log of events, who hears of it, and where the server may connect to for that. */
public final class Notifications implements AutoCloseable {
    /** How long subscribers may take at the end to hear that all devices were sent away. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Configuration configuration;
    private final Database database;
    private final MeterRegistry meters;
    private final OwnDoors ownDoors = new OwnDoors();
    private final EgressPolicy egress;
    private final EventLog events;
    private final PresenceRecorder recorder;
    private final URI source;
    private @Nullable Subscribers subscribers;
    private @Nullable ConfigurationWatch watch;

    /**
     * Opens the log; nobody is told anything yet. Blocks.
     *
     * @param database stays the caller's to close, after this
     */
    public Notifications(Configuration configuration, Database database, MeterRegistry meters) {
        this.configuration = configuration;
        this.database = database;
        this.meters = meters;
        NotificationSettings settings = configuration.notifications();
        this.egress = new EgressPolicy(WrittenSubscribers.egress(configuration), ownDoors);
        this.events =
                new EventLog(
                        database,
                        EventLogSettings.DEFAULT.keeping(
                                settings.keep().events(), settings.keep().age()),
                        meters);
        this.recorder = new PresenceRecorder(events, settings.returnWithin());
        this.source = source(configuration);
    }

    private static URI source(Configuration configuration) {
        String written = configuration.notifications().source();
        if (written != null) {
            return URI.create(written);
        }
        String name = configuration.tunnel().name();
        return URI.create("urn:outpost:" + (name == null ? machineName() : name));
    }

    private static String machineName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9.-]+") ? name : "server";
        } catch (UnknownHostException e) {
            return "server";
        }
    }

    /** What the tunnels report to. */
    public PresenceFeed feed() {
        NotificationSettings settings = configuration.notifications();
        return new PresenceFeed(recorder, settings.quiet(), settings.settleWithin());
    }

    /** Where the server may connect to on somebody's word. */
    public EgressPolicy egress() {
        return egress;
    }

    /** The doors of this server, which are taken down here as they open. */
    public OwnDoors ownDoors() {
        return ownDoors;
    }

    /** What happened to devices. */
    public EventLog events() {
        return events;
    }

    /** Names this server in events. */
    public URI source() {
        return source;
    }

    /**
     * Begins to tell, and to watch the configuration file. Blocks.
     *
     * @param written where the settings came from
     * @param presence ends tunnels that an authoritative subscriber does not want
     * @param httpProxy where the HTTP proxy listens; null when it is off
     * @param socks where the SOCKS door listens; null when it is off
     */
    public void start(
            ConfigurationSource written,
            Presence presence,
            @Nullable InetSocketAddress httpProxy,
            @Nullable InetSocketAddress socks) {
        Subscribers all =
                new Subscribers(
                        database,
                        events,
                        egress,
                        DeliverySettings.usual(source, addresses(httpProxy, socks)),
                        new UnwantedTunnels(presence),
                        meters);
        subscribers = all;
        all.replaceFile(WrittenSubscribers.of(configuration));
        ConfigurationWatch looking =
                new ConfigurationWatch(
                        written,
                        changed -> {
                            egress.replaceRules(WrittenSubscribers.egress(changed));
                            all.replaceFile(WrittenSubscribers.of(changed));
                        });
        watch = looking;
        looking.start();
    }

    private MpsAddresses addresses(
            @Nullable InetSocketAddress httpProxy, @Nullable InetSocketAddress socks) {
        InetAddress address = configuration.notifications().mpsAddress();
        if (address == null && httpProxy != null && !httpProxy.getAddress().isAnyLocalAddress()) {
            address = httpProxy.getAddress();
        }
        return new MpsAddresses(
                address == null ? machineAddress() : address.getHostAddress(),
                httpProxy == null ? 0 : httpProxy.getPort(),
                socks == null ? 0 : socks.getPort());
    }

    private static String machineAddress() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }

    /**
     * The subscribers.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public Subscribers subscribers() {
        Subscribers all = subscribers;
        if (all == null) {
            throw new IllegalStateException("not started");
        }
        return all;
    }

    /** After the last tunnel: records all, and gives subscribers a moment to hear it. Blocks. */
    public void drain() {
        ConfigurationWatch looking = watch;
        if (looking != null) {
            looking.close();
        }
        events.flush().toCompletableFuture().completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
        Subscribers all = subscribers;
        if (all != null) {
            try {
                all.drain(FAREWELL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        events.close();
    }

    @Override
    public void close() {
        ConfigurationWatch looking = watch;
        if (looking != null) {
            looking.close();
        }
        events.close();
        Subscribers all = subscribers;
        if (all != null) {
            all.close();
        }
        egress.close();
    }

    /** Takes down doors that were opened. */
    public void opened(List<InetSocketAddress> addresses) {
        addresses.forEach(ownDoors::add);
    }
}
