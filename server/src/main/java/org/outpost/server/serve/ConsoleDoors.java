package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.certificate.TlsSource;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.door.Door;
import org.outpost.gateway.door.DoorSettings;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.proxy.HttpProxy;
import org.outpost.gateway.proxy.ProxySettings;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.socks.SocksProtocol;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.configuration.Addresses;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConsoleDoor;
import org.outpost.server.configuration.ConsoleSettings;
import org.outpost.server.configuration.TlsProfile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The HTTP proxy and the SOCKS door, from the configuration. */
final class ConsoleDoors {
    private final Configuration configuration;
    private final Transport transport;
    private final AuthenticationService authentication;
    private final Directory directory;
    private final ConsoleRights rights;
    private final OpenChannels channels;
    private final Tls tls;
    private final MeterRegistry meters;

    ConsoleDoors(
            Configuration configuration,
            Transport transport,
            AuthenticationService authentication,
            Directory directory,
            ConsoleRights rights,
            OpenChannels channels,
            Tls tls,
            MeterRegistry meters) {
        this.configuration = configuration;
        this.transport = transport;
        this.authentication = authentication;
        this.directory = directory;
        this.rights = rights;
        this.channels = channels;
        this.tls = tls;
        this.meters = meters;
    }

    /**
     * A door, and how it is called.
     *
     * @param name as in the configuration
     */
    record Named(String name, String detail, Door door) {
        OpenDoor open() throws StartFailedException {
            try {
                door.bind();
            } catch (IOException e) {
                throw ListenFailure.of(name, e);
            }
            return new OpenDoor(name, detail, door.addresses());
        }
    }

    List<Named> all() throws IdentityException {
        List<Named> doors = new ArrayList<>();
        if (configuration.httpProxy().enabled()) {
            ProxySettings standard = ProxySettings.DEFAULT;
            ProxySettings proxy =
                    new ProxySettings(
                            standard.maxLine(),
                            standard.maxFields(),
                            standard.discardTimeout(),
                            configuration.console().timeouts().idle(),
                            configuration.console().timeouts().response(),
                            standard.maxDiscard(),
                            standard.reclaimableAfter(),
                            standard.webPorts());
            doors.add(named("http-proxy", configuration.httpProxy(), new HttpProxy(proxy)));
        }
        if (configuration.socks().enabled()) {
            doors.add(named("socks", configuration.socks(), new SocksProtocol()));
        }
        return doors;
    }

    private Named named(String name, ConsoleDoor door, Doorway.Protocol protocol)
            throws IdentityException {
        ConsoleSettings common = configuration.console();
        TlsSource context = tls.of(name, door);
        DoorSettings settings =
                new DoorSettings(
                        addresses(door),
                        context,
                        InFront.networks(door.allow()),
                        InFront.of(door.proxyProtocol()),
                        Set.copyOf(common.devicePorts()),
                        common.limits().connections(),
                        common.limits().connectionsPerAddress(),
                        common.timeouts().request(),
                        common.timeouts().connect(),
                        new SpliceSettings(common.timeouts().linger(), common.timeouts().drain()));
        Doorway doorway =
                new Doorway(name, settings, authentication, directory, rights, channels, meters);
        return new Named(
                name,
                door.tls() == TlsProfile.NONE ? "" : "tls",
                new Door(transport, doorway, protocol));
    }

    private List<InetSocketAddress> addresses(ConsoleDoor door) {
        return new Addresses()
                .forConsoles(door.address(), configuration).stream()
                        .map(address -> new InetSocketAddress(address, door.port()))
                        .toList();
    }
}
