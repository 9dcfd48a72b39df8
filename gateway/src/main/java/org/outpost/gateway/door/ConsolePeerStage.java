package org.outpost.gateway.door;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.terminator.ProxyHeader;
import org.outpost.gateway.terminator.ProxyHeaderStage;
import org.outpost.gateway.terminator.ProxyProtocol;
import org.outpost.gateway.terminator.StrayHeaderHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/** The very first stage of a door that may stand behind a load balancer. */
final class ConsolePeerStage {
    private static final Logger log = LoggerFactory.getLogger(ConsolePeerStage.class);

    private final Doorway doorway;
    private final OncePerMinute logging = new OncePerMinute();

    ConsolePeerStage(Doorway doorway) {
        this.doorway = doorway;
    }

    /** Adds the stage to a new connection's pipeline, in front of all else. */
    void addTo(Channel console, ProxyProtocol headers) {
        boolean trusted =
                console.remoteAddress() instanceof InetSocketAddress peer
                        && headers.from().contains(peer.getAddress());
        if (trusted) {
            Hearing hearing = new Hearing(console);
            ProxyHeaderStage stage = new ProxyHeaderStage(headers, hearing);
            hearing.stage = stage;
            console.pipeline().addLast(stage);
        } else {
            console.pipeline()
                    .addLast(
                            new StrayHeaderHandler(
                                    () -> refused(console, "the peer is not trusted")));
        }
    }

    private void refused(Channel console, String reason) {
        doorway.metrics().turnedAway("proxy_header");
        logging.happened(
                count ->
                        log.atWarn()
                                .addKeyValue("door", doorway.name())
                                .addKeyValue("peer", console.remoteAddress())
                                .addKeyValue("reason", reason)
                                .addKeyValue("count", count)
                                .log("connection refused for its PROXY header"));
    }

    private final class Hearing implements ProxyHeaderStage.Listener {
        private final Channel console;
        private @Nullable ProxyHeaderStage stage;

        Hearing(Channel console) {
            this.console = console;
        }

        @Override
        public void arrived(ProxyHeader.Client client) {
            ProxyHeaderStage arrived = stage;
            if (arrived != null) {
                arrived.release();
            }
        }

        @Override
        public void healthCheck() {
            log.atDebug()
                    .addKeyValue("door", doorway.name())
                    .addKeyValue("peer", console.remoteAddress())
                    .log("health check of a load balancer");
        }

        @Override
        public void refused(boolean timedOut, String reason) {
            ConsolePeerStage.this.refused(console, reason);
        }
    }
}
