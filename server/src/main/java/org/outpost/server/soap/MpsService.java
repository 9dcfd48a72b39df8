package org.outpost.server.soap;

import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.ConsoleRights;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What consoles may ask: the interface for connected systems of Intel's MPS (mps-soap.md 4).
 * Operations and fields have the guide's names; what the guide leaves open is ours.
 */
final class MpsService {
    private static final InetSocketAddress UNRESOLVED =
            InetSocketAddress.createUnresolved("soap", 0);

    private final Presence presence;
    private final ConsoleRights rights;
    private final Enumerations enumerations;

    /**
     * Answers about these.
     *
     * @param rights which devices a console may know of
     */
    MpsService(Presence presence, ConsoleRights rights, Enumerations enumerations) {
        this.rights = rights;
        this.presence = presence;
        this.enumerations = enumerations;
    }

    /**
     * Answers one call.
     *
     * @param console who asks
     * @throws SoapFaultException when the call cannot be answered
     */
    SoapAnswer call(String console, SoapRequest request) throws SoapFaultException {
        return switch (request.operation()) {
            case "EnumerateConnectedMachines" -> enumerate(console);
            case "Pull" -> pull(console, request);
            case "Release" -> release(console, request);
            case "IsMachineConnected" ->
                    new SoapAnswer()
                            .with(
                                    "Connected",
                                    isConnected(console, request.required("MachineName")));
            default ->
                    throw SoapFaultException.caller(
                            "UNKNOWN_OPERATION",
                            "there is no operation "
                                    + request.operation()
                                    + "; the WSDL lists all");
        };
    }

    private SoapAnswer enumerate(String console) throws SoapFaultException {
        List<String> names = seenBy(console).map(MpsService::nameOf).toList();
        long number = enumerations.begin(console, names);
        return new SoapAnswer()
                .with("Expires", Enumerations.LIFE)
                .with("EnumerationContext", number);
    }

    /** The name by which a console reaches it: a device that announced none, by its UUID. */
    private static String nameOf(TunnelInfo tunnel) {
        return tunnel.name().isEmpty() ? tunnel.device().id().toString() : tunnel.name();
    }

    private SoapAnswer pull(String console, SoapRequest request) throws SoapFaultException {
        long most = request.unsigned("MaxElements").orElse(1L);
        if (most == 0) {
            throw SoapFaultException.caller("INVALID_PARAMETER", "MaxElements is 0");
        }
        Enumerations.Part part = enumerations.pull(console, contextOf(request), most);
        SoapAnswer answer = new SoapAnswer().with("Items", "MachineName", part.names());
        return part.last() ? answer.with("EndOfSequence", true) : answer;
    }

    private SoapAnswer release(String console, SoapRequest request) throws SoapFaultException {
        enumerations.release(console, contextOf(request));
        return new SoapAnswer();
    }

    private static long contextOf(SoapRequest request) throws SoapFaultException {
        request.required("EnumerationContext");
        return request.unsigned("EnumerationContext").orElseThrow();
    }

    private Stream<TunnelInfo> seenBy(String console) {
        Console asker = new Console(console, UNRESOLVED);
        return presence.tunnels().stream()
                .filter(tunnel -> rights.sees(asker, tunnel.device().id()));
    }

    private boolean isConnected(String console, String machine) {
        String wanted = key(machine);
        return seenBy(console)
                .anyMatch(
                        tunnel ->
                                key(tunnel.name()).equals(wanted)
                                        || tunnel.device().id().toString().equals(wanted));
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
