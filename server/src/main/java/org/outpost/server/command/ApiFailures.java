package org.outpost.server.command;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/** What went wrong between a command and the server, in words that say what to do. */
final class ApiFailures {
    private final URI server;
    private final Path ca;
    private final boolean exact;
    private final String tokenOrigin;

    ApiFailures(ApiLocation location, String tokenOrigin) {
        this.server = location.url();
        this.ca = location.ca();
        this.exact = location.exact();
        this.tokenOrigin = tokenOrigin;
    }

    /** A connection that did not come about or broke. */
    CommandFailedException of(IOException failure) {
        return new CommandFailedException(words(failure), failure);
    }

    private String words(IOException failure) {
        return switch (failure) {
            case HttpTimeoutException _ ->
                    "the server at " + server + " did not answer in time; see its log";
            case ConnectException e when hasCause(e, UnresolvedAddressException.class) ->
                    "nobody knows the host " + server.getHost() + "; see --server";
            case ConnectException _ ->
                    "no server answers at " + server + "; start it with ./outpost serve";
            case SSLException e -> certificateWords(e);
            default ->
                    "the connection to the server at " + server + " broke: " + Reason.of(failure);
        };
    }

    private String certificateWords(SSLException failure) {
        if (hasCause(failure, CertificateExpiredException.class)) {
            return "the certificate of the server at " + server + " has expired";
        }
        if (hasCause(failure, CertificateNotYetValidException.class)) {
            return "the certificate of the server at "
                    + server
                    + " is not valid yet: one of the two clocks is wrong";
        }
        if (isForAnotherName(failure)) {
            return "the certificate of the server at "
                    + server
                    + " is for another name; with --server, write the name that is in it";
        }
        if (hasCause(failure, CertificateException.class)) {
            return "the server at "
                    + server
                    + (exact
                            ? " shows another certificate than the first one in "
                            : " shows a certificate that is not from the CA in ")
                    + ca
                    + ": it is another server, or --ca must name another file";
        }
        return "no TLS with the server at " + server + ": " + Reason.of(failure);
    }

    // The JDK has no type for it: sun.security.util.HostnameChecker throws a plain
    // CertificateException without a cause, while those of path building have one.
    private static boolean isForAnotherName(Throwable failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause.getClass() == CertificateException.class
                                        && cause.getCause() == null
                                        && cause.getMessage() != null
                                        && cause.getMessage().startsWith("No "));
    }

    /** An answer with a status of 300 or more. */
    ApiProblemException of(int status, String body) {
        JsonNode problem = problem(body);
        return new ApiProblemException(
                status,
                problem.path("code").asString(""),
                status == 401 ? "" : TerminalText.visible(problem.path("detail").asString("")),
                switch (status) {
                    case 401 ->
                            "the server at "
                                    + server
                                    + " does not know the token "
                                    + tokenOrigin
                                    + "; give the right one with --token-file (its own commands"
                                    + " find it in its data folder: --data-dir)";
                    case 403 ->
                            words(problem).orElse("the token " + tokenOrigin + " may not do this");
                    default ->
                            words(problem)
                                    .orElse(
                                            "the server at "
                                                    + server
                                                    + " answered with status "
                                                    + status);
                });
    }

    private static JsonNode problem(String body) {
        JsonMapper json = new JsonMapper();
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            // Not a server of ours, or a proxy between: the status is all there is to say.
            return json.missingNode();
        }
    }

    private static Optional<String> words(JsonNode problem) {
        return Stream.of("title", "detail")
                .map(name -> problem.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(TerminalText::visible)
                .reduce((first, second) -> first + ": " + second);
    }

    /** An answer that is not what this program understands. */
    CommandFailedException notUnderstood(String path) {
        return new CommandFailedException(
                "what answers at " + server + path + " is not an Outpost server of this version");
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
    }
}
