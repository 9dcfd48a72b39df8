package org.outpost.server.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.outpost.server.configuration.binding.Subnet;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns away whoever comes from outside the allowed ranges. No ranges: everybody may come. */
final class AllowListFilter extends OncePerRequestFilter {
    private static final String BODY =
            "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"This address is not on the allow"
                    + " list of the web door: web.allow in the server's configuration\"}";

    private final List<IpSubnetFilterRule> allowed;

    AllowListFilter(List<Subnet> ranges) {
        this.allowed =
                ranges.stream()
                        .map(
                                range ->
                                        new IpSubnetFilterRule(
                                                range.address(),
                                                range.prefix(),
                                                IpFilterRuleType.ACCEPT))
                        .toList();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (allowed.isEmpty() || isAllowed(request.getRemoteAddr())) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isAllowed(String address) {
        String literal =
                address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
        return allowed.stream().anyMatch(rule -> rule.matches(peer));
    }
}
