package org.outpost.server.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.EventLoop;

import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditReader;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.audit.SigningKeys;
import org.outpost.access.secret.Vault;
import org.outpost.database.Outage;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.credential.DeviceSecrets;
import org.outpost.inventory.job.JobRunner;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.inventory.schedule.Scheduler;
import org.outpost.server.certificate.TlsIdentity;
import org.outpost.server.configuration.RunningSettings;
import org.outpost.server.configuration.binding.Subnet;
import org.outpost.server.image.ImageStore;
import org.outpost.server.logging.LogLevels;
import org.outpost.server.notification.Notifications;
import org.outpost.server.recording.Recordings;
import org.outpost.server.web.account.Accounts;
import org.outpost.server.web.amt.AmtCertificates;
import org.outpost.server.web.amt.AmtControllers;
import org.outpost.server.web.amt.AmtDevices;
import org.outpost.server.web.amt.AmtLogins;
import org.outpost.server.web.audit.AuditController;
import org.outpost.server.web.device.DeviceController;
import org.outpost.server.web.job.DeviceSelection;
import org.outpost.server.web.job.JobControllers;
import org.outpost.server.web.relay.RelayTargets;
import org.outpost.server.web.secret.SecretController;
import org.outpost.server.web.security.SecurityConfiguration;
import org.outpost.server.web.setting.SettingController;
import org.outpost.server.why.Facts;
import org.outpost.server.why.Why;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The web door and the management door: Spring on Jetty, on virtual threads. The data plane neither
 * needs it nor waits for it.
 */
public final class WebServer implements AutoCloseable {
    private final Settings settings;
    private final Parts parts;
    private volatile List<InetSocketAddress> webAddresses = List.of();
    private volatile List<InetSocketAddress> managementAddresses = List.of();
    private volatile SslContextFactory.@Nullable Server tls;
    private @Nullable ConfigurableApplicationContext context;

    /**
     * Where to listen.
     *
     * @param web the API's addresses, with TLS; all with one port
     * @param management the addresses of metrics and health, in plain text; all with one port
     * @param certificates PEM file with the server's certificate chain
     * @param key PEM file with its key
     * @param allow where users of the API may come from; empty for anywhere
     * @param browsers how browsers may use the API
     */
    public record Settings(
            List<InetSocketAddress> web,
            List<InetSocketAddress> management,
            Path certificates,
            Path key,
            List<Subnet> allow,
            SecurityConfiguration.BrowserRules browsers) {}

    /**
     * What the API shows and does.
     *
     * @param channels to devices that are open
     * @param consoles asked for those who call by SOAP
     * @param consoleRights which devices these may know of
     * @param facts what the advice must know of this server
     * @param settings that count
     * @param token what commands on this machine show
     * @param ready whether all doors are open and the server is not draining
     * @param databaseOutage since when and why the database does not answer; empty when it does
     * @param secretsAsked whether devices may sign in with what is in {@code secrets}
     * @param labels what people say of devices, on which rights depend
     * @param accounts who may call
     * @param audit where what is done is written down
     * @param amt AMT of the devices
     * @param images for the drives of devices
     * @param jobs bulk jobs and schedules
     * @param recordings of text consoles
     * @param authority PEM file with the certificate of the authority that devices must trust
     */
    public record Parts(
            Presence presence,
            OpenChannels channels,
            DeviceRegister register,
            AuthenticationService consoles,
            ConsoleRights consoleRights,
            AttemptLedger attempts,
            Supplier<Facts> facts,
            PrometheusMeterRegistry meters,
            RunningSettings settings,
            LogLevels levels,
            String token,
            BooleanSupplier ready,
            Supplier<Optional<Outage>> databaseOutage,
            DeviceSecrets secrets,
            boolean secretsAsked,
            Notifications notifications,
            DeviceLabels labels,
            Accounts accounts,
            AuditParts audit,
            AmtParts amt,
            ImageStore images,
            JobParts jobs,
            Recordings recordings,
            Path authority) {
        /** Leaves the token out, so that it reaches no log. */
        @Override
        public String toString() {
            return "Parts";
        }
    }

    /** Makes the server; {@link #start} opens it. */
    public WebServer(Settings settings, Parts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /** Opens both doors. Throws when one cannot be opened. */
    public void start() {
        // Logging is ours, and was set up before Spring came.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SpringApplication application = new SpringApplication(WebConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        // The order of stopping is ours.
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties());
        application.addInitializers(
                starting -> {
                    // Before variables and files that Spring would look for: ours are the settings.
                    starting.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("outpost", properties()));
                    var beans = starting.getBeanFactory();
                    beans.registerSingleton("presence", parts.presence());
                    beans.registerSingleton("openChannels", parts.channels());
                    beans.registerSingleton("deviceRegister", parts.register());
                    beans.registerSingleton("consoles", parts.consoles());
                    beans.registerSingleton("consoleRights", parts.consoleRights());
                    beans.registerSingleton("attemptLedger", parts.attempts());
                    beans.registerSingleton(
                            "why",
                            new Why(
                                    parts.presence(),
                                    parts.register(),
                                    parts.attempts(),
                                    parts.facts()));
                    beans.registerSingleton(
                            "settingController", new SettingController(parts.settings()));
                    beans.registerSingleton("logLevels", parts.levels());
                    beans.registerSingleton("meterRegistry", parts.meters());
                    beans.registerSingleton(
                            "prometheusRegistry", parts.meters().getPrometheusRegistry());
                    beans.registerSingleton("callers", parts.accounts().callers(parts.token()));
                    beans.registerSingleton("accounts", parts.accounts());
                    beans.registerSingleton("browserRules", settings.browsers());
                    beans.registerSingleton("auditTrail", parts.audit().trail());
                    beans.registerSingleton(
                            "auditController",
                            new AuditController(
                                    parts.audit().reader(),
                                    parts.audit().keys(),
                                    parts.accounts().control()));
                    beans.registerSingleton("deviceLabels", parts.labels());
                    jobControllers().forEach(beans::registerSingleton);
                    beans.registerSingleton("amtParts", parts.amt());
                    beans.registerSingleton("imageStore", parts.images());
                    beans.registerSingleton("recordings", parts.recordings());
                    beans.registerSingleton(
                            "secretController", new SecretController(parts.amt().vault()));
                    beans.registerSingleton(
                            "devices",
                            new SecurityConfiguration.Devices(
                                    id -> DeviceController.traits(parts.labels().of(id))));
                    beans.registerSingleton("allowed", new AllowList(settings.allow()));
                    beans.registerSingleton(
                            "deviceCredentialController",
                            new DeviceCredentialController(parts.secrets(), parts.secretsAsked()));
                    amtControllers().forEach(beans::registerSingleton);
                    beans.registerSingleton(
                            "serverController",
                            new ServerController(parts.databaseOutage(), parts.authority()));
                    beans.registerSingleton("notifications", parts.notifications());
                    beans.registerSingleton("readiness", new Readiness(parts.ready()));
                    beans.registerSingleton(
                            "databaseOutage", new DatabaseOutage(parts.databaseOutage()));
                });
        application.addListeners(
                (ApplicationListener<WebServerInitializedEvent>) this::listenFurther);
        context = application.run();
    }

    private Map<String, Object> amtControllers() {
        return AmtControllers.of(
                parts.amt().devices(),
                parts.amt().logins(),
                parts.amt().certificates(),
                id ->
                        parts.labels().find(id).isPresent()
                                || !Answers.await(parts.register().find(id.toString())).isEmpty(),
                id -> DeviceController.traits(parts.labels().of(id)));
    }

    private Map<String, Object> jobControllers() {
        return JobControllers.of(
                parts.jobs(),
                new DeviceSelection(parts.register(), parts.presence(), parts.labels()),
                parts.accounts().control());
    }

    /** Spring opens one address for each server; the others are added here. */
    private void listenFurther(WebServerInitializedEvent event) {
        boolean management =
                "management".equals(event.getApplicationContext().getServerNamespace());
        List<InetSocketAddress> wanted = management ? settings.management() : settings.web();
        Server jetty = ((JettyWebServer) event.getWebServer()).getServer();
        ServerConnector first = (ServerConnector) jetty.getConnectors()[0];
        answerByAnyName(first);
        SslConnectionFactory secure = first.getConnectionFactory(SslConnectionFactory.class);
        if (secure != null) {
            tls = secure.getSslContextFactory();
        }
        List<InetSocketAddress> open = new ArrayList<>();
        open.add(new InetSocketAddress(wanted.getFirst().getAddress(), first.getLocalPort()));
        for (InetSocketAddress address : wanted.subList(1, wanted.size())) {
            ServerConnector more =
                    new ServerConnector(
                            jetty,
                            first.getConnectionFactories().toArray(ConnectionFactory[]::new));
            more.setHost(address.getAddress().getHostAddress());
            more.setPort(first.getLocalPort());
            more.setIdleTimeout(first.getIdleTimeout());
            jetty.addConnector(more);
            try {
                more.start();
            } catch (Exception e) {
                throw new IllegalStateException("cannot listen on " + address, e);
            }
            open.add(new InetSocketAddress(address.getAddress(), more.getLocalPort()));
        }
        if (management) {
            managementAddresses = List.copyOf(open);
        } else {
            webAddresses = List.copyOf(open);
        }
    }

    /**
     * Jetty refuses requests for a host that its certificate does not name. Who may come in is
     * decided by the token; and commands on this machine call 127.0.0.1, which the certificate of
     * an operator seldom names.
     */
    private static void answerByAnyName(ServerConnector connector) {
        var http = connector.getConnectionFactory(HttpConfiguration.ConnectionFactory.class);
        SecureRequestCustomizer tls =
                http.getHttpConfiguration().getCustomizer(SecureRequestCustomizer.class);
        if (tls != null) {
            tls.setSniHostCheck(false);
        }
    }

    /**
     * Shows another certificate from the next handshake on. Requests that run go on.
     *
     * @throws IllegalStateException when Jetty cannot use it; the former stays
     */
    public void show(TlsIdentity identity) {
        SslContextFactory.Server factory = tls;
        if (factory == null) {
            throw new IllegalStateException("the web door is not open");
        }
        try {
            factory.reload(door -> door.setSslContext(identity.sslContext()));
        } catch (Exception e) {
            throw new IllegalStateException("the web door cannot use " + identity, e);
        }
    }

    /** Where the API listens; empty before the start. */
    public List<InetSocketAddress> webAddresses() {
        return webAddresses;
    }

    /** Where metrics and health are; empty before the start. */
    public List<InetSocketAddress> managementAddresses() {
        return managementAddresses;
    }

    /** The API's address for commands on this machine. */
    public URI url() {
        InetSocketAddress address = webAddresses.getFirst();
        String host =
                address.getAddress().isAnyLocalAddress()
                        ? "127.0.0.1"
                        : address.getAddress() instanceof Inet6Address six
                                ? "[" + six.getHostAddress() + "]"
                                : address.getAddress().getHostAddress();
        return URI.create("https://" + host + ":" + address.getPort());
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", settings.web().getFirst().getPort());
        properties.put("server.address", settings.web().getFirst().getAddress().getHostAddress());
        properties.put("server.ssl.bundle", "web");
        properties.put("server.shutdown", "graceful");
        properties.put("server.server-header", "");
        properties.put("server.jetty.connection-idle-timeout", "60s");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        properties.put(
                "spring.ssl.bundle.pem.web.keystore.certificate",
                settings.certificates().toUri().toString());
        properties.put(
                "spring.ssl.bundle.pem.web.keystore.private-key",
                settings.key().toUri().toString());
        properties.put("spring.main.web-application-type", "servlet");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.mvc.problemdetails.enabled", true);
        properties.put("spring.jmx.enabled", false);
        properties.put("springdoc.api-docs.path", WebConfiguration.OPENAPI);
        properties.put("springdoc.api-docs.version", "openapi_3_1");
        properties.put("springdoc.paths-to-match", "/api/v1/**");
        properties.put("springdoc.default-produces-media-type", "application/json");
        properties.put("springdoc.writer-with-order-by-keys", true);
        properties.put("springdoc.enable-kotlin", false);
        properties.put("management.server.port", settings.management().getFirst().getPort());
        properties.put(
                "management.server.address",
                settings.management().getFirst().getAddress().getHostAddress());
        properties.put("management.server.ssl.enabled", false);
        properties.put("management.endpoints.web.base-path", "/");
        properties.put("management.endpoints.web.discovery.enabled", false);
        properties.put("management.endpoints.access.default", "none");
        properties.put("management.endpoint.health.access", "read-only");
        properties.put("management.endpoint.prometheus.access", "read-only");
        properties.put(
                "management.endpoints.web.exposure.include", List.of("health", "prometheus"));
        properties.put("management.endpoints.web.path-mapping.prometheus", "metrics");
        properties.put("management.endpoint.health.group.live.include", "ping");
        properties.put("management.endpoint.health.group.ready.include", "doors,database");
        properties.put("management.endpoint.health.group.ready.show-details", "always");
        // Known to monitoring, but 200: tunnels and doors work.
        properties.put(
                "management.endpoint.health.status.order",
                List.of("down", "out-of-service", DatabaseHealth.DEGRADED, "up", "unknown"));
        properties.put("management.endpoint.health.show-components", "always");
        properties.put("management.health.defaults.enabled", false);
        properties.put("management.health.ping.enabled", true);
        return properties;
    }

    /** Closes both doors; running requests may finish for a few seconds. */
    @Override
    public void close() {
        ConfigurableApplicationContext running = context;
        context = null;
        if (running != null) {
            running.close();
        }
    }

    /** The audit trail, and how it is read and signed. */
    public record AuditParts(AuditTrail trail, AuditReader reader, SigningKeys keys) {}

    /**
     * AMT of the devices.
     *
     * @param logins what signs in there
     * @param certificates that they show
     * @param redirection the ways to their screens and drives
     * @param loops where connections of browsers live
     * @param vault where logins are kept
     */
    public record AmtParts(
            AmtDevices devices,
            AmtLogins logins,
            AmtCertificates certificates,
            RelayTargets redirection,
            Supplier<EventLoop> loops,
            Vault vault) {}

    /** Bulk jobs, and what starts them by the clock. */
    public record JobParts(JobRunner runner, Scheduler scheduler) {}

    /** Whether the server can do its work. */
    record Readiness(BooleanSupplier ready) {}

    /** Whether the database answers. */
    record DatabaseOutage(Supplier<Optional<Outage>> now) {}
}
