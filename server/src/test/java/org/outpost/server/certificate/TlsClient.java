package org.outpost.server.certificate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A TLS client of the JDK that checks the server's chain and the name localhost. */
final class TlsClient {
    private static final int DEADLINE_MILLIS = 30_000;

    private final SSLContext context;
    private final String[] protocols;

    TlsClient(SSLContext context, String... protocols) {
        this.context = context;
        this.protocols = protocols;
    }

    /** What came of a connection. */
    record Outcome(String protocol, String suite, List<Certificate> chain, String echo) {}

    /** Connects, says a line and reads to the end. */
    Outcome talk(InetSocketAddress server) throws IOException {
        try (SSLSocket socket = connect(server)) {
            return talk(socket);
        }
    }

    SSLSocket connect(InetSocketAddress server) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        try {
            socket.connect(server, DEADLINE_MILLIS);
            socket.setSoTimeout(DEADLINE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(protocols);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static Outcome talk(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
        String echo = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        SSLSession session = socket.getSession();
        return new Outcome(
                session.getProtocol(),
                session.getCipherSuite(),
                List.of(session.getPeerCertificates()),
                echo);
    }
}
