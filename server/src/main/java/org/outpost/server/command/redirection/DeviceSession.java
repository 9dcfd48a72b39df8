package org.outpost.server.command.redirection;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/** A session of one command with one device, over a server's relay. */
public final class DeviceSession implements AutoCloseable {
    /**
     * The server knows who may sign in at the device, and puts its own login in the place of it.
     */
    private static final RedirectionCredentials NONE = new RedirectionCredentials("console", "");

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("outpost-relay", true), NioIoHandler.newFactory());
    private final URI server;
    private final SSLContext trust;
    private boolean recorded;

    /**
     * Of a server.
     *
     * @param trust trusts the server
     */
    public DeviceSession(URI server, SSLContext trust) {
        this.server = server;
        this.trust = trust;
    }

    /**
     * Opens it. Blocks, up to half a minute.
     *
     * @param ticket one-time token for this device
     * @throws SessionFailedException when it cannot be opened; says why
     */
    public RedirectionChannel open(RedirectionKind kind, UUID device, String ticket)
            throws SessionFailedException {
        RelayConnector relay = new RelayConnector(server, trust, loops, device, kind, ticket);
        RedirectionClient client =
                new RedirectionClient(relay, RedirectionSettings.DEFAULT, ConsentCheck.UNKNOWN);
        try {
            RedirectionChannel opened = client.open(kind, NONE).join();
            recorded = relay.isRecorded();
            return opened;
        } catch (CompletionException e) {
            throw new SessionFailedException(reason(e), e);
        }
    }

    /** Whether the server said that the session that was opened is recorded. */
    public boolean isRecorded() {
        return recorded;
    }

    private static String reason(CompletionException thrown) {
        if (!(thrown.getCause() instanceof RedirectionException known)) {
            return "the session cannot be opened: " + thrown.getCause();
        }
        return switch (known.failure()) {
            // the relay passes on only what one byte can say; the server's log knows more
            case DEVICE_ERROR ->
                    "the server could not sign in at the device; look whether its login is right"
                            + " (outpost device login) and at the server's log";
            case BUSY ->
                    "somebody else has such a session with this device; see who in GET"
                            + " /api/v1/sessions";
            case UNREACHABLE ->
                    "the server did not let the session in; is the device connected? Where the"
                            + " session must be recorded, can it be? The server's log says why";
            default -> known.failure().text();
        };
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
