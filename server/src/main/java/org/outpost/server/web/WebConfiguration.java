package org.outpost.server.web;

import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.server.logging.LogLevels;
import org.outpost.server.notification.Notifications;
import org.outpost.server.soap.SoapConfiguration;
import org.outpost.server.why.Why;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Every bean of ours, wired by hand. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SoapConfiguration.class)
class WebConfiguration {
    @Bean
    DeviceController deviceController(DeviceRegister register, Presence presence) {
        return new DeviceController(register, presence);
    }

    @Bean
    TunnelController tunnelController(Presence presence) {
        return new TunnelController(presence);
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
    EventController eventController(Notifications notifications) {
        return new EventController(notifications);
    }

    @Bean
    FilterRegistrationBean<AllowListFilter> allowListFilter(WebServer.Allowed allowed) {
        FilterRegistrationBean<AllowListFilter> registration =
                new FilterRegistrationBean<>(new AllowListFilter(allowed.ranges()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BearerTokenFilter> bearerTokenFilter(WebServer.ApiToken token) {
        FilterRegistrationBean<BearerTokenFilter> registration =
                new FilterRegistrationBean<>(new BearerTokenFilter(token.value()));
        registration.addUrlPatterns("/api/*");
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
