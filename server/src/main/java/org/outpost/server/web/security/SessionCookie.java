package org.outpost.server.web.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The session of a browser: a cookie that scripts cannot read, that is sent over TLS alone and,
 * with a request that changes something, only counts when it comes from a page of this very server.
 */
public final class SessionCookie {
    /** Its name; the prefix makes browsers refuse it without Secure, Path=/ or with a Domain. */
    public static final String NAME = "__Host-outpost";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private SessionCookie() {}

    /** The cookie that holds a session. */
    static ResponseCookie of(String token, Duration lifetime) {
        return base(token).maxAge(lifetime).build();
    }

    /** The cookie that ends it. */
    static ResponseCookie ended() {
        return base("").maxAge(0).build();
    }

    private static ResponseCookie.ResponseCookieBuilder base(String value) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(true)
                .sameSite("Strict")
                .path("/");
    }

    /** The session of a request, when it may count. */
    public static Optional<String> read(HttpServletRequest request) {
        if (request.getCookies() == null || !mayCount(request)) {
            return Optional.empty();
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(NAME) && !cookie.getValue().isEmpty()) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    /** SameSite lets pages of neighbours (other ports, sub-domains) through; this does not. */
    private static boolean mayCount(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin")
                    || (site.equals("none") && READING.contains(request.getMethod()));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                ? READING.contains(request.getMethod())
                : OwnOrigin.is(origin, request.getHeader(HttpHeaders.HOST));
    }
}
