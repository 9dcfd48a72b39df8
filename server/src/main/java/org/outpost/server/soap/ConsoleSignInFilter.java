package org.outpost.server.soap;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.authentication.BasicCredentials;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Lets consoles in by Basic (RFC 7617), as the doors of the data plane do: with the users of {@code
 * console.authenticators}. Consoles of Intel's MPS know nothing of tokens.
 */
final class ConsoleSignInFilter extends OncePerRequestFilter {
    /** The request attribute with the name of the console that signed in. */
    static final String CONSOLE = "org.outpost.console";

    private final AuthenticationService consoles;

    ConsoleSignInFilter(AuthenticationService consoles) {
        this.consoles = consoles;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Credentials shown = credentials(request);
        // On a virtual thread, and answered within the deadline of the authenticators.
        switch (consoles.authenticate(shown).toCompletableFuture().join()) {
            case Verdict.Accepted accepted -> {
                request.setAttribute(CONSOLE, accepted.principal());
                chain.doFilter(request, response);
            }
            case Verdict.Refused _ -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Outpost\"");
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
            case Verdict.Unavailable _ -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private static Credentials credentials(HttpServletRequest request) {
        InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(BasicCredentials::parse)
                .map(basic -> new Credentials(basic.user(), basic.password(), null, null, address))
                .orElseGet(() -> new Credentials("", null, null, null, address));
    }
}
