package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Curl;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A web server at an address of the "office" stands for a device without a tunnel. */
@NeedsTool("curl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LanRouteIT {
    private static final String OFFICE = "127.0.0.5";
    private static final String PAGE = "a device in the office";

    private HttpServer device;
    private HttpServer elsewhere;
    private Server server;
    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        ServerSetup setup = ServerSetup.in(folder);
        port = setup.config().freePort();
        device = page(OFFICE);
        elsewhere = page("127.0.0.6");
        server =
                setup.set("console.device-ports", "[" + port + ", 16992]")
                        .set("lan.networks", "[" + OFFICE + "]")
                        .start();
    }

    private HttpServer page(String address) throws IOException {
        HttpServer web =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 10);
        byte[] body = PAGE.getBytes(StandardCharsets.US_ASCII);
        web.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        web.start();
        return web;
    }

    @AfterAll
    void stop() {
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
        device.stop(0);
        elsewhere.stop(0);
    }

    private String httpProxy() {
        return "http://127.0.0.1:" + server.httpProxy().getPort();
    }

    private String url(String host, int at) {
        return "http://" + host + ":" + at + "/";
    }

    @Test
    void theSameDoorsLeadToADeviceInTheOffice() {
        assertThat(Curl.run("--proxy", httpProxy(), url(OFFICE, port)).out()).isEqualTo(PAGE);
        assertThat(Curl.run("--proxytunnel", "--proxy", httpProxy(), url(OFFICE, port)).out())
                .isEqualTo(PAGE);
        assertThat(
                        Curl.run(
                                        "--socks5-hostname",
                                        "127.0.0.1:" + server.socks().getPort(),
                                        url(OFFICE, port))
                                .out())
                .isEqualTo(PAGE);
    }

    @Test
    void whatTheNetworksDoNotNameIsNotReached() {
        assertThat(Curl.show("--proxy", httpProxy(), url("127.0.0.6", port)))
                .startsWith("HTTP/1.1 403")
                .doesNotContain(PAGE);
    }

    @Test
    void onlyDevicePortsAreReached() {
        assertThat(Curl.show("--proxy", httpProxy(), url(OFFICE, server.config().webPort())))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void aPortWhereNobodyListensIsToldAsRefused() {
        assertThat(Curl.show("--proxy", httpProxy(), url(OFFICE, 16992)))
                .startsWith("HTTP/1.1 502");
    }
}
