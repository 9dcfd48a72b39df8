package org.outpost.server.soap;

import com.github.benmanes.caffeine.cache.Ticker;

import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.tunnel.Presence;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The SOAP endpoint on the web door, wired by hand. */
@Configuration(proxyBeanMethods = false)
public class SoapConfiguration {
    @Bean
    MpsController mpsController(Presence presence, ConsoleRights rights) {
        return new MpsController(
                new MpsService(presence, rights, new Enumerations(Ticker.systemTicker())));
    }

    @Bean
    FilterRegistrationBean<ConsoleSignInFilter> consoleSignInFilter(
            AuthenticationService consoles) {
        FilterRegistrationBean<ConsoleSignInFilter> registration =
                new FilterRegistrationBean<>(new ConsoleSignInFilter(consoles));
        registration.addUrlPatterns(MpsController.PATH);
        return registration;
    }
}
