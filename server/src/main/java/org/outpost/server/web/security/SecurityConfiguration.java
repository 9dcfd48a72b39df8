package org.outpost.server.web.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.DeviceTraits;
import org.outpost.server.web.audit.ActionAudit;
import org.outpost.server.web.audit.RecordedFirst;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The API behind Spring Security: who calls is found out by {@link CallerFilter}, whether they may
 * by {@link RightsGuard}. There are no sessions of servlets, no forms and no Basic. Spring's CSRF
 * tokens are off: only the cookie could be abused, and {@link SessionCookie} does not count for
 * requests of other sites.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {
    static final String SIGN_IN =
            "Sign in with POST /api/v1/authorize {\"username\":…, \"password\":…} and send the"
                + " token as: Authorization: Bearer TOKEN; commands on the server itself use the"
                + " token in data-dir/cli.token.";

    /** What a page may do that is opened from the API: nothing. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    /**
     * How browsers may use the API.
     *
     * @param origins pages of these origins may call it with a token, such as {@code
     *     https://console.example}; nobody else's may
     * @param strictTransport whether to tell browsers to come by HTTPS alone from now on, which for
     *     a certificate of our own CA would shut them out when it changes
     */
    public record BrowserRules(List<String> origins, boolean strictTransport) {}

    /** What rights to a device depend on. */
    public record Devices(Function<UUID, DeviceTraits> traits) {}

    @Bean
    SecurityFilterChain api(
            HttpSecurity http, Callers callers, BrowserRules rules, JsonMapper json) {
        return http.securityMatcher(webDoor())
                .csrf(AbstractHttpConfigurer::disable)
                .cors(cors -> cors.configurationSource(cors(rules.origins())))
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(headers -> headers(headers, rules.strictTransport()))
                .addFilterBefore(new CallerFilter(callers), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests ->
                                requests.requestMatchers(HttpMethod.POST, "/api/v1/authorize")
                                        .permitAll()
                                        .requestMatchers(HttpMethod.GET, "/api/v1/health")
                                        .permitAll()
                                        // signs in by its one-time token
                                        .requestMatchers("/relay/**")
                                        .permitAll()
                                        .anyRequest()
                                        .authenticated())
                .exceptionHandling(
                        failures ->
                                failures.authenticationEntryPoint(
                                                (request, response, e) -> {
                                                    response.setHeader(
                                                            HttpHeaders.WWW_AUTHENTICATE,
                                                            "Bearer realm=\"Outpost\"");
                                                    refuse(
                                                            json,
                                                            response,
                                                            HttpStatus.UNAUTHORIZED,
                                                            SIGN_IN);
                                                })
                                        .accessDeniedHandler(
                                                (request, response, e) ->
                                                        refuse(
                                                                json,
                                                                response,
                                                                HttpStatus.FORBIDDEN,
                                                                "This is not allowed.")))
                .build();
    }

    /** The management door has neither TLS nor an API, and is not to look as if it had. */
    private static RequestMatcher webDoor() {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return new AndRequestMatcher(
                HttpServletRequest::isSecure,
                new OrRequestMatcher(paths.matcher("/api/**"), paths.matcher("/relay/**")));
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, boolean strictTransport) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
        if (strictTransport) {
            headers.httpStrictTransportSecurity(
                    strict ->
                            strict.maxAgeInSeconds(Duration.ofDays(365).toSeconds())
                                    .includeSubDomains(false));
        } else {
            headers.httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
        }
    }

    private static CorsConfigurationSource cors(List<String> origins) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(List.of("*"));
        configuration.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.LOCATION));
        configuration.setMaxAge(Duration.ofHours(1));
        source.registerCorsConfiguration("/**", configuration);
        return source;
    }

    private static void refuse(
            JsonMapper json, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(ProblemDetail.forStatusAndDetail(status, detail)));
    }

    /** Before Spring MVC, after the ranges of addresses were looked at. */
    @Bean
    FilterRegistrationBean<Filter> securityFilter(Filter springSecurityFilterChain) {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(springSecurityFilterChain);
        registration.setOrder(-100);
        return registration;
    }

    @Bean
    RightsDescription rightsDescription() {
        return new RightsDescription();
    }

    @Bean
    RouteRights routeRights(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        return new RouteRights(requestMappingHandlerMapping);
    }

    @Bean
    WebMvcConfigurer guardedRoutes(Devices devices, AuditTrail audit) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ActionAudit(audit, devices.traits()));
                registry.addInterceptor(new RightsGuard(devices.traits()));
                registry.addInterceptor(new RecordedFirst(audit, devices.traits()));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }
}
