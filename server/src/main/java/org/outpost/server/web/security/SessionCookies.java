package org.outpost.server.web.security;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

import java.time.Duration;

/** Gives browsers their session, and takes it back. */
public final class SessionCookies {
    private SessionCookies() {}

    /** Begins a session. */
    public static void begin(HttpServletResponse response, String token, Duration lifetime) {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(token, lifetime).toString());
    }

    /** Ends it. */
    public static void end(HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.ended().toString());
    }
}
