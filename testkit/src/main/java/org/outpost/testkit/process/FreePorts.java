package org.outpost.testkit.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports to listen on. They lie below the range the kernel takes for outgoing connections, so that
 * none is lost between the choice and the use; each is handed out once by one instance.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

    /**
     * A port on which nobody listens, neither over IPv4 nor over IPv6.
     *
     * @throws IllegalStateException if there is none
     */
    public synchronized int next() {
        for (int tried = 0; tried < HIGHEST - LOWEST; tried++) {
            next = next + 1 >= HIGHEST ? LOWEST : next + 1;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
