package org.outpost.amt.operation.network;

import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The device's ports (wsman.md section 15). Changes may take the network away: where no answer came
 * the result says so.
 */
public final class NetworkService {
    private static final AmtClass SETTINGS = AmtClass.of("AMT_EthernetPortSettings");
    private static final Set<String> ADDRESSES =
            Set.of("IPAddress", "SubnetMask", "DefaultGateway", "PrimaryDNS", "SecondaryDNS");

    /** Who owns the wireless link. */
    public enum LinkOwner {
        /** The management engine: sessions survive a reset of the host. */
        MANAGEMENT(1),
        HOST(2);

        private final int number;

        LinkOwner(int number) {
            this.number = number;
        }
    }

    private final AmtCalls calls;

    /** Asks through these calls. */
    public NetworkService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The ports. */
    public CompletionStage<List<PortSettings>> ports() {
        return calls.enumerate(SETTINGS.name())
                .thenApply(list -> list.stream().map(PortSettings::of).toList());
    }

    /** One port. */
    public CompletionStage<PortSettings> port(String instanceId) {
        return calls.get(SETTINGS.name(), key(instanceId)).thenApply(PortSettings::of);
    }

    private static Selectors key(String instanceId) {
        return Selectors.of("InstanceID", instanceId);
    }

    /**
     * Changes settings of a port.
     *
     * @param instanceId which port
     * @param change edits the instance
     */
    public CompletionStage<Confirmation> change(String instanceId, UnaryOperator<Element> change) {
        return Confirmation.unlessLost(calls.update(SETTINGS.name(), key(instanceId), change));
    }

    /**
     * Takes the address from DHCP, as the host does.
     *
     * @param instanceId which port
     */
    public CompletionStage<Confirmation> useDhcp(String instanceId) {
        return change(
                instanceId,
                read ->
                        read.without(ADDRESSES)
                                .with("DHCPEnabled", true)
                                .with("IpSyncEnabled", true)
                                .with("SharedStaticIp", false));
    }

    /**
     * Uses a static address of its own.
     *
     * @param instanceId which port
     * @param address the address
     */
    public CompletionStage<Confirmation> useStatic(String instanceId, StaticAddress address) {
        return change(
                instanceId,
                read -> {
                    Element edited =
                            read.without(ADDRESSES)
                                    .with("DHCPEnabled", false)
                                    .with("IpSyncEnabled", false)
                                    .with("SharedStaticIp", false)
                                    .with("IPAddress", address.ipAddress())
                                    .with("SubnetMask", address.subnetMask())
                                    .with("DefaultGateway", address.defaultGateway())
                                    .with("PrimaryDNS", address.primaryDns());
                    return address.secondaryDns().isEmpty()
                            ? edited
                            : edited.with("SecondaryDNS", address.secondaryDns());
                });
    }

    /**
     * Gives the wireless link to the management engine or to the host.
     *
     * @param owner to whom
     * @param seconds for how long; after that it is the host's again
     */
    public CompletionStage<Confirmation> preferLink(LinkOwner owner, int seconds) {
        if (seconds < 0 || seconds > 0xFFFF) {
            throw new IllegalArgumentException("a link preference lasts 0 to 65535 seconds");
        }
        return Confirmation.unlessLost(
                calls.invoke(
                        Invocation.of(SETTINGS, "SetLinkPreference")
                                .on(key(PortSettings.WIRELESS))
                                .with("LinkPreference", owner.number)
                                .with("Timeout", seconds)));
    }
}
