package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpMethod;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Which device and port a request is for, and what to ask it (RFC 9112 section 3.2).
 *
 * @param host a name, a UUID or an address literal without brackets
 * @param port 1 to 65535
 * @param authority host and port as written, for the Host field
 * @param originForm path and query; empty for CONNECT
 */
record RequestTarget(String host, int port, String authority, String originForm) {
    /** The port of an http URI without one: AMT's (protocol/README 8). */
    static final int HTTP_PORT = 16992;

    /** The port of an https URI without one. */
    static final int HTTPS_PORT = 16993;

    private static final int LONGEST_PORT = 5;

    /**
     * Reads the target of a request: authority-form for CONNECT, absolute-form for the others.
     *
     * @throws BadRequestException in words for the person who sent it
     */
    static RequestTarget of(HttpMethod method, String text) throws BadRequestException {
        return method.equals(HttpMethod.CONNECT)
                ? ofAuthority(text, HTTPS_PORT, "")
                : ofAbsoluteForm(method, text);
    }

    private static RequestTarget ofAbsoluteForm(HttpMethod method, String text)
            throws BadRequestException {
        if (text.startsWith("/") || text.equals("*")) {
            throw new BadRequestException(
                    "This is an HTTP proxy for Intel AMT devices, not a web server: configure it as"
                            + " the proxy of your client, for instance curl --proxy.");
        }
        int authorityStart = text.indexOf("://") + 3;
        if (authorityStart < 4) {
            throw new BadRequestException("The request target is not an absolute http URI.");
        }
        String scheme = text.substring(0, authorityStart - 3).toLowerCase(Locale.ROOT);
        if (scheme.equals("https")) {
            throw new BadRequestException(
                    "An https URI must be asked for through CONNECT, so that TLS reaches the"
                            + " device; most clients do so by themselves.");
        }
        if (!scheme.equals("http")) {
            throw new BadRequestException("Only http URIs can be asked for through this proxy.");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new BadRequestException(
                    "The request target is not a URI: only printable ASCII can be in it, the rest"
                            + " has to be percent-encoded.");
        }
        int pathStart = endOfAuthority(text, authorityStart);
        String authority = text.substring(authorityStart, pathStart);
        int fragment = text.indexOf('#', pathStart);
        String rest =
                fragment < 0 ? text.substring(pathStart) : text.substring(pathStart, fragment);
        String originForm = rest.startsWith("/") ? rest : "/" + rest;
        if (rest.isEmpty() && method.equals(HttpMethod.OPTIONS)) {
            // It is the device as a whole that is asked about (RFC 9112 section 3.2.4).
            originForm = "*";
        }
        return ofAuthority(authority, HTTP_PORT, originForm);
    }

    private static int endOfAuthority(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return text.length();
    }

    private static RequestTarget ofAuthority(String authority, int defaultPort, String originForm)
            throws BadRequestException {
        URI uri;
        try {
            uri = new URI("http", authority, "/", null, null).parseServerAuthority();
        } catch (URISyntaxException e) {
            // Host names with an underscore are no URI hosts, but Windows has them.
            return ofLooseAuthority(authority, defaultPort, originForm);
        }
        if (uri.getUserInfo() != null) {
            throw new BadRequestException(
                    "Credentials in the URI are not passed on; send them in the Authorization"
                            + " field.");
        }
        String host = uri.getHost();
        if (host == null) {
            return ofLooseAuthority(authority, defaultPort, originForm);
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return checked(bare, uri.getPort(), authority, defaultPort, originForm);
    }

    private static RequestTarget ofLooseAuthority(
            String authority, int defaultPort, String originForm) throws BadRequestException {
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (host.isEmpty() || !host.chars().allMatch(RequestTarget::isHostCharacter)) {
            throw new BadRequestException("The request names no device: its host is not valid.");
        }
        if (port.length() > LONGEST_PORT || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequestException("The port in the request is not a number of a port.");
        }
        int number = port.isEmpty() ? -1 : Integer.parseInt(port);
        return checked(host, number, authority, defaultPort, originForm);
    }

    private static boolean isHostCharacter(int c) {
        return c == '-' || c == '_' || c == '.' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private static RequestTarget checked(
            String host, int port, String authority, int defaultPort, String originForm)
            throws BadRequestException {
        int effective = amtPort(port < 0 ? defaultPort : port);
        if (effective < 1 || effective > 65535) {
            throw new BadRequestException(
                    "Port " + effective + " does not exist; ports are 1 to 65535.");
        }
        return new RequestTarget(host, effective, authority, originForm);
    }

    /**
     * For an https URI without a port clients send CONNECT with 443, the scheme's own; AMT has
     * nothing there, nor at 80.
     */
    private static int amtPort(int port) {
        return switch (port) {
            case 80 -> HTTP_PORT;
            case 443 -> HTTPS_PORT;
            default -> port;
        };
    }
}
