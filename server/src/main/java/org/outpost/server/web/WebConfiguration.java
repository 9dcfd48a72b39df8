package org.outpost.server.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.outpost.access.AccessControl;
import org.outpost.access.audit.AuditTrail;
import org.outpost.amt.redirection.gateway.RedirectionLeases;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.command.VersionCommand;
import org.outpost.server.image.ImageStore;
import org.outpost.server.image.Mounts;
import org.outpost.server.logging.LogLevels;
import org.outpost.server.notification.Notifications;
import org.outpost.server.recording.Recordings;
import org.outpost.server.soap.SoapConfiguration;
import org.outpost.server.web.account.Accounts;
import org.outpost.server.web.account.Authority;
import org.outpost.server.web.account.GroupController;
import org.outpost.server.web.account.RoleController;
import org.outpost.server.web.account.SignInController;
import org.outpost.server.web.account.TenantController;
import org.outpost.server.web.account.TokenController;
import org.outpost.server.web.account.UserController;
import org.outpost.server.web.channel.ChannelController;
import org.outpost.server.web.device.DeviceChanges;
import org.outpost.server.web.device.DeviceController;
import org.outpost.server.web.image.ImageController;
import org.outpost.server.web.image.MountController;
import org.outpost.server.web.recording.RecordingAudit;
import org.outpost.server.web.recording.RecordingController;
import org.outpost.server.web.relay.RelayAdmission;
import org.outpost.server.web.relay.RelayController;
import org.outpost.server.web.relay.RelayDoor;
import org.outpost.server.web.relay.RelayRecordings;
import org.outpost.server.web.relay.RelaySessions;
import org.outpost.server.web.security.Callers;
import org.outpost.server.web.security.SecurityConfiguration;
import org.outpost.server.why.Why;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Every bean of ours, wired by hand. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SoapConfiguration.class, SecurityConfiguration.class})
class WebConfiguration {
    private static final long LONGEST_REQUEST = 1 << 20;

    /** Where the description of the API is. */
    static final String OPENAPI = "/api/v1/openapi.json";

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Outpost")
                                .version(VersionCommand.release())
                                .description(
                                        "Management Presence Server for PCs with Intel AMT. Paths"
                                                + " and bodies follow Open DMT's MPS where it has"
                                                + " them."))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "token",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    /** Longer requests are cut off before they take memory. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> requestLimit() {
        return factory ->
                factory.addServerCustomizers(
                        server -> {
                            RequestLimit limit =
                                    new RequestLimit(LONGEST_REQUEST, ImageController.PATH + "/");
                            limit.setHandler(server.getHandler());
                            server.setHandler(limit);
                        });
    }

    /** Browsers' WebSockets are taken out before servlets see them. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> relay(RelayDoor door) {
        return factory ->
                factory.addServerCustomizers(
                        server -> {
                            WebSocketUpgradeHandler upgrades =
                                    WebSocketUpgradeHandler.from(server, door::open);
                            upgrades.setHandler(server.getHandler());
                            server.setHandler(upgrades);
                        });
    }

    @Bean
    RelayDoor relayDoor(
            Callers callers,
            Accounts accounts,
            AllowList allowed,
            SecurityConfiguration.BrowserRules browsers,
            SecurityConfiguration.Devices devices,
            WebServer.AmtParts amt,
            AuditTrail audit,
            RelaySessions sessions,
            RelayRecordings recordings) {
        return new RelayDoor(
                new RelayAdmission(
                        callers,
                        accounts.tickets(),
                        allowed::allows,
                        browsers.origins(),
                        devices.traits(),
                        amt.redirection()),
                devices.traits(),
                amt.loops(),
                sessions,
                recordings,
                audit);
    }

    @Bean
    RelayRecordings relayRecordings(
            Recordings recordings,
            SecurityConfiguration.Devices devices,
            Presence presence,
            DeviceLabels labels) {
        return new RelayRecordings(recordings, devices.traits(), presence, labels);
    }

    @Bean
    RecordingController recordingController(
            Recordings recordings, SecurityConfiguration.Devices devices, AuditTrail audit) {
        return new RecordingController(recordings, devices.traits(), new RecordingAudit(audit));
    }

    @Bean
    RedirectionLeases redirectionLeases() {
        return new RedirectionLeases();
    }

    @Bean
    RelaySessions relaySessions(
            Callers callers, SecurityConfiguration.Devices devices, RedirectionLeases leases) {
        return new RelaySessions(callers, devices.traits(), leases);
    }

    @Bean
    ImageController imageController(ImageStore images) {
        return new ImageController(images);
    }

    @Bean
    Mounts mounts(RedirectionLeases leases) {
        return new Mounts(leases);
    }

    @Bean
    MountController mountController(Mounts mounts, ImageStore images, WebServer.AmtParts amt) {
        return new MountController(mounts, images, amt.redirection());
    }

    @Bean
    RelayController relayController(RelaySessions sessions, SecurityConfiguration.Devices devices) {
        return new RelayController(sessions, devices.traits());
    }

    @Bean
    Failures failures() {
        return new Failures();
    }

    @Bean
    DeviceController deviceController(
            DeviceRegister register,
            Presence presence,
            DeviceLabels labels,
            Accounts accounts,
            WebServer.AmtParts amt) {
        AccessControl control = accounts.control();
        return new DeviceController(
                register,
                presence,
                labels,
                new DeviceChanges(labels, control, new Authority(control), amt.logins()));
    }

    @Bean
    TunnelController tunnelController(Presence presence, SecurityConfiguration.Devices devices) {
        return new TunnelController(presence, devices.traits());
    }

    @Bean
    ChannelController channelController(
            OpenChannels channels, Presence presence, SecurityConfiguration.Devices devices) {
        return new ChannelController(channels, presence, devices.traits());
    }

    @Bean
    SignInController signInController(Accounts accounts) {
        return accounts.signInController();
    }

    @Bean
    UserController userController(Accounts accounts) {
        return accounts.userController();
    }

    @Bean
    TokenController tokenController(Accounts accounts) {
        return accounts.tokenController();
    }

    @Bean
    RoleController roleController(Accounts accounts) {
        return accounts.roleController();
    }

    @Bean
    GroupController groupController(Accounts accounts) {
        return accounts.groupController();
    }

    @Bean
    TenantController tenantController(Accounts accounts, DeviceLabels labels) {
        return new TenantController(accounts.control(), labels);
    }

    @Bean
    AttemptController attemptController(AttemptLedger attempts, DeviceRegister register) {
        return new AttemptController(attempts, register);
    }

    @Bean
    WhyController whyController(Why why) {
        return new WhyController(why);
    }

    @Bean
    LogLevelController logLevelController(LogLevels levels) {
        return new LogLevelController(levels);
    }

    @Bean
    SubscriberController subscriberController(Notifications notifications) {
        return new SubscriberController(notifications);
    }

    @Bean
    EventController eventController(
            Notifications notifications, SecurityConfiguration.Devices devices, Callers callers) {
        return new EventController(notifications, devices.traits(), callers);
    }

    @Bean
    FilterRegistrationBean<AllowListFilter> allowListFilter(AllowList allowed) {
        FilterRegistrationBean<AllowListFilter> registration =
                new FilterRegistrationBean<>(new AllowListFilter(allowed));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    HealthIndicator databaseHealthIndicator(WebServer.DatabaseOutage outage) {
        return new DatabaseHealth(outage.now());
    }

    @Bean
    HealthIndicator doorsHealthIndicator(WebServer.Readiness readiness) {
        return () ->
                readiness.ready().getAsBoolean()
                        ? Health.up().build()
                        : Health.outOfService().build();
    }
}
