package org.outpost.server.soap;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.authentication.BasicCredentials;
import org.outpost.gateway.door.PeerText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger log = LoggerFactory.getLogger(ConsoleSignInFilter.class);
    private static final String DOOR = "soap";

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
            case Verdict.Refused refused -> {
                notSignedIn(shown, refused);
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Outpost\"");
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
            case Verdict.Unavailable unavailable -> {
                log.atWarn()
                        .addKeyValue("door", DOOR)
                        .addKeyValue("console", shown.address())
                        .addKeyValue("reason", unavailable.reason())
                        .log("console could not be authenticated");
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    /** In the words of the doors, so that one search finds all who try passwords. */
    private static void notSignedIn(Credentials shown, Verdict.Refused refused) {
        // The first request of most clients carries no password: that is no event.
        boolean triedToSignIn = shown.password() != null;
        (triedToSignIn ? log.atInfo() : log.atDebug())
                .addKeyValue("door", DOOR)
                .addKeyValue("user", PeerText.escape(shown.user()))
                .addKeyValue("console", shown.address())
                .addKeyValue("reason", refused.reason())
                .log("console not signed in");
    }

    private static Credentials credentials(HttpServletRequest request) {
        InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(BasicCredentials::parse)
                .map(basic -> new Credentials(basic.user(), basic.password(), null, null, address))
                .orElseGet(() -> new Credentials("", null, null, null, address));
    }
}
