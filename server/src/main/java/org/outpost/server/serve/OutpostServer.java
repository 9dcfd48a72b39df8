package org.outpost.server.serve;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.configuration.Addresses;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ImageSettings;
import org.outpost.server.configuration.ManagementSettings;
import org.outpost.server.configuration.RunningSettings;
import org.outpost.server.configuration.WebSettings;
import org.outpost.server.configuration.WrittenSubscribers;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.datadir.DataDirectory;
import org.outpost.server.datadir.DataDirectoryException;
import org.outpost.server.image.ImageStore;
import org.outpost.server.logging.LogLevels;
import org.outpost.server.notification.ConfigurationSource;
import org.outpost.server.web.WebServer;
import org.outpost.server.web.security.SecurityConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** The whole server: the data plane, and beside it the web and management doors. */
public final class OutpostServer {
    private static final Logger log = LoggerFactory.getLogger(OutpostServer.class);
    private static final long BYTES_OF_A_MIB = 1 << 20;

    private final Configuration configuration;
    private final RunningSettings settings;
    private final ConfigurationSource source;
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final OwnDoors certificateDoors = new OwnDoors();
    private volatile boolean ready;
    private @Nullable EgressPolicy certificateEgress;
    private @Nullable DataDirectory folder;
    private @Nullable Tls certificates;
    private volatile @Nullable DataPlane dataPlane;
    private @Nullable WebServer web;

    /** Makes the server; {@link #start} brings it up. */
    public OutpostServer(Effective<Configuration> settings) {
        this(settings, ConfigurationSource.fixed(settings));
    }

    /**
     * Makes a server that follows changes of its configuration file.
     *
     * @param source reads the settings again
     */
    public OutpostServer(Effective<Configuration> settings, ConfigurationSource source) {
        this.settings = new RunningSettings(settings);
        this.source = source.telling(this.settings::readAgain);
        this.configuration = settings.settings();
    }

    /**
     * Brings everything up.
     *
     * @return the doors that listen now
     * @throws StartFailedException when something is in the way; what was started is stopped again
     */
    public List<OpenDoor> start() throws StartFailedException {
        lifecycle.lock();
        try {
            return startAll();
        } catch (IdentityException | DataDirectoryException e) {
            close();
            throw new StartFailedException(String.valueOf(e.getMessage()), e);
        } catch (StartFailedException e) {
            close();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw new StartFailedException(rootMessage(e), e);
        } finally {
            lifecycle.unlock();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getName() : message;
    }

    private List<OpenDoor> startAll()
            throws StartFailedException, IdentityException, DataDirectoryException {
        DataDirectory data = DataDirectory.open(configuration.dataDir());
        folder = data;
        bindMeters();
        Tls tls =
                new Tls(
                        configuration,
                        data.folder(),
                        new Responders(configuration.tls(), egress(), meters));
        certificates = tls;
        DataPlane plane = new DataPlane(configuration, data.folder(), tls, meters);
        dataPlane = plane;
        List<OpenDoor> open = new ArrayList<>(plane.openForConsoles());
        plane.startNotifications(source, open);
        WebServer server = webServer(data, plane, tls);
        web = server;
        open.addAll(openWeb(server));
        ownDoors(plane, open);
        List<OpenDoor> forDevices = plane.openForDevices();
        ownDoors(plane, forDevices);
        open.addAll(forDevices);
        tellCommands(data, server.url());
        tls.start();
        ready = true;
        return open;
    }

    /** Where addresses in certificates may lead: the same entries, from the start. */
    private EgressPolicy egress() {
        EgressPolicy policy =
                new EgressPolicy(WrittenSubscribers.egress(configuration), certificateDoors);
        certificateEgress = policy;
        return policy;
    }

    /** Nobody's word leads to one of them. */
    private void ownDoors(DataPlane plane, List<OpenDoor> open) {
        plane.ownDoors(open);
        open.forEach(door -> door.addresses().forEach(certificateDoors::add));
    }

    private void tellCommands(DataDirectory data, URI url) throws DataDirectoryException {
        Path certificate = configuration.web().certificate();
        if (certificate == null) {
            data.writeApiLocation(url);
        } else {
            data.writeApiLocation(url, certificate);
        }
    }

    private void bindMeters() {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        @SuppressWarnings("resource") // listens to the collector as long as the process lives
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(meters);
        if (ByteBufAllocator.DEFAULT instanceof AdaptiveByteBufAllocator adaptive) {
            new NettyAllocatorMetrics(adaptive).bindTo(meters);
        }
    }

    private WebServer webServer(DataDirectory data, DataPlane plane, Tls tls)
            throws DataDirectoryException, IdentityException, StartFailedException {
        WebSettings web = configuration.web();
        ServerCertificates.Shown shown = tls.web(web.certificate(), web.key());
        Addresses addresses = new Addresses();
        ManagementSettings management = configuration.management();
        List<InetAddress> operators = addresses.forOperators(management.address());
        WebServer server =
                new WebServer(
                        new WebServer.Settings(
                                at(addresses.forConsoles(web.address(), configuration), web.port()),
                                at(operators, managementPort(management, operators)),
                                shown.certificate(),
                                shown.key(),
                                web.allow(),
                                new SecurityConfiguration.BrowserRules(
                                        web.corsOrigins(), web.certificate() != null)),
                        new WebServer.Parts(
                                plane.presence(),
                                plane.channels(),
                                plane.register(),
                                plane.consoles(),
                                plane.consoleRights(),
                                plane.attempts(),
                                new AdviceFacts(configuration, data.folder())::read,
                                meters,
                                settings,
                                new LogLevels(),
                                data.cliToken(),
                                () -> ready && !plane.isDraining(),
                                plane::databaseOutage,
                                plane.secrets(),
                                Authentication.asksDeviceTable(configuration),
                                plane.notifications(),
                                plane.labels(),
                                plane.access().accounts(configuration.access()),
                                new WebServer.AuditParts(
                                        plane.audit().trail(),
                                        plane.audit().reader(),
                                        plane.audit().keys()),
                                plane.amt(),
                                images(data.folder()),
                                plane.jobs(),
                                plane.recordings(),
                                data.folder().resolve("ca.crt")));
        tls.watchWeb(shown, server::show);
        return server;
    }

    private ImageStore images(Path folder) throws StartFailedException {
        ImageSettings settings = configuration.images();
        Path listed = settings.folder();
        if (listed != null && !Files.isDirectory(listed)) {
            throw new StartFailedException(
                    "images.folder: " + listed + " is no folder; make it, or leave the key out");
        }
        ImageStore images =
                new ImageStore(
                        folder.resolve("images"),
                        listed,
                        settings.largest() * BYTES_OF_A_MIB,
                        settings.keepFree() * BYTES_OF_A_MIB);
        try {
            images.removeUnfinished();
        } catch (IOException | UncheckedIOException e) {
            // They only take room.
            log.atWarn().setCause(e).log("what broken uploads of images left stays there");
        }
        return images;
    }

    private static List<InetSocketAddress> at(List<InetAddress> addresses, int port) {
        return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    /** The port written; else the usual one, or any when that is taken. */
    private static int managementPort(ManagementSettings settings, List<InetAddress> addresses) {
        Integer written = settings.port();
        if (written != null) {
            return written;
        }
        try (ServerSocket probe =
                new ServerSocket(ManagementSettings.DEFAULT_PORT, 1, addresses.getFirst())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    private static List<OpenDoor> openWeb(WebServer server) throws StartFailedException {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new StartFailedException(
                    "the web or the management door cannot be opened: "
                            + rootMessage(e)
                            + "; look at \"web\" and \"management\" in the configuration",
                    e);
        }
        return List.of(
                new OpenDoor("web", "https", server.webAddresses()),
                new OpenDoor("management", "http", server.managementAddresses()));
    }

    /** The API's address. */
    public URI url() {
        WebServer server = web;
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.url();
    }

    /**
     * Asks the server for a sign of life.
     *
     * @return completes when every event loop of the data plane has answered; exceptionally when
     *     the server does not run
     */
    public CompletionStage<Void> beat() {
        DataPlane plane = dataPlane;
        return plane == null
                ? CompletableFuture.failedStage(new IllegalStateException("not running"))
                : plane.beat();
    }

    /**
     * Ends in good order: drains, then stops. Blocks; waits for a start that is under way; a second
     * call does nothing.
     */
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        lifecycle.lock();
        try {
            stopAll();
        } finally {
            lifecycle.unlock();
        }
    }

    private void stopAll() {
        ready = false;
        DataPlane plane = dataPlane;
        if (plane != null) {
            log.atInfo().log("stopping: open connections may finish");
            plane.drain();
        }
        close();
        log.atInfo().log("stopped");
    }

    private void close() {
        Tls tls = certificates;
        certificates = null;
        if (tls != null) {
            tls.close();
        }
        EgressPolicy egress = certificateEgress;
        certificateEgress = null;
        if (egress != null) {
            egress.close();
        }
        WebServer server = web;
        web = null;
        if (server != null) {
            server.close();
        }
        DataPlane plane = dataPlane;
        dataPlane = null;
        if (plane != null) {
            plane.close();
        }
        DataDirectory data = folder;
        folder = null;
        if (data != null) {
            data.close();
        }
    }
}
