package org.outpost.it.support;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server with two simulated devices for clients to talk to: one is connected, the other was and
 * has left.
 */
public final class Office implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Server server;
    private final Fleet fleet;
    private final Fleet.Member device;
    private final Fleet.Member gone;

    /**
     * Starts them.
     *
     * @param folder for all files
     * @param name makes the devices' names, and so their UUIDs
     * @param generations their firmware
     */
    public Office(Path folder, String name, String generations) {
        server = ServerSetup.in(folder).start();
        String[] here = {"--generations", generations, "--name-prefix", name};
        String[] left = {"--generations", generations, "--name-prefix", name + "-gone"};
        device = Fleet.list(name, 1, here).getFirst();
        gone = Fleet.list(name + "-gone", 1, left).getFirst();
        try (Fleet leaving =
                Fleet.start(
                        folder.resolve("gone.log"), server.tunnelDoor(), name + "-gone", 1, left)) {
            leaving.awaitConnected(PATIENCE).leave();
        }
        server.awaitTunnels(0, PATIENCE);
        fleet =
                Fleet.start(folder.resolve("fleet.log"), server.tunnelDoor(), name, 1, here)
                        .awaitConnected(PATIENCE);
    }

    /** The device that is connected. */
    public Fleet.Member device() {
        return device;
    }

    /** The device that is known and offline. */
    public Fleet.Member gone() {
        return gone;
    }

    /** The HTTP proxy, as a URL. */
    public String httpProxy() {
        return "http://127.0.0.1:" + server.config().httpProxyPort();
    }

    /** The SOCKS door, as a URL that leaves names to the server. */
    public String socks() {
        return "socks5h://127.0.0.1:" + socksPort();
    }

    /** The SOCKS door's port. */
    public int socksPort() {
        return server.config().socksPort();
    }

    @Override
    public void close() {
        fleet.close();
        server.stopCleanly(ServerSetup.PASSWORD, Fleet.AMT_PASSWORD);
        server.close();
    }
}
