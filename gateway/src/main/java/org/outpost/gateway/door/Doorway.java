package org.outpost.gateway.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;

import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.SeenDirectory;
import org.outpost.gateway.splice.Splice;

/** What a door's protocol needs of the house: signing in, finding devices, joining connections. */
public final class Doorway {
    private final String name;
    private final DoorSettings settings;
    private final DoorMetrics metrics;
    private final SignIn signIn;
    private final Connector connector;

    /**
     * Makes a doorway.
     *
     * @param name of the door in logs and metrics, for instance {@code socks}
     */
    public Doorway(
            String name,
            DoorSettings settings,
            AuthenticationService authentication,
            Directory directory,
            MeterRegistry meters) {
        this(
                name,
                settings,
                authentication,
                directory,
                ConsoleRights.EVERYTHING,
                new OpenChannels(),
                meters);
    }

    /**
     * Makes a doorway where not everybody may reach everything.
     *
     * @param name of the door in logs and metrics, for instance {@code socks}
     * @param channels keeps the channels to devices that are open
     */
    public Doorway(
            String name,
            DoorSettings settings,
            AuthenticationService authentication,
            Directory directory,
            ConsoleRights rights,
            OpenChannels channels,
            MeterRegistry meters) {
        this.name = name;
        this.settings = settings;
        this.metrics = new DoorMetrics(name, meters);
        this.signIn = new SignIn(name, authentication, settings.handshake(), metrics::signedIn);
        this.connector =
                new Connector(
                        name,
                        new SeenDirectory(directory, rights),
                        rights,
                        settings.devicePorts(),
                        settings.connect(),
                        channels,
                        metrics::connected);
    }

    /** The door's name. */
    public String name() {
        return name;
    }

    /** The door's settings. */
    public DoorSettings settings() {
        return settings;
    }

    /** The door's metrics. */
    public DoorMetrics metrics() {
        return metrics;
    }

    /** Who may come in. */
    public SignIn signIn() {
        return signIn;
    }

    /** Where they may go. */
    public Connector connector() {
        return connector;
    }

    /** A splice that counts for this door. */
    public Splice newSplice() {
        Splice splice = new Splice(settings.splice(), metrics.bytes());
        splice.closed().thenAccept(metrics::ended);
        return splice;
    }

    /** The protocol that is spoken behind a door's TLS. */
    public interface Protocol {
        /** A new handler for one console's connection; it builds the rest of the pipeline. */
        ChannelHandler newHandler(Doorway doorway);
    }
}
