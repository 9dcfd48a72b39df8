package org.outpost.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConfigurationLoader;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class OutpostServerTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir private Path folder;

    @Test
    void noDeviceIsLetInBeforeAllOtherDoorsAreOpen() throws Exception {
        try (ServerSocket tunnel = new ServerSocket(0, 1, LOOPBACK);
                ServerSocket web = new ServerSocket(0, 1, LOOPBACK)) {
            // Both are taken: what is complained about was opened first.
            assertThatThrownBy(() -> start(tunnel.getLocalPort(), web.getLocalPort()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("web");
        }
    }

    @Test
    void theDoorsOfAStartAreNamed() throws Exception {
        OutpostServer server = new OutpostServer(configuration(0, 0));
        try {
            assertThat(server.start())
                    .extracting(OpenDoor::name)
                    .containsExactly("http-proxy", "socks", "web", "management", "tunnel");
        } finally {
            server.stop();
        }
    }

    private void start(int tunnel, int web) throws Exception {
        new OutpostServer(configuration(tunnel, web)).start();
    }

    private Effective<Configuration> configuration(int tunnel, int web) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("outpost.yaml"),
                        """
                        data-dir: data
                        tunnel: { listeners: [{ port: %d, tls: modern, address: 127.0.0.1 }] }
                        http-proxy: { port: 0, address: 127.0.0.1 }
                        socks: { port: 0, address: 127.0.0.1 }
                        web: { port: %d, address: 127.0.0.1 }
                        management: { port: 0, address: 127.0.0.1 }
                        """
                                .formatted(tunnel, web));
        return new ConfigurationLoader(folder, folder).load(Optional.of(file), Map.of(), List.of());
    }
}
