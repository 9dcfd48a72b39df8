package org.outpost.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Turns away whoever comes from outside the allowed ranges. No ranges: everybody may come. */
final class AllowListFilter extends OncePerRequestFilter {
    private static final String BODY =
            "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"This address is not on the allow"
                    + " list of the web door: web.allow in the server's configuration\"}";

    private final AllowList list;

    AllowListFilter(AllowList list) {
        this.list = list;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (list.allows(peer(request.getRemoteAddr()))) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static InetSocketAddress peer(String address) {
        String literal =
                address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
    }
}
