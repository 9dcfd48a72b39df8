package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.secret.Vault;
import org.outpost.access.token.TokenKey;
import org.outpost.access.token.Tokens;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.session.KeepAliveSettings;
import org.outpost.database.Database;
import org.outpost.database.Outage;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.authentication.AuthenticationWorkers;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.traffic.TrafficSampler;
import org.outpost.gateway.transport.Transport;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.HandshakeDeadlines;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelListenerSettings;
import org.outpost.gateway.tunnel.TunnelServer;
import org.outpost.gateway.tunnel.TunnelSettings;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.InventorySettings;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.credential.DeviceSecrets;
import org.outpost.inventory.credential.SecretKey;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.inventory.pin.AmtPins;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.configuration.Addresses;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.TunnelLimits;
import org.outpost.server.configuration.TunnelListener;
import org.outpost.server.configuration.TunnelTimeouts;
import org.outpost.server.datadir.DataDirectoryException;
import org.outpost.server.datadir.SecretKeyFile;
import org.outpost.server.notification.ConfigurationSource;
import org.outpost.server.notification.Notifications;
import org.outpost.server.recording.Recordings;
import org.outpost.server.web.WebServer;
import org.outpost.server.web.device.DeviceController;
import org.outpost.server.web.job.DeviceSelection;
import org.outpost.server.web.job.JobOwners;
import org.outpost.server.web.job.ScheduledJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tunnels and doors, put together from the configuration. Knows nothing of Spring. */
final class DataPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataPlane.class);

    private static final int LARGEST_WINDOW = 1 << 20;
    private static final Duration SEEN_EVERY = Duration.ofSeconds(15);
    private static final Duration REGISTER_DEADLINE = Duration.ofSeconds(3);

    private final Configuration configuration;
    private final Database database;
    private final Inventory inventory;
    private final Attempts attempts;
    private final Notifications notifications;
    private final DeviceSecrets secrets;
    private final DeviceLabels labels;
    private final Access access;
    private final ConsoleRights consoleRights;
    private final Audit audit;
    private final Transport transport;
    private final Authentication authentication;
    private final AuthenticationWorkers devices;
    private final AuthenticationWorkers consoles;
    private final TunnelServer tunnels;
    private final OpenChannels channels = new OpenChannels();
    private final TrafficSampler traffic;
    private final DeviceOpened opened;
    private final Lan lan;
    private final Vault vault;
    private final AmtVault amtLogins;
    private final AmtPinning amtPins;
    private final AmtOffice amt;
    private final BulkJobs jobs;
    private final Recordings recordings;
    private final List<ConsoleDoors.Named> doors;
    private final List<TunnelDoor> tunnelDoors = new ArrayList<>();

    /** A port where devices call in, with all that can fail before it is opened. */
    private record TunnelDoor(TunnelListener listener, @Nullable TlsSource context) {}

    DataPlane(Configuration configuration, Path folder, Tls tls, MeterRegistry meters)
            throws StartFailedException, IdentityException, DataDirectoryException {
        this.configuration = configuration;
        this.database = OpenDatabase.of(configuration.database(), folder, meters);
        this.inventory =
                new Inventory(
                        database,
                        new InventorySettings(
                                configuration.devices().admitUnknown(),
                                configuration.devices().perCredential(),
                                SEEN_EVERY,
                                REGISTER_DEADLINE));
        this.attempts = new Attempts(configuration, folder, database, meters);
        this.notifications = new Notifications(configuration, database, meters);
        this.transport = new Transport(0);
        SecretKey key =
                new SecretKeyFile(folder).readOrMake(() -> DeviceSecrets.areThere(database));
        this.secrets = new DeviceSecrets(database, key);
        this.labels = new DeviceLabels(database);
        this.audit = new Audit(configuration.audit(), folder, database, meters);
        this.recordings =
                ConsoleRecordings.of(configuration.recordings(), folder, database, audit.trail());
        AccessControl control = new AccessControl(database);
        Tokens tokens =
                new Tokens(database, new TokenKey(key.derived("tokens")), Clock.systemUTC());
        this.authentication =
                new Authentication(configuration, folder, secrets, control, tokens, meters);
        this.access = new Access(configuration.access(), folder, control, tokens, authentication);
        this.consoleRights =
                access.consoleRights(
                        configuration.console(), id -> DeviceController.traits(labels.of(id)));
        this.devices = authentication.devices();
        this.consoles = authentication.consoles();
        this.opened =
                new DeviceOpened(
                        configuration.deviceChannels(),
                        transport,
                        new RecordedAlerts(notifications.events(), meters),
                        meters);
        TunnelLimits limits = configuration.tunnel().limits();
        this.tunnels =
                new TunnelServer(
                        transport,
                        settings(configuration),
                        devices,
                        inventory,
                        new AddressLimits(
                                limits.newConnectionsPerAddressPerSecond(),
                                limits.connectionsPerAddress()),
                        new HandshakeSlots(
                                limits.handshakesInFlight(), 4 * limits.handshakesInFlight()),
                        attempts.listener(),
                        opened.traffic(),
                        notifications.feed(),
                        meters);
        this.traffic = new TrafficSampler(tunnels.traffic(), channels);
        this.lan = new Lan(configuration, transport, tunnels.directory());
        this.vault = AmtVault.open(database, folder);
        this.amtLogins =
                new AmtVault(
                        vault, id -> labels.of(id).tenant(), AmtVault.usual(configuration.amt()));
        this.amtPins = new AmtPinning(new AmtPins(database), InstantSource.system());
        this.amt =
                new AmtOffice(
                        configuration.amt(),
                        lan.directory(),
                        transport,
                        amtLogins,
                        amtPins,
                        channels,
                        meters);
        this.jobs =
                new BulkJobs(
                        configuration.jobs(),
                        database,
                        new DeviceWork(
                                amt,
                                tunnels.presence(),
                                !configuration.lan().networks().isEmpty(),
                                labels,
                                new JobOwners(control),
                                audit.trail()),
                        runner ->
                                new ScheduledJobs(
                                        runner,
                                        new DeviceSelection(inventory, tunnels.presence(), labels),
                                        new JobOwners(control),
                                        audit.trail()),
                        meters);
        this.doors =
                new ConsoleDoors(
                                configuration,
                                transport,
                                consoles,
                                lan.directory(),
                                consoleRights,
                                channels,
                                tls,
                                meters)
                        .all();
        List<TunnelListener> listeners = configuration.tunnel().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            TunnelListener listener = listeners.get(i);
            tunnelDoors.add(
                    new TunnelDoor(listener, tls.of("tunnel.listeners[" + i + "]", listener)));
        }
    }

    private static TunnelSettings settings(Configuration configuration) {
        TunnelLimits limits = configuration.tunnel().limits();
        TunnelTimeouts timeouts = configuration.tunnel().timeouts();
        var keepAlive = configuration.tunnel().keepAlive();
        WindowSettings windows =
                new WindowSettings(
                        WindowSettings.USUAL,
                        LARGEST_WINDOW,
                        new WindowBudget(Runtime.getRuntime().maxMemory() / 2));
        MultiplexerSettings standard = MultiplexerSettings.server(windows);
        MultiplexerSettings multiplexer =
                new MultiplexerSettings(
                        limits.channelsPerDevice(),
                        limits.waitingOpensPerDevice(),
                        standard.reuseNumbers(),
                        windows,
                        standard.maxPayload(),
                        standard.openRetries(),
                        standard.openRetryDelay(),
                        standard.closeTimeout());
        TunnelSettings defaults = TunnelSettings.defaults(multiplexer);
        return new TunnelSettings(
                limits.tunnels(),
                new HandshakeDeadlines(
                        timeouts.tls(),
                        timeouts.version(),
                        timeouts.authentication(),
                        timeouts.signIn(),
                        timeouts.firstForward()),
                ApfLimits.DEFAULT,
                new KeepAliveSettings(
                        keepAlive.interval(),
                        Duration.ZERO,
                        KeepAliveSettings.DEFAULT.missedIntervals(),
                        keepAlive.unnegotiated(),
                        keepAlive.probe()),
                multiplexer,
                defaults.portPatience(),
                defaults.maxPorts(),
                keepAlive.tcpUserTimeout());
    }

    List<OpenDoor> openForConsoles() throws StartFailedException {
        List<OpenDoor> open = new ArrayList<>();
        for (ConsoleDoors.Named door : doors) {
            open.add(door.open());
        }
        open.forEach(door -> notifications.opened(door.addresses()));
        return open;
    }

    /** Begins to tell subscribers; after the doors for consoles, whose ports they are told. */
    void startNotifications(ConfigurationSource source, List<OpenDoor> consoleDoors) {
        notifications.start(
                source,
                tunnels.presence(),
                addressOf("http-proxy", consoleDoors),
                addressOf("socks", consoleDoors));
    }

    private static @Nullable InetSocketAddress addressOf(String name, List<OpenDoor> open) {
        return open.stream()
                .filter(door -> door.name().equals(name))
                .map(door -> door.addresses().getFirst())
                .findFirst()
                .orElse(null);
    }

    /** Who is told what happens to devices. */
    Notifications notifications() {
        return notifications;
    }

    /**
     * Meant to be last: a device that is back can be reached at once, and none is let in and cut
     * off again because another door cannot be opened.
     */
    List<OpenDoor> openForDevices() throws StartFailedException {
        List<OpenDoor> open = new ArrayList<>();
        for (TunnelDoor door : tunnelDoors) {
            open.add(open(door.listener(), door.context()));
        }
        return open;
    }

    private OpenDoor open(TunnelListener listener, @Nullable TlsSource context)
            throws StartFailedException {
        List<InetSocketAddress> bound = new ArrayList<>();
        for (InetAddress address : new Addresses().forDevices(listener)) {
            try {
                bound.add(
                        tunnels.listen(
                                new TunnelListenerSettings(
                                        new InetSocketAddress(address, listener.port()),
                                        context,
                                        InFront.networks(listener.allow()),
                                        InFront.of(listener.proxyProtocol()))));
            } catch (IOException e) {
                throw ListenFailure.of("tunnel.listeners", e);
            }
        }
        return new OpenDoor("tunnel", listener.tls().name().toLowerCase(Locale.ROOT), bound);
    }

    /** Devices do not reach what this process listens on. */
    void ownDoors(List<OpenDoor> doors) {
        for (OpenDoor door : doors) {
            opened.ownDoors(door.addresses());
            lan.ownDoors(door.addresses());
            notifications.opened(door.addresses());
        }
    }

    Presence presence() {
        return tunnels.presence();
    }

    /** The channels to devices that are open. */
    OpenChannels channels() {
        return channels;
    }

    /** Asks who may come in as a console. */
    AuthenticationService consoles() {
        return consoles;
    }

    DeviceRegister register() {
        return inventory;
    }

    /** Completes when every event loop has answered. */
    CompletionStage<Void> beat() {
        return transport.beat();
    }

    AttemptLedger attempts() {
        return attempts.ledger();
    }

    Optional<Outage> databaseOutage() {
        return database.outage();
    }

    DeviceSecrets secrets() {
        return secrets;
    }

    DeviceLabels labels() {
        return labels;
    }

    Access access() {
        return access;
    }

    /** What consoles may know and reach. */
    ConsoleRights consoleRights() {
        return consoleRights;
    }

    Audit audit() {
        return audit;
    }

    /** AMT of the devices. */
    WebServer.AmtParts amt() {
        return new WebServer.AmtParts(
                amt,
                amtLogins,
                amtPins,
                new AmtRedirection(lan.directory(), amtLogins, amt),
                transport.loops()::next,
                vault);
    }

    /** Bulk jobs and schedules. */
    WebServer.JobParts jobs() {
        return jobs.parts();
    }

    /** Recordings of text consoles. */
    Recordings recordings() {
        return recordings;
    }

    boolean isDraining() {
        return tunnels.isDraining();
    }

    /**
     * Accepts nobody any more, lets consoles finish up to the deadline, sends every device away at
     * the configured pace. Blocks.
     */
    void drain() {
        jobs.close();
        Duration deadline = configuration.shutdown().deadline();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (ConsoleDoors.Named door : doors) {
            ends.add(door.door().drain().toCompletableFuture());
        }
        CompletableFuture<Void> tunnelsGone =
                tunnels.drain(deadline, configuration.shutdown().disconnectsPerSecond())
                        .toCompletableFuture();
        await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), deadline);
        for (ConsoleDoors.Named door : doors) {
            door.door().close();
        }
        await(tunnelsGone, deadline.plusSeconds(10));
        notifications.drain();
    }

    private static void await(CompletableFuture<Void> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.atInfo().log("the deadline for open connections is over; they are cut");
        } catch (ExecutionException e) {
            log.atWarn().setCause(e).log("draining failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        for (ConsoleDoors.Named door : doors) {
            door.door().close();
        }
        jobs.close();
        traffic.close();
        transport.close();
        devices.close();
        consoles.close();
        attempts.close();
        lan.close();
        opened.close();
        notifications.close();
        access.close();
        authentication.close();
        inventory.close();
        recordings.close();
        audit.close();
        database.close();
    }
}
